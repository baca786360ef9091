"""« Did this resource help you? »: answered without a script, a cookie or a name."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from hub.core.models import FederationSettings
from hub.settings.public_api import rate_limits
from resources.feedback import COMMENTS_KEPT, KEPT, purge, recent
from resources.models import PracticePage, ReaderAnswer
from resources.types import resource_types
from tests.factories import index_of, resource, stream

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def strangers(site):
    """Nobody has answered yet in this process."""
    recent.forget()


def fields_of(html):
    form = html.split('<form class="feedback__form"')[1].split("</form>")[0]
    address = unescape(re.search(r'action="([^"]+)"', form)[1])
    return address, dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def answer(page_address, client=None, headers=None, **changes):
    client = client or Client(enforce_csrf_checks=True)
    address, data = fields_of(client.get(page_address).content.decode())
    return client.post(address, data | {"helped": "yes"} | changes, headers=headers)


def test_a_reader_says_yes_and_is_thanked_on_the_same_page():
    page = resource("practice", "Inviter")
    client = Client(enforce_csrf_checks=True)
    sent = answer(page.get_url(), client)
    assert (sent.status_code, sent.url) == (302, f"{page.get_url()}?avis=merci#avis")
    thanked = client.get(sent.url)
    assert "Merci" in thanked.content.decode()
    assert "feedback__form" not in thanked.content.decode()
    row = ReaderAnswer.objects.get()
    assert (row.page_id, row.helped, row.comment) == (page.pk, True, "")
    assert row.day == timezone.localdate()
    assert not client.cookies


def test_nothing_of_the_reader_is_kept():
    resource("practice", "Inviter")
    answer("/pratiques/inviter/", comment="Merci beaucoup")
    names = {field.name for field in ReaderAnswer._meta.get_fields()}
    assert names == {"id", "page", "place", "day", "helped", "comment"}


def test_an_answer_about_a_chapter_says_which_and_comes_back_there():
    chapter = {"title": "Un", "slug": "un", "summary": "", "body": [], "practices": []}
    page = resource("guide", "Un guide", chapters=stream(("chapter", chapter)))
    sent = answer(f"{page.get_url()}chapitre/un/", helped="no", comment="Trop   court\nici.")
    assert sent.url == f"{page.get_url()}chapitre/un/?avis=merci#avis"
    row = ReaderAnswer.objects.get()
    assert (row.place, row.helped, row.comment) == ("chapitre/un/", False, "Trop court ici.")


def test_what_was_chosen_in_the_address_is_still_chosen_afterwards():
    page = resource("practice", "Inviter")
    chosen = "parcours=cooperateur&etape=inviter"
    sent = answer(f"{page.get_url()}?statut=scic&{chosen}&autre=1")
    assert sent.url == f"{page.get_url()}?statut=scic&{chosen}&avis=merci#avis"


def test_it_stands_on_every_type(client):
    for kind in resource_types():
        page = resource(kind, f"Essai {kind}")
        html = client.get(page.get_url()).content.decode()
        assert fields_of(html)[0] == f"/avis/{page.pk}/", kind


def test_whoever_wants_an_answer_still_has_the_mail_of_the_federation(client):
    FederationSettings.objects.update_or_create(
        defaults={"contact_email": "contact@vie-coop.example"}
    )
    page = resource("practice", "Inviter & venir")
    link = "mailto:contact@vie-coop.example?subject=Inviter%20%26%20venir"
    for html in (client.get(page.get_url()), answer(page.get_url(), comment="a" * 501)):
        assert link in html.content.decode()


def test_it_speaks_the_language_of_the_page():
    english = PracticePage(title="Inviting", summary="How.", code="P98", objective="So they come.")
    index_of("practice", "en").add_child(instance=english)
    english.save_revision().publish()
    sent = answer(english.get_url())
    assert sent.url.startswith("/en/")
    assert "Thank you" in Client().get(sent.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"comment": "a" * 501}, "500"),
        ({"comment": "écrivez à camille@vie-coop.example"}, "adresse ou un numéro"),
        ({"comment": "appelez le 06 12 34 56 78"}, "adresse ou un numéro"),
        ({"website": "https://x.example"}, "automatique"),
        ({"token": "faux"}, "expiré"),
        ({"helped": "maybe"}, "choix"),
    ],
)
def test_what_cannot_be_kept_is_said_and_given_back(changes, said):
    resource("practice", "Inviter")
    refused = answer("/pratiques/inviter/", **changes)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert said in html
    if len(changes.get("comment", "")) in range(1, 500):
        assert changes["comment"] in html
    assert not ReaderAnswer.objects.exists()


def test_a_token_of_another_page_is_refused():
    one, other = resource("practice", "Un"), resource("practice", "Deux")
    _address, data = fields_of(Client().get(one.get_url()).content.decode())
    assert Client().post(f"/avis/{other.pk}/", data | {"helped": "yes"}).status_code == 422


def test_a_page_that_is_not_public_does_not_tell_its_address_or_its_title():
    draft = resource("practice", "Secret de fabrication", publish=False)
    kept = resource("practice", "Secret de la fédération", access="federation")
    for page in (draft, kept):
        assert Client().get(f"/avis/{page.pk}/").status_code == 404
        refused = Client().post(f"/avis/{page.pk}/", {"helped": "yes"})
        assert refused.status_code == 404
        assert "ecret" not in refused.content.decode()


def test_another_site_cannot_answer_for_a_reader():
    resource("practice", "Inviter")
    refused = answer("/pratiques/inviter/", headers={"Origin": "https://autre.example"})
    assert refused.status_code == 403
    assert answer("/pratiques/inviter/", headers={"Origin": "http://testserver"}).status_code == 302


def test_the_same_sent_twice_counts_once_and_two_people_of_an_office_twice():
    resource("practice", "Inviter")
    for comment in ("Bien", "Bien", "Très bien"):
        assert answer("/pratiques/inviter/", comment=comment).status_code == 302
    assert sorted(ReaderAnswer.objects.values_list("comment", flat=True)) == ["Bien", "Très bien"]


def test_a_visitor_who_sends_too_many_is_told_to_wait(settings):
    settings.RATE_LIMITS = rate_limits(1)
    page = resource("practice", "Inviter")
    client = Client()
    address, data = fields_of(client.get(page.get_url()).content.decode())
    codes = [client.post(address, data | {"helped": "no"}).status_code for _ in range(31)]
    assert codes == [302] * 30 + [429]


@pytest.mark.parametrize("place", ["//autre.example", "../admin", "a?b", "https:x", "é" * 200])
def test_nobody_is_sent_elsewhere(place):
    page = resource("practice", "Inviter")
    assert answer(page.get_url(), place=place).url == f"{page.get_url()}?avis=merci#avis"


def test_the_form_is_the_same_all_day():
    resource("practice", "Inviter")
    first, second = (Client().get("/pratiques/inviter/") for _ in range(2))
    assert first.headers["ETag"] == second.headers["ETag"]


def test_words_are_erased_after_thirteen_months_and_answers_after_four_seasons():
    page, today = resource("practice", "Inviter"), timezone.localdate()
    ages = {
        "récent": timedelta(1),
        "ancien": COMMENTS_KEPT + timedelta(1),
        "vieux": KEPT + timedelta(1),
    }
    for comment, age in ages.items():
        ReaderAnswer.objects.create(page=page, day=today - age, helped=True, comment=comment)
    purge()
    assert sorted(ReaderAnswer.objects.values_list("comment", flat=True)) == ["", "récent"]
