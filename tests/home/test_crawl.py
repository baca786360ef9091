"""A visitor without account follows every link of the site, in both languages."""

import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.models import ResourcePage

PAGE_BUDGET, LIST_BUDGET = 12, 15
WHOLE_GUIDE = 5
QUOTES_READ = 1
FILTERED_VIEWS = 80  # of the countless states of the library
KEPT_CHOICES = 12  # pages as a journey or a legal form shows them: all say the same elsewhere
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "SAVEPOINT")


class Links(HTMLParser):
    """The addresses that a page leads to, and the names in it that a fragment can point to."""

    def __init__(self, base):
        super().__init__()
        self.base, self.found, self.names = base, [], set()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.names.add(values.get("id", ""))
        if tag == "a" and values.get("href"):
            self.found.append(urljoin(self.base, values["href"]))


@dataclass
class Visit:
    address: str
    came_from: str
    response: object
    queries: list[str]
    links: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def visit(client, address, came_from):
    with CaptureQueriesContext(connections["default"]) as captured:
        response = client.get(address)
    found = Visit(address, came_from, response, [query["sql"] for query in captured])
    if response.headers.get("Content-Type", "").startswith("text/html"):
        reader = Links(address)
        reader.feed(response.content.decode())
        found.links, found.names = reader.found, reader.names
    elif response.streaming:
        response.close()
    return found


@pytest.fixture(scope="module")
def visits(loaded_module):
    """Every address of the site met by following links from its two home pages."""
    client, seen, filtered, chosen = Client(), {}, 0, 0
    for address in ("/", "/en/"):
        client.get(address)  # what a process learns once is not the cost of a page
    waiting = deque([("/", ""), ("/en/", ""), ("/plan-du-site/", ""), ("/sitemap.xml", "")])
    while waiting:
        address, came_from = waiting.popleft()
        if address in seen or (address.count("?") and filtered >= FILTERED_VIEWS):
            continue
        filtered += address.count("?")
        seen[address] = visit(client, address, came_from)
        for link in seen[address].links:
            target = urldefrag(link).url
            if "?parcours=" in target or "?statut=" in target:
                chosen += target not in seen
                target = target if chosen <= KEPT_CHOICES else target.partition("?")[0]
            if target.startswith("/") and not target.startswith("/admin"):
                waiting.append((target, address))
    return seen


class FileLinks(HTMLParser):
    """The words of each link to a file, by its address; hidden ones do not count."""

    def __init__(self):
        super().__init__()
        self.words, self.here, self.hidden = {}, None, 0

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "a" and values.get("href", "").startswith("/fichiers/"):
            self.here = values["href"]
            self.words.setdefault(self.here, []).append("")
        if self.here and (self.hidden or values.get("aria-hidden") == "true") and tag != "use":
            self.hidden += 1

    def handle_endtag(self, tag):
        if tag == "a":
            self.here = None
        if self.hidden and tag != "use":
            self.hidden -= 1

    def handle_data(self, data):
        if self.here and not self.hidden:
            self.words[self.here][-1] += data


def html(visits):
    return [
        v for v in visits.values() if v.response.headers["Content-Type"].startswith("text/html")
    ]


def test_the_crawl_meets_every_resource(visits):
    pages = ResourcePage.objects.filter(live=True, access="public")
    assert len(visits) > 150
    assert {page.get_url() for page in pages} - set(visits) == set()


def test_no_link_is_broken(visits):
    broken = {
        v.address: (v.response.status_code, v.came_from)
        for v in visits.values()
        if v.response.status_code not in {200, 301, 302}
    }
    assert broken == {}


def test_every_link_to_a_file_says_its_format_and_size(visits):
    silent, found = [], 0
    for v in html(visits):
        reader = FileLinks()
        reader.feed(v.response.content.decode())
        for address, several in reader.words.items():
            file_format = address.partition("?")[0].rpartition(".")[2].upper()
            size = r"\d\s?(octets?|ko|Mo|bytes?|kB|MB)\b"
            for words in several:
                found += 1
                if file_format not in words or not re.search(size, words):
                    silent.append((v.address, address, words))
    assert found > 50
    assert silent == []


def test_every_fragment_points_to_something(visits):
    lost = set()
    for v in html(visits):
        for link in v.links:
            target, name = urldefrag(link)
            known = visits.get(target)
            if name and known and known.names and name not in known.names:
                lost.add(f"{v.address} -> {link}")
    assert lost == set()


def test_reading_never_writes(visits):
    written = {
        v.address: sql
        for v in visits.values()
        for sql in v.queries
        if sql.lstrip().upper().startswith(WRITES)
    }
    assert written == {}


def test_pages_keep_within_their_budget_of_queries(visits):
    resources = set(ResourcePage.objects.values_list("url_path", flat=True))
    roots = {"/" + path.split("/", 2)[2] for path in resources}
    spent = {}
    for v in html(visits):
        path = v.address.partition("?")[0]
        local = path.removeprefix("/en") if path.startswith("/en/") else path
        budget = PAGE_BUDGET if local in roots else LIST_BUDGET
        # Wagtail asks which home page translates the root of the site before it looks further.
        budget += path.startswith("/en/")
        # The whole guide on one page: each chapter reads the legal values it quotes.
        budget += WHOLE_GUIDE if path.endswith("/imprimer/") else 0
        # A synthesis asks its campaign and its answers which quotes may still be read.
        budget += QUOTES_READ if local.startswith("/syntheses/") else 0
        # Again when over: what a process learns once of a type is not the cost of its pages.
        if len(v.queries) > budget and len(visit(Client(), v.address, "").queries) > budget:
            spent[v.address] = len(v.queries)
    assert spent == {}


def test_readers_get_no_cookie(visits):
    given = [v.address for v in visits.values() if v.response.cookies]
    forms = re.compile(r"/(demande|alerte|alerte/kit/\d+|campagnes/(code|lien-perdu))/(\?|$)")
    assert [address for address in given if not forms.search(address)] == []


def test_pages_can_be_validated_by_caches(visits):
    without = [
        v.address
        for v in html(visits)
        if v.response.status_code == 200
        and not v.response.cookies
        # Who holds the link of a co-op finds its answer at the door of a campaign: never kept.
        and "/campagnes/" not in v.address
        and not {"ETag", "Last-Modified"} & set(v.response.headers)
    ]
    assert without == []


def test_pages_say_how_long_they_may_be_kept(visits):
    silent = [v.address for v in html(visits) if "Cache-Control" not in v.response.headers]
    assert silent == []


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/ressources/?q=vote", "/kits/ag/", "/api/search?q=vote"]
)
def test_an_unchanged_page_is_not_sent_twice(loaded_site, client, address):
    first = client.get(address)
    tag = first.headers.get("ETag")
    assert tag
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_every_page_has_one_title_one_first_heading_and_its_language(visits):
    wrong = []
    for v in html(visits):
        if v.response.status_code != 200:
            continue
        text = v.response.content.decode()
        language = "en" if v.address.startswith("/en/") else "fr"
        right = (text.count("<h1"), text.count("<title>"), f'<html lang="{language}"' in text)
        if right != (1, 1, True):
            wrong.append((v.address, right))
    assert wrong == []
