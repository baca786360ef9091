"""A passage for SCIC, a passage for SCP: chosen by the address, found and printed both."""

import re

import pytest

from home.loader.markdown import pieces, stream
from home.loader.sources import ContentError
from home.models import StandardPage
from tests.factories import resource
from tests.factories import stream as raw

VARIANTS = ("variants", {"scic": "<p>Les zorglubs pèsent.</p>", "scp": "<p>Un bulgroz chacun.</p>"})


def shown(client, address):
    """The forms whose text a reader sees on the screen."""
    html = client.get(address).content.decode()
    return re.findall(r'<div class="variant">\s*<p class="variant__label">(.*?)</p>', html)


def chapter():
    value = {"title": "Un", "slug": "un", "summary": "", "practices": [], "body": []}
    page = resource("guide", "Un guide", chapters=raw(("chapter", value)), publish=False)
    block = {"type": VARIANTS[0], "value": VARIANTS[1]}
    page.chapters = [{"type": "chapter", "value": value | {"body": [block]}}]
    page.save_revision().publish()
    return f"{page.get_url()}chapitre/un/"


def practice():
    return resource("practice", "Voter", body=raw(VARIANTS)).get_url()


def standard(home):
    page = StandardPage(title="Une page", body=raw(VARIANTS))
    home.add_child(instance=page)
    page.save_revision().publish()
    return page.get_url()


def test_the_address_chooses_everywhere_and_both_stand_by_default(site, client):
    for address in (chapter(), practice(), standard(site.home)):
        assert shown(client, address) == ["En SCIC", "En SCP"], address
        assert shown(client, f"{address}?statut=scic") == ["En SCIC"]
        assert shown(client, f"{address}?statut=scp") == ["En SCP"]
        assert shown(client, f"{address}?statut=autre") == ["En SCIC", "En SCP"]
        assert not client.cookies


def test_the_switch_is_three_links_and_says_which_is_chosen(site, client):
    html = client.get(f"{chapter()}?statut=scp&parcours=chemin").content.decode()
    switch = re.search(r'<nav class="switch.*?</nav>', html, re.DOTALL)[0]
    links = re.findall(r'href="([^"]*)"( aria-current="true")?>([^<]+)', switch)
    assert links == [
        ("?parcours=chemin#legal-form", "", "Les deux"),
        ("?statut=scic&amp;parcours=chemin#legal-form", "", "SCIC"),
        ("?statut=scp&amp;parcours=chemin#legal-form", ' aria-current="true"', "SCP"),
    ]


def test_a_page_without_variants_has_no_switch(site, client):
    page = resource("practice", "Voter", body=raw(("paragraph", "<p>Un texte.</p>")))
    assert 'class="switch' not in client.get(page.get_url()).content.decode()


def test_both_are_printed_with_their_label_whatever_was_chosen(site, client):
    address = chapter()
    whole = address.replace("chapitre/un/", "imprimer/")
    for asked in (f"{address}?statut=scp", whole, f"{whole}?statut=scp"):
        html = client.get(asked).content.decode()
        assert "Les zorglubs pèsent." in html
        assert "Un bulgroz chacun." in html
    assert shown(client, f"{whole}?statut=scp") == ["En SCIC", "En SCP"]
    hidden = client.get(f"{address}?statut=scp").content.decode()
    assert re.search(
        r'<div class="variant print-only">\s*<p class="variant__label">En SCIC', hidden
    )


@pytest.mark.parametrize("word", ["zorglubs", "bulgroz"])
def test_both_are_found_and_a_hit_opens_with_it_visible(site, client, word):
    address = chapter()
    result = client.get("/api/search", {"q": word}).json()["results"][0]
    opened = result["found_in"]["url"].removeprefix("http://testserver")
    assert opened == address
    assert len(shown(client, opened)) == 2


def test_one_of_the_two_may_have_nothing_to_say(site, client):
    page = resource("practice", "Voter", body=raw(("variants", {"scic": "<p>Oui.</p>", "scp": ""})))
    assert shown(client, page.get_url()) == ["En SCIC"]
    assert shown(client, f"{page.get_url()}?statut=scp") == []


def test_a_content_file_says_both(site):
    (block,) = stream("::: variants\n=== scic\nUn **mot**.\n=== scp\nUn autre.\n:::", None)
    assert block["value"] == {"scic": "<p>Un <b>mot</b>.</p>", "scp": "<p>Un autre.</p>"}


@pytest.mark.parametrize("text", ["", "=== scop\nUn mot.", "Un mot.\n=== scic\nUn autre."])
def test_a_content_file_that_says_neither_is_refused(text):
    assert list(pieces(f"::: variants\n{text}\n:::"))
    with pytest.raises(ContentError):
        stream(f"::: variants\n{text}\n:::", None)
