"""What an engine answers to the same questions, in a form that can be compared with another's."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from home.sample_corpus import records
from hub.core import outbox
from search.engines.base import EngineAnswer, SearchRequest, SearchResult, Sort
from search.engines.elasticsearch.building import build
from search.engines.elasticsearch.engine import KIND, ClusterEngine
from search.models import SearchDocument
from search.service import search
from search.steering import load_default_synonyms
from search.suggestions import suggest
from tests.search.loading import documents, load, queries

FACETS = ("type", "step", "theme", "audience", "year", "language")
SAMPLE = 600
FILTER_SETS = 200
COMMON = (
    "assemblée", "conseil d'administration", "AG", "vote des résolutions", "coopérative",
    "convocaton", "asemblée génerale", "conv", "résidence", "pouvoir procuration",
    '"assemblée générale"', "« feuille de présence »", "qu'est-ce que le quorum",
    "vidéo gouvernance", "modèle de convocation", "comment expliquer les comptes aux associés",
    "member meeting", "chauffage nucléaire", "xqzvpt", "le la les", "2025", "",
)  # fmt: skip
BEGINNINGS = ("con", "conv", "assem", "quo", "résol", "part s", "vo", "xqz", "é", "coopé")


def fill() -> None:
    """The synonyms, a few hundred invented documents and the judged ones, in French lists."""
    load_default_synonyms()
    made = [{**record, "themes": record["themes"]} for record in records(SAMPLE, seed=7)]
    with transaction.atomic():
        load([*made, *documents()])


def bring_to_cluster() -> None:
    """What the worker does: build an empty index, then send every row by its task."""
    rows = list(SearchDocument.objects.values_list("pk", flat=True))
    SearchDocument.objects.filter(pk__in=[]).delete()
    build()
    assert outbox.waiting(KIND).count() == len(rows)
    outbox.drain([KIND])
    assert outbox.waiting(KIND).count() == 0


@dataclass
class Recording:
    """Everything recorded of one engine; pages are named by their external ids."""

    ids: dict[str, set[str]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    first: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    proposed: dict[str, list[str]] = field(default_factory=dict)
    counts: list[dict[str, dict[str, int]]] = field(default_factory=list)
    clicked: list[tuple[int, int]] = field(default_factory=list)
    without: list[tuple[int, int]] = field(default_factory=list)
    sorted: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    suggested: dict[str, list[str]] = field(default_factory=dict)


def texts() -> list[str]:
    return [*COMMON, *(query["query"] for query in queries())]


def record(engine: Any) -> Recording:
    """Ask an engine everything."""
    made = Recording()
    names = dict(SearchDocument.objects.values_list("pk", "external_id"))
    for text in texts():
        found = ask(engine, text)
        made.totals[text] = found.total
        made.first[text] = [(h.external_id, round(h.score, 6)) for h in found.hits[:10]]
        made.ids[text] = set(every_id(engine, text, found))
    for text in COMMON:
        for sort in (Sort.RECENT, Sort.ALPHA):
            made.sorted[text, sort] = [h.external_id for h in ask(engine, text, sort=sort).hits]
    made.proposed = {text: [names[pk] for pk in proposed(engine, text).page_ids] for text in COMMON}
    for text, filters, name, value in filter_sets(engine):
        found = ask(engine, text, filters=filters, limit=0)
        made.counts.append({facet: dict(values) for facet, values in found.facets.items()})
        alone = filters | {name: frozenset({value})}
        clicked = ask(engine, text, filters=alone, limit=0).total
        made.clicked.append((found.facets[name].get(value, 0), clicked))
        made.without += dropped(engine, text, filters)
    for text in BEGINNINGS:
        made.suggested[text] = [s.text for s in suggest(text, "fr", engine=engine)]
    return made


def ask(engine: Any, text: str, **options: Any) -> SearchResult:
    asked = {"query": text, "locale": "fr", "facet_names": FACETS, "limit": 100} | options
    return search(SearchRequest(**asked), engine=engine)


def dropped(
    engine: Any, text: str, filters: dict[str, frozenset[str]]
) -> Iterator[tuple[int, int]]:
    """For each filter, how many results are said to be there without it, and how many are."""
    others = tuple({k: v for k, v in filters.items() if k != name} for name in filters)
    said = ask(engine, text, filters=filters, others=others, limit=0).others
    assert len(said) == len(others)
    for number, fewer in zip(said, others, strict=True):
        yield number, ask(engine, text, filters=fewer, limit=0).total


def every_id(engine: Any, text: str, first: SearchResult) -> Iterator[str]:
    """The whole list, page after page."""
    for start in range(0, first.total, 100):
        yield from (hit.external_id for hit in ask(engine, text, offset=start).hits)


class Watching:
    """Passes on to an engine and keeps its last answer."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine

    def search(self, query: Any) -> EngineAnswer:
        self.answer: EngineAnswer = self.engine.search(query)
        return self.answer


def proposed(engine: Any, text: str) -> EngineAnswer:
    """What the engine itself proposes to the ranker, in its order."""
    watching = Watching(engine)
    ask(watching, text)
    return watching.answer


def filter_sets(engine: Any) -> Sequence[tuple[str, dict[str, frozenset[str]], str, str]]:
    """Two hundred states of the library, always the same, each with a value to click."""
    chance = random.Random(11)
    offered = {name: sorted(values) for name, values in ask(engine, "").facets.items()}
    made = []
    for _number in range(FILTER_SETS):
        chosen = chance.sample(FACETS, chance.randint(0, 3))
        filters = {
            name: frozenset(chance.sample(offered[name], min(len(offered[name]), 2)))
            for name in chosen
        }
        name = chance.choice(FACETS)
        made.append((chance.choice(COMMON), filters, name, chance.choice(offered[name])))
    return made


def recorded_on(engine_name: str) -> Recording:
    """Fill the database lent, and record the engine of this name over it."""
    from search.engines import engine_named

    fill()
    if engine_name == "elasticsearch":
        bring_to_cluster()
        return record(ClusterEngine())
    return record(engine_named(engine_name))
