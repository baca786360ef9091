"""Asks one hub every kind of question: runs in a process of its own, prints its figures as JSON."""

import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROUNDS = 3
EACH = 24  # queries of a kind
PUBLISHED = 15
FILTERS = {"type": frozenset({"guide", "report"}), "step": frozenset({"avant"})}


def main() -> None:
    import django

    django.setup()
    if "--wagtail" in sys.argv or "--judged" in sys.argv:
        from tests.benchmarks import wagtail_search

        if "--wagtail" in sys.argv:
            print(json.dumps(wagtail_search.compare()))
        else:
            queries = json.loads(Path(sys.argv[-1]).read_text(encoding="utf-8"))
            print(json.dumps(wagtail_search.relevance(queries)))
        return
    if "--away" in sys.argv:
        print(json.dumps(without_the_cluster()))
        return
    figures: dict[str, Any] = {}
    for kind, queries in kinds().items():
        figures[kind] = percentiles(timings(asking(kind), queries))
    figures["while typing"] = percentiles(timings(typing(), beginnings()))
    if "--searches-only" not in sys.argv:
        figures["publish"] = percentiles(publishing())
    figures["MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures))


def percentiles(times: list[float]) -> dict[str, float]:
    """Milliseconds: the median and the 95th of a hundred."""
    cuts = statistics.quantiles(times, n=20)
    return {"p50": statistics.median(times) * 1000, "p95": cuts[18] * 1000}


def timings(
    ask: Callable[[str], object], queries: Iterable[str], rounds: int = ROUNDS
) -> list[float]:
    """For each query the fastest of several rounds: other programs only ever add."""
    queries = list(queries)
    ask(queries[0])
    best = [float("inf")] * len(queries)
    for _round in range(rounds):
        for place, query in enumerate(queries):
            start = time.perf_counter()
            ask(query)
            best[place] = min(best[place], time.perf_counter() - start)
    return best


def without_the_cluster() -> dict[str, float]:
    """Milliseconds of the search that finds the cluster away, and of the slowest of those after."""
    queries = kinds()["common"]
    ask = asking("common")
    first, *after = [_milliseconds(ask, query) for query in queries]
    return {"first": first, "after": max(after)}


def _milliseconds(ask: Callable[[str], object], query: str) -> float:
    start = time.perf_counter()
    ask(query)
    return (time.perf_counter() - start) * 1000


# -- What is asked -------------------------------------------------------------------------------
def words(order: str, **conditions: Any) -> list[str]:
    from search.models import IndexTerm

    rows = IndexTerm.objects.filter(kind=IndexTerm.WORD, **conditions).exclude(stem="")
    return [
        text
        for text in rows.order_by(order, "text").values_list("text", flat=True)[:400]
        if len(text) > 4
    ]


def kinds() -> dict[str, list[str]]:
    """Queries of each kind, always the same for the same documents."""
    chance = random.Random(3)
    common = words("-documents")[:60]
    rare = words("documents", documents__lte=3)
    singles = chance.sample(common[:40], EACH // 2)
    pairs = [" ".join(chance.sample(common, 2)) for _one in range(EACH - len(singles))]
    return {
        "common": singles + pairs,
        "rare": chance.sample(rare, min(EACH, len(rare))),
        "phrase": phrases(chance),
        "typo": [misspelt(word, chance) for word in chance.sample(words("-documents")[20:], EACH)],
        "prefix": [word[:4] for word in chance.sample(words("-documents"), EACH)],
        "filtered": singles + pairs,
        "question": [
            f"comment {chance.choice(common)} {chance.choice(common)} pour {chance.choice(common)} ?"
            for _one in range(EACH)
        ],
    }


def phrases(chance: random.Random) -> list[str]:
    from search.models import SearchDocument

    ids = list(SearchDocument.objects.values_list("pk", flat=True))
    found = []
    for row in SearchDocument.objects.filter(pk__in=chance.sample(ids, EACH)):
        said = row.summary.split()
        start = chance.randrange(max(1, len(said) - 2))
        found.append(f'"{" ".join(said[start : start + 3])}"')
    return found


def misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1 :]


def beginnings() -> list[str]:
    chance = random.Random(5)
    return [
        word[: chance.choice((2, 3, 4, 6))] for word in chance.sample(words("-documents"), EACH)
    ]


# -- How it is asked -----------------------------------------------------------------------------
def asking(kind: str) -> Callable[[str], object]:
    from resources.facets import FACETS
    from search.engines.base import SearchRequest
    from search.service import search

    chosen = FILTERS if kind == "filtered" else {}
    return lambda query: search(
        SearchRequest(query=query, locale="fr", facet_names=FACETS, filters=chosen)
    )


def typing() -> Callable[[str], object]:
    from search.suggestions import suggest

    return lambda query: suggest(query, "fr", defining=("glossary",))


def publishing() -> list[float]:
    """What bringing the index up to date adds to the publication of a page, one page at a time."""
    from wagtail.models import Page

    from resources.models import GuidePage
    from search.indexing import index_pages

    spent = []
    for page in GuidePage.objects.order_by("-pk")[: PUBLISHED + 2]:
        page.title = f"{page.title} revu"
        Page.objects.filter(pk=page.pk).update(title=page.title)
        start = time.perf_counter()
        index_pages([page])
        spent.append(time.perf_counter() - start)
    return spent[2:]


if __name__ == "__main__":
    main()
