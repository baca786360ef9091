"""A word of a page that is no longer for everybody is like a word that nobody ever wrote."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from hub.core import outbox
from resources.vocabulary import Access
from search.engines.elasticsearch import breaker
from search.engines.elasticsearch.building import build
from search.engines.elasticsearch.engine import KIND
from tests.alerts import Reader, a_week_passes, work
from tests.engines.cluster import ENGINES
from tests.factories import index_of, resource

# Each was published and found, then hidden so; the last ones were never shown to anybody.
WORDS = {
    "unpublished": "zorglubique",
    "private": "palombique",
    "section": "marsupilave",
    "group": "gaffophone",
    "reserved": "spirouleur",
    "deleted": "bulgrozien",
    "moved": "fantasiard",
    "ended": "champignaque",
    "edited": "zantafiole",
    "draft": "secotinade",
    "scheduled": "turbotracte",
    "revision": "cyclostrade",
}
NEVER_SHOWN = ("draft", "scheduled", "revision")
YEAR = 2031
UNKNOWN = "wkvjxhqyzb"
# What everybody may read: enough for a list, a correction and a beginning.
PUBLIC = ("Le quorum expliqué", "Convoquer une assemblée", "Le vote à distance")
APIS = ("/api/search?q=", "/api/suggest?q=")
LISTS = (
    "/ressources/?q=", "/en/resources/?q=", "/guides/?q=", "/flux.atom?q=", "/alerte/?q=",
    "/en/api/search?q=", "/en/api/suggest?q=",
)  # fmt: skip
PLAIN = (
    "/", "/en/", "/ressources/", "/guides/", "/api/search", "/api/search?sort=alpha&size=100",
    "/flux.atom", "/en/flux.atom", "/opensearch.xml", "/en/opensearch.xml", "/sitemap.xml",
    "/plan-du-site/", "/api/openapi.json", "/dossiers/", f"/api/search?year={YEAR}",
    f"/ressources/?year={YEAR}", f"/flux.atom?year={YEAR}", "/n-existe-pas/",
)  # fmt: skip


def secret(kind: str, section: str = "guide", **options: Any) -> Page:
    """A page whose every text holds its word."""
    word = WORDS[kind]
    options = {"year": YEAR, "summary": f"Résumé {word}.", "slug": f"secret-{kind}"} | options
    return resource(section, f"Guide {word}", **options)


def publish_all() -> dict[str, Page]:
    """Everything that will be hidden, for everybody to read."""
    kinds = [kind for kind in WORDS if kind not in NEVER_SHOWN]
    pages = {kind: secret(kind, "dossier" if kind == "section" else "guide") for kind in kinds}
    for title in PUBLIC:
        resource("guide", title)
    return pages


def hide_all(pages: dict[str, Page]) -> None:
    """Each in its own way."""
    restrict = PageViewRestriction.objects.create
    pages["unpublished"].unpublish()
    restrict(page=pages["private"], restriction_type="login")
    restrict(page=index_of("dossier"), restriction_type="login")
    restrict(page=pages["group"], restriction_type="groups")
    pages["reserved"].access = Access.COOPS
    pages["reserved"].save_revision().publish()
    pages["deleted"].delete()
    pages["moved"].move(index_of("dossier"), pos="last-child")
    end_now(pages["ended"])
    edited = pages["edited"]
    edited.title, edited.summary, edited.year = "Guide refait", "Tout autre.", 2030
    edited.save_revision().publish()


def end_now(page: Page) -> None:
    """Its end comes while it is live, and no clock job takes it down."""
    page.expire_at = timezone.now() + timedelta(seconds=1)
    page.save_revision().publish()
    time.sleep(max(0.0, (page.expire_at - timezone.now()).total_seconds()))


def write_unseen() -> None:
    """What was never published, and a change of a public page that is not yet."""
    secret("draft", publish=False)
    secret("scheduled", go_live_at=timezone.now() + timedelta(days=3))
    public = Page.objects.get(title=PUBLIC[0]).specific
    public.title = f"Guide {WORDS['revision']}"
    public.summary = f"Résumé {WORDS['revision']}."
    public.save_revision()


def slips(word: str) -> list[str]:
    """What a reader may type of a word without writing it whole."""
    middle = len(word) // 2
    swapped = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return [
        word[:3], word[:5], word[:-1], swapped, word[:middle] + word[middle + 1 :],
        f"{word[:-1]}x", f"x{word[1:]}", f"quorum{word[:-1]}", f"guide {word[:5]}",
        f'"guide {word[:-1]}"',
    ]  # fmt: skip


def whole(word: str) -> list[str]:
    return [word, f'"{word}"', f"guide {word}", f"quorum{word}"]


class Reading:
    """An anonymous reader who asks everything."""

    def __init__(self) -> None:
        self.client = Client()

    def text(self, address: str) -> str:
        response = self.client.get(address)
        assert response.status_code in (200, 302, 404), address
        content = b"".join(response) if response.streaming else response.content
        return (content.decode() + str(dict(response.headers))).lower()

    def leaks(self) -> list[tuple[str, str]]:
        """The addresses whose answer holds a word that they did not."""
        typed = [quote(slip) for word in WORDS.values() for slip in slips(word)]
        asked = [road + slip for slip in typed for road in APIS]
        asked += [LISTS[number % len(LISTS)] + slip for number, slip in enumerate(typed)]
        found = []
        for address in (*PLAIN, *asked):
            text = self.text(address)
            found += [(address, word) for word in WORDS.values() if word in text]
        return found

    def told_apart(self) -> list[tuple[str, str]]:
        """The questions that a program would see answered otherwise than with a word of nobody."""
        found = []
        for word in WORDS.values():
            nobody = (UNKNOWN * 2)[: len(word)]
            for road in APIS:
                for ours, theirs in zip(whole(word), whole(nobody), strict=True):
                    if self._answer(road, ours, word) != self._answer(road, theirs, nobody):
                        found.append((road, ours))
        return found

    def _answer(self, road: str, asked: str, word: str) -> Any:
        return json.loads(self.client.get(road + quote(asked)).content.decode().replace(word, "…"))

    def found(self, asked: str) -> int:
        return self.client.get(f"/api/search?q={quote(asked)}").json()["total"]

    def check(self) -> None:
        assert self.leaks() == []
        assert self.told_apart() == []
        years = self.client.get("/api/search").json()["facets"]["year"]
        assert str(YEAR) not in {value["value"] for value in years}
        assert self.found("") == len(PUBLIC) + 1  # the one that was edited


@pytest.fixture(params=ENGINES)
def engine(request, stand) -> Iterator[str]:
    with stand(request.param):
        call_command("setup_site", verbosity=0)
        if request.param == "elasticsearch":
            build()
        elif request.param == "postgres":
            # The admin's own index took its shape when this process began, which was on SQLite.
            with connection.cursor() as cursor:
                cursor.execute(
                    "CREATE TABLE wagtailsearch_indexentry_fts"
                    " (rowid integer, autocomplete text, title text, body text)"
                )
        yield request.param


@pytest.fixture
def drain(engine) -> Callable[[], None]:
    """What the worker does for the cluster, where there is one."""
    return (lambda: outbox.drain([KIND])) if engine == "elasticsearch" else (lambda: None)


def test_nothing_tells_a_hidden_word_before_or_after_the_worker_has_passed(engine, drain):
    reading = Reading()
    pages = publish_all()
    drain()
    for kind in pages:
        assert reading.found(WORDS[kind]) == 1
        assert WORDS[kind] in reading.text(f"/api/suggest?q={WORDS[kind][:5]}")
    hide_all(pages)
    write_unseen()
    reading.check()
    drain()
    reading.check()
    assert not breaker.is_open


def test_the_mail_of_an_alert_tells_no_hidden_word(engine, drain, monkeypatch):
    monkeypatch.setattr("resources.alert_views.AlertForm.shortest_filling", 0)
    reader = Reader()
    reader.follow("")
    reader.follow(f"q={WORDS['private']}")
    pages = publish_all()
    drain()
    hide_all(pages)
    write_unseen()
    a_week_passes()
    work()
    (message,) = mail.outbox
    assert PUBLIC[0] in message.body
    sent = message.message().as_string() + message.body
    assert [word for word in WORDS.values() if word in sent] == []
