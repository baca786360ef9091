"""Twenty thousand hostile cases on three real engines: no error, and nothing out of bounds asked."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from home.sample_corpus import records
from resources.facets import FACETS
from search.analysis import MAX_WORD
from search.bounds import MAX_FACETS, MAX_FILTER_VALUES
from search.engines.base import MAX_LIMIT, MAX_OFFSET, SearchRequest
from search.query import MAX_CHARACTERS, MAX_PHRASES, MAX_TERMS
from search.rows import FACET_VALUE_LENGTH
from search.service import search
from search.steering import load_default_synonyms
from search.suggestions import suggest
from search.understanding import MAX_ALTERNATIVES
from tests.engines.cluster import ENGINES
from tests.engines.hostile_texts import NUMBERS, RAW, TEXTS, pairs, requests, texts
from tests.engines.recording import bring_to_cluster
from tests.engines.watching import Seen, watched
from tests.search.loading import documents, load

CASES = 20_000
# Of each engine: through the service, through addresses.
BY_SERVICE, BY_ADDRESS = 4_950, 1_750
SAMPLE = 40
OWN = {"sqlite": "SQLiteEngine", "postgres": "PostgresEngine", "elasticsearch": "ClusterEngine"}
PAGES = ("/ressources/", "/en/resources/", "/guides/")
OTHERS = ("/api/search", "/api/suggest", "/flux.atom", "/alerte/")


@dataclass
class Fuzzed:
    """What came of the cases of one engine."""

    seen: Seen
    cases: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def ask(self, **asked: Any) -> None:
        """One case of the service."""
        self._try(lambda: search(SearchRequest(**{"locale": "fr", "limit": 5} | asked)), asked)

    def suggest(self, text: str) -> None:
        self._try(lambda: suggest(text, "fr"), text)

    def get(self, address: str) -> None:
        """One case through an address."""
        self.cases["address"] += 1
        response = self.client.get(address)
        self.statuses[response.status_code] += 1
        if response.status_code >= 500:
            self.faults.append(f"{response.status_code} for {ascii(address)[:300]}")

    def _try(self, call: Callable[[], object], what: object) -> None:
        self.cases["service"] += 1
        try:
            call()
        except Exception as error:
            self.faults.append(f"{error!r} for {ascii(what)[:300]}")


def encoded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def known_texts(fuzzed: Fuzzed) -> None:
    """Every fixed text, in every way to ask and on every road."""
    for number, text in enumerate(TEXTS):
        fuzzed.suggest(text)
        for sort in ("relevance", "recent", "alpha"):
            fuzzed.ask(query=text, sort=sort, facet_names=FACETS)
        fuzzed.ask(query=text, filters={"theme": frozenset({text}), text: frozenset({"x"})})
        for road in (PAGES[number % len(PAGES)], *OTHERS):
            fuzzed.get(f"{road}?q={encoded(text[:8_000])}")


def known_numbers(fuzzed: Fuzzed) -> None:
    """Pages and sizes that are none, and addresses that no encoder writes."""
    for road in ("/ressources/", "/api/search", "/flux.atom"):
        for number in NUMBERS:
            for name in ("page", "size"):
                fuzzed.get(f"{road}?sort=alpha&{name}={encoded(number)}")
        for size in (1, 3, 30, 100):
            last = -(-MAX_OFFSET // size)
            for page in (last, last + 1):
                fuzzed.get(f"{road}?sort=recent&size={size}&page={page}")
    for road in (*PAGES, *OTHERS):
        for raw in RAW:
            fuzzed.get(f"{road}?q={raw}")
        for name in FACETS:
            fuzzed.get(f"{road}?{name}={encoded(TEXTS[len(name) * 7])}")


def far_pages(fuzzed: Fuzzed) -> None:
    """The service asked for more than an address can ask."""
    for sort in ("relevance", "recent", "alpha"):
        for far in (MAX_OFFSET - 1, MAX_OFFSET, MAX_OFFSET + 1, 10**9, 10**5_000, -1, float("nan")):
            for query in ("", "vote", '"assemblée générale"'):
                fuzzed.ask(query=query, sort=sort, offset=far, limit=far)
    names = [f"f{number}" for number in range(500)]
    many = {name: frozenset(map(str, range(500))) for name in names}
    fuzzed.ask(query="vote", filters=many, others=(many,) * 500, facet_names=tuple(names))


def invented(fuzzed: Fuzzed) -> None:
    """As many cases as are missing, made by hypothesis, the same at every run."""
    services = BY_SERVICE - fuzzed.cases["service"]
    addresses = BY_ADDRESS - fuzzed.cases["address"]
    suggested = services // 6

    @_many(services - suggested)
    @given(requests())
    def ask(asked: dict[str, Any]) -> None:
        fuzzed.ask(**asked)

    @_many(suggested)
    @given(texts)
    def type_in(text: str) -> None:
        fuzzed.suggest(text)

    @_many(addresses)
    @given(st.sampled_from((*PAGES, *OTHERS)), pairs)
    def go(road: str, asked: list[tuple[str, str]]) -> None:
        query = "&".join(f"{encoded(name)}={encoded(value[:2_000])}" for name, value in asked)
        fuzzed.get(f"{road}?{query}")

    for made in (ask, type_in, go):
        made()


def _many(number: int) -> Callable[[Any], Any]:
    return examples(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def fill(engine: str) -> None:
    """A site with its lists, and a few documents that hold most of the words asked for."""
    call_command("setup_site", verbosity=0)
    load_default_synonyms()
    with transaction.atomic():
        load([*records(SAMPLE, seed=7), *documents()])
    if engine == "elasticsearch":
        bring_to_cluster()


def fuzz(engine: str) -> Fuzzed:
    """Every case, on the engine that the site now has."""
    fill(engine)
    with watched() as seen:
        fuzzed = Fuzzed(seen)
        began = time.monotonic()
        for cases in (known_texts, known_numbers, far_pages, invented):
            cases(fuzzed)
        fuzzed.seconds = time.monotonic() - began
    return fuzzed


@pytest.fixture(scope="module")
def made() -> dict[str, Fuzzed]:
    return {}


@pytest.fixture(params=ENGINES)
def fuzzed(request, made, stand) -> Fuzzed:
    engine = request.param
    if engine not in made:
        with stand(engine):
            made[engine] = fuzz(engine)
    return made[engine]


def test_the_three_engines_get_twenty_thousand_cases(fuzzed):
    assert fuzzed.cases == {"service": BY_SERVICE, "address": BY_ADDRESS}
    assert fuzzed.cases.total() * len(ENGINES) >= CASES


def test_no_case_is_an_error(fuzzed):
    assert fuzzed.faults == []
    assert set(fuzzed.statuses) == {200, 400}
    assert fuzzed.statuses[400] < fuzzed.statuses[200] / 4


def test_the_engine_itself_answered_and_never_raised(fuzzed, request):
    assert fuzzed.seen.raised == []
    assert set(fuzzed.seen.asked) == {OWN[request.node.callspec.params["fuzzed"]]}
    assert fuzzed.seen.asked.total() > CASES / len(ENGINES) / 2


def test_no_long_query_reaches_the_engine(fuzzed):
    most = fuzzed.seen.most
    assert most["characters"] == MAX_CHARACTERS
    assert most["words"] == most["clauses"] == MAX_TERMS
    assert most["phrases"] == MAX_PHRASES
    assert most["phrase_words"] == MAX_TERMS
    assert 0 < most["alternatives"] <= MAX_ALTERNATIVES
    assert most["token"] <= MAX_WORD


def test_no_engine_looks_far(fuzzed):
    most = fuzzed.seen.most
    assert most["offset"] == MAX_OFFSET
    assert most["limit"] == MAX_LIMIT
    assert most["negative"] == 0
    assert most["sql_offset"] <= MAX_OFFSET
    assert most["cluster_from"] <= MAX_OFFSET
    assert most["cluster_size"] <= MAX_OFFSET + MAX_LIMIT


def test_no_engine_is_asked_for_more_filters_than_an_address_may_hold(fuzzed):
    most = fuzzed.seen.most
    assert most["filters"] == most["facets"] == MAX_FACETS
    assert most["values"] == MAX_FILTER_VALUES
    assert most["others"] == MAX_FILTER_VALUES + 1
    assert most["value"] <= FACET_VALUE_LENGTH
