"""Where the words of a query stand in a resource, and that the link opens there."""

import re

import pytest
from wagtail.models import PageViewRestriction

from resources.models import JourneyPage
from resources.transcripts import passages, time_at_start, with_moments
from tests.factories import resource, stored_file, stream


def found_in(client, query, **filters):
    """The place of the first result, and the page that its link opens."""
    answer = client.get("/api/search", {"q": query, **filters}).json()["results"]
    place = answer[0]["found_in"] if answer else None
    if place is None:
        return "", ""
    path, _, fragment = place["url"].removeprefix("http://testserver").partition("#")
    page = client.get(path).content.decode()
    assert not fragment or f'id="{fragment}"' in page, fragment
    return place["title"], path.rstrip("/").rpartition("/")[2] + (
        f"#{fragment}" if fragment else ""
    )


def shown(client, query):
    """The link of the first card of the library: its words and its address."""
    text = client.get("/ressources/", {"q": query}).content.decode()
    link = re.search(r'<p class="card__found">\s*<a href="([^"]+)"[^>]*>(.*?)</a>', text, re.DOTALL)
    return (" ".join(re.sub(r"<[^>]+>|&#8288;", " ", link[2]).split()), link[1]) if link else None


# -- Each type of resource -------------------------------------------------------------------------
def test_a_guide_opens_at_its_chapter(loaded_site, client):
    chapter = {"title": "Bondir", "slug": "bondir", "body": [], "practices": []}
    chapter["summary"] = "Le zorglub rebondit."
    resource("guide", "Un guide", chapters=stream(("chapter", chapter)))
    assert found_in(client, "zorglub") == ("Bondir", "bondir")
    assert shown(client, "zorglub") == ("Passage : Bondir", "/guides/un-guide/chapitre/bondir/")


def test_a_journey_opens_at_its_step(loaded_site, client):
    step = {
        "title": "Je saute",
        "slug": "sauter",
        "who": "L’équipe",
        "goal": "Un zorglub",
        "text": "",
    }
    step |= {"practices": [], "resources": [], "testimonies": []}
    phase = {"key": "avant", "title": "Avant", "intro": "", "steps": [step]}
    resource("journey", "Un parcours", phases=stream(("phase", phase)))
    assert found_in(client, "zorglub") == ("Avant · Je saute", "un-parcours#sauter")


def test_every_step_of_the_journey_is_a_place_of_its_own(loaded_site):
    for page in JourneyPage.objects.all():
        steps = [step for phase in page.phases for step in phase.value["steps"]]
        placed = [section for section in page.search_sections() if section.anchor]
        assert [section.anchor for section in placed] == [f"#{step['slug']}" for step in steps]
        assert len(steps) > 5


def test_a_term_opens_at_its_full_text_or_at_what_it_is_not(loaded_site, client):
    other = resource("glossary", "Autre", plain_definition="Un autre mot.")
    resource(
        "glossary", "Mot", plain_definition="Un mot.",
        body=stream(("paragraph", "<p>Le zorglub en entier.</p>")),
        not_to_confuse=stream(("term", {"term": other.pk, "difference": "Il bulgroze."})),
    )  # fmt: skip
    assert found_in(client, "zorglub") == ("En détail", "mot#in-full")
    assert found_in(client, "bulgroze") == ("À ne pas confondre avec", "mot#confusions")


def test_a_practice_opens_at_its_part(loaded_site, client):
    resource(
        "practice", "Une pratique", objective="Un zorglub.", code="P98",
        how_to=stream(("step", "Il bulgroze.")), pitfalls=stream(("pitfall", "Le champignac.")),
    )  # fmt: skip
    assert found_in(client, "zorglub") == ("Pour quoi faire", "une-pratique#objective")
    assert found_in(client, "bulgroze") == ("Comment faire", "une-pratique#how-to")
    assert found_in(client, "champignac") == ("Pièges à éviter", "une-pratique#pitfalls")


def test_a_report_opens_at_its_part(loaded_site, client):
    parts = {"context": "zorglub", "tried": "bulgroze", "worked": "champignac", "advice": "spirou"}
    parts["did_not_work"] = "palombie"
    resource("report", "Un retour", **{name: f"<p>{word}</p>" for name, word in parts.items()})
    assert found_in(client, "bulgroze") == ("Ce qui a été essayé", "un-retour#tried")
    assert found_in(client, "champignac") == ("Ce qui a marché", "un-retour#worked")
    assert found_in(client, "palombie") == ("Ce qui n’a pas marché", "un-retour#did-not-work")
    assert found_in(client, "spirou")[1] == "un-retour#advice"


def test_words_of_the_title_alone_have_no_place(loaded_site, client):
    resource("guide", "Zorglub")
    assert found_in(client, "zorglub") == ("", "")
    assert shown(client, "zorglub") is None


# -- Kits ------------------------------------------------------------------------------------------
def kit_with(document):
    item = {"document": document.pk, "how": "À poser sur la table."}
    section = {"title": "Avant", "intro": "", "items": [item]}
    return resource("kit", "Un kit", sections=stream(("section", section)))


def test_a_kit_says_which_document_it_is(loaded_site, client):
    document = resource("document", "Affiche zorglub", file=stored_file())
    kit = kit_with(document)
    assert found_in(client, "zorglub", type="kit") == (
        "Affiche zorglub",
        f"un-kit#document-{document.pk}",
    )
    document.title = "Affiche bulgroze"
    document.save_revision().publish()
    assert found_in(client, "bulgroze", type="kit")[0] == "Affiche bulgroze"
    assert client.get("/api/search", {"q": "zorglub", "type": "kit"}).json()["total"] == 0
    assert kit.get_url() in client.get("/ressources/", {"q": "bulgroze"}).content.decode()


@pytest.mark.parametrize(
    "withdraw",
    [
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: PageViewRestriction.objects.create(
            page=page.get_parent(), restriction_type="login"
        ),
    ],
    ids=["unpublished", "deleted", "below a private page"],
)
def test_a_kit_no_longer_names_a_document_that_was_withdrawn(loaded_site, client, withdraw):
    document = resource("document", "Affiche zorglub", file=stored_file())
    kit_with(document)
    assert found_in(client, "zorglub", type="kit")[0] == "Affiche zorglub"
    withdraw(document)
    assert client.get("/api/search", {"q": "zorglub"}).json()["total"] == 0
    assert "zorglub" not in client.get("/api/search", {"q": "poser"}).content.decode()


# -- Videos ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "seconds", "rest"),
    [
        ("1:13 Bonjour", 73, "Bonjour"),
        ("[00:01:13] Bonjour", 73, "Bonjour"),
        ("1 min 13 Bonjour", 73, "Bonjour"),
        ("1 min 13 s : Bonjour", 73, "Bonjour"),
        ("(1:13) – Bonjour", 73, "Bonjour"),
        ("1 h 02 min 03 Bonjour", 3723, "Bonjour"),
        ("00:01:13.500 Bonjour", 73, "Bonjour"),
        ("\u00a01\u00a0min\u00a013\u00a0s Bonjour", 73, "Bonjour"),
        ("1:13", 73, ""),
        ("12:75 Bonjour", None, "12:75 Bonjour"),
        ("1:3 Bonjour", None, "1:3 Bonjour"),
        ("1 minute de silence", None, "1 minute de silence"),
        ("2026 : une année", None, "2026 : une année"),
        ("Rendez-vous à 1:13", None, "Rendez-vous à 1:13"),
    ],
)
def test_a_time_is_read_however_it_is_written(text, seconds, rest):
    found, length = time_at_start(text)
    assert (found, text[length:]) == (seconds, rest)


def test_each_paragraph_that_begins_with_a_time_opens_a_passage():
    html = "<p>Avant.</p><p><b>1:13</b> – Bonjour <i>tous</i></p><p>suite</p><ul><li>[2:00] Oui</li></ul>"
    told = [(passage.seconds, passage.text) for passage in passages(html)]
    assert told == [(None, "Avant."), (73, "Bonjour tous\nsuite"), (120, "Oui")]


def test_a_moment_has_one_address_and_its_words_stay_as_they_are():
    written = with_moments("<p>1:13 a &lt;b&gt; &amp; <i>c</i></p><p>1:13 encore</p>")
    assert written.moments == {73}
    assert written.html.count('id="t=73"') == 1
    assert "a &lt;b&gt; &amp; <i>c</i>" in written.html


VIDEO = {
    "video_url": "https://www.youtube.com/watch?v=QA6zk3VIahA",
    "transcript": "<p>Générique.</p><p>1:13 Le zorglub entre.</p><p>2:00 Il bulgroze.</p>",
    "no_transcript_reason": "",
}


def test_a_video_opens_at_its_minute(loaded_site, client):
    resource("video", "Une vidéo", **VIDEO)
    assert found_in(client, "zorglub") == ("à 1:13", "une-video#t=73")
    assert shown(client, "zorglub") == ("Passage : à 1:13", "/videos/une-video/#t=73")
    assert found_in(client, "générique") == ("Transcription", "une-video#transcript")


def test_a_chapter_has_an_address_unless_what_is_said_there_has_it(loaded_site, client):
    chapters = stream(
        *(
            ("chapter", {"start": start, "title": word})
            for start, word in ((73, "Un"), (200, "Deux"))
        )
    )
    page = resource("video", "Une vidéo", chapters=chapters, **VIDEO)
    text = client.get(page.get_url()).content.decode()
    for seconds in (73, 120, 200):
        assert text.count(f'id="t={seconds}"') == 1
    assert '<li id="t=200">' in text
    assert found_in(client, "deux", type="video") == ("à 3:20", "une-video#t=200")
    assert (
        'data-seconds="120" href="https://www.youtube.com/watch?v=QA6zk3VIahA&amp;t=120s"' in text
    )


def test_places_are_told_in_the_language_of_the_page(loaded_site, client):
    english = client.get("/en/api/search?q=minutes").json()["results"]
    titles = {item["found_in"]["title"] for item in english if item["found_in"]}
    assert "In full" in titles
