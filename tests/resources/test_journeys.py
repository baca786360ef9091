"""« You are here »: each page says where it stands in the journeys that lead to it."""

import re

from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import resource, stream


def journey(title, *steps):
    """A journey whose steps are (slug, pages)."""
    phase = {
        "key": "avant", "title": "Avant", "intro": "",
        "steps": [
            {"title": f"Étape {slug}", "slug": slug, "who": "Tous", "goal": "Venir.", "text": "",
             "practices": [], "testimonies": [], "resources": [page.pk for page in pages]}
            for slug, pages in steps
        ],
    }  # fmt: skip
    return resource("journey", title, phases=stream(("phase", phase)))


def shown(client, address):
    """The « you are here » of a page: (title of the journey, open, its text), in order."""
    html = client.get(address).content.decode()
    nav = re.search(r'<nav class="here.*?</nav>', html, re.DOTALL)
    found = re.findall(
        r'<details class="here__journey"( open)?>\s*<summary>(.*?)<(.*?)</details>',
        nav[0] if nav else "", re.DOTALL,
    )  # fmt: skip
    return [(title.strip(), bool(opened), body) for opened, title, body in found]


def test_a_page_says_its_phase_its_step_and_what_stands_around(site, client):
    page, other = resource("video", "Un film"), resource("kit", "Un kit")
    journey("Le chemin", ("un", [other]), ("deux", [page]), ("trois", [other]))
    ((title, opened, body),) = shown(client, page.get_url())
    assert (title, opened) == ("Le chemin", True)
    for said in ("Avant", "Étape deux", "étape 2 sur 3", "/parcours/le-chemin/#un",
                 "/parcours/le-chemin/#trois", 'aria-current="step"'):  # fmt: skip
        assert said in body, said


def test_the_first_and_the_last_steps_have_one_neighbour(site, client):
    first, last = resource("video", "Un film"), resource("kit", "Un kit")
    journey("Le chemin", ("un", [first]), ("deux", [last]))
    assert "Étape précédente" not in shown(client, first.get_url())[0][2]
    assert "Étape suivante" not in shown(client, last.get_url())[0][2]


def test_a_page_in_two_journeys_shows_both_and_opens_the_one_it_was_reached_from(site, client):
    page = resource("video", "Un film")
    for title in ("Premier", "Second"):
        journey(title, ("un", [page]), ("deux", [page]))
    titles = {title for title, _open, _body in shown(client, page.get_url())}
    assert titles == {"Premier", "Second"}
    for title, slug in (("Premier", "premier"), ("Second", "second")):
        found = shown(client, f"{page.get_url()}?parcours={slug}&etape=deux")
        assert next((name, opened) for name, opened, _body in found) == (title, True)
        assert not found[1][1]
        current = re.search(r'<a [^>]*aria-current="step"[^>]*>([^<]+)', found[0][2])[1]
        assert current == "Étape deux"


def test_an_address_that_says_nonsense_opens_the_first(site, client):
    page = resource("video", "Un film")
    journey("Le chemin", ("un", [page]))
    for asked in ("?parcours=rien", "?parcours=<script>", "?etape=un", "?statut=x&parcours="):
        ((_title, opened, body),) = shown(client, f"{page.get_url()}{asked}")
        assert opened
        assert "script" not in body


def test_the_journey_says_to_its_pages_where_one_comes_from(site, client):
    page = resource("video", "Un film")
    path = journey("Le chemin", ("un", [page]))
    html = client.get(path.get_url()).content.decode()
    assert f'href="{page.get_url()}?parcours=le-chemin&amp;etape=un"' in html


def test_a_chapter_keeps_the_journey_and_the_form_from_page_to_page(site, client):
    chapters = [
        {"title": word, "slug": word.lower(), "summary": "", "body": [], "practices": []}
        for word in ("Un", "Deux", "Trois")
    ]
    page = resource("guide", "Un guide", chapters=stream(*(("chapter", c) for c in chapters)))
    journey("Le chemin", ("un", [page]))
    address = f"{page.get_url()}chapitre/deux/?statut=scp&parcours=le-chemin&etape=un&autre=1"
    html = client.get(address).content.decode()
    kept = "?statut=scp&amp;parcours=le-chemin&amp;etape=un"
    for slug in ("un", "trois"):
        assert html.count(f'href="{page.get_url()}chapitre/{slug}/{kept}"') >= 2, slug
    assert shown(client, address)[0][:2] == ("Le chemin", True)
    assert not re.search(r'href="[^"]*autre=1', html.split("<main")[1])


def test_a_journey_that_is_withdrawn_is_not_named(site, client):
    page = resource("video", "Un film")
    path = journey("Le chemin", ("un", [page]))
    path.unpublish()
    assert shown(client, page.get_url()) == []


def test_ten_journeys_cost_as_many_queries_as_one(site, client):
    page = resource("video", "Un film")

    def spent():
        client.get(page.get_url())
        with CaptureQueriesContext(connections["default"]) as captured:
            client.get(page.get_url())
        return len(captured)

    journey("Premier", ("un", [page]))
    before = spent()
    for number in range(9):
        journey(f"Autre {number}", ("un", [page]), ("deux", [page]))
    assert spent() == before <= 12


def cards(client, address):
    html = client.get(address).content.decode()
    return re.findall(r'<li class="step-card ([^"]*)">.*?<h2[^>]*>([^<]+)', html, re.DOTALL)


def test_each_step_is_a_card_and_a_long_one_is_written_smaller(site, client):
    page = resource("video", "Un film")
    path = journey("Le chemin", ("un", [page]), ("deux", [page]))
    phases = path.phases.raw_data
    phases[0]["value"]["steps"][1]["value"] |= {"title": "a" * 150, "goal": "b" * 250}
    path.save_revision().publish()
    (first, title), (second, _long) = cards(client, f"{path.get_url()}cartes/")
    assert title == "Étape un"
    assert "step-card--dense" not in first
    assert "step-card--dense" in second
    assert cards(client, f"{path.get_url()}cartes/?phase=apres") != []  # no such phase here: all
    html = client.get(f"{path.get_url()}cartes/").content.decode()
    assert f'{path.get_full_url()}#deux"' in html
    assert "/<wbr>#deux<" in html  # the address is cut there before it is cut in a word
    assert len(re.findall(r'<svg aria-hidden="true"[^>]*class="qr"', html)) == 2
