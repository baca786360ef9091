"""Makes everything that the index is made of again, while the site goes on.

Rows are made batch by batch. The counters that follow them change by change (facets, vocabulary) are
then counted from nothing, beside: what was counted is kept only if nothing was written meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction
from wagtail.models import Page

from search import bits, state, vocabulary
from search.engines import database_engine, written_engines
from search.facet_store import Key, keys_of
from search.indexing import BATCH, index_pages
from search.models import FacetBits, SearchDocument
from search.rows import STEM_COLUMNS

TRIES = 3
COUNTED = ("page_id", "language", "facets", "shown_in", "expires_at", "words")
Counted = tuple[dict[Key, int], vocabulary.Delta]


def rebuild(*, everywhere: bool = True) -> int:
    """Make every row and every index again; return how many pages are found.

    Not `everywhere`, a cluster is left to the worker, which builds the index that this release asks for.
    """
    found = index_pages(Page.objects.order_by("pk"), afresh=True)
    recount()
    for engine in written_engines() if everywhere else [database_engine()]:
        engine.rebuild()
    state.made_anew()
    return found


def recount() -> None:
    """Count facets and vocabulary from the rows, and correct what differs."""
    for _try in range(TRIES):
        before = state.read().changes
        counted = count()
        with transaction.atomic():
            state.index_changes()
            if state.read().changes == before + 1:
                _correct(counted)
                return
    with transaction.atomic():  # somebody writes all the time: this time they wait
        state.index_changes()
        _correct(count())


def count() -> Counted:
    """What the rows hold: the documents of each facet value, and of each word and stem."""
    held: dict[Key, list[int]] = defaultdict(list)
    terms = vocabulary.Delta()
    for document in _rows():
        for key in keys_of(document):
            held[key].append(document.page_id)
        terms.add(document)
    return {key: bits.pack(ids) for key, ids in held.items()}, terms


def _rows() -> Iterator[SearchDocument]:
    rows = SearchDocument.objects.only(*COUNTED, *STEM_COLUMNS).order_by("pk")
    return rows.iterator(chunk_size=BATCH)


def _correct(counted: Counted) -> None:
    facets, terms = counted
    _correct_facets(facets)
    vocabulary.correct(terms)


def _correct_facets(facets: dict[Key, int]) -> None:
    wrong: list[int] = []
    right: set[Key] = set()
    for row in FacetBits.objects.iterator(chunk_size=200):
        key = (row.name, row.value)
        if facets.get(key) == bits.from_bytes(row.bits):
            right.add(key)
        else:
            wrong.append(row.pk)
    FacetBits.objects.filter(pk__in=wrong).delete()
    FacetBits.objects.bulk_create(_fresh(facets, right), batch_size=50)


def _fresh(facets: dict[Key, int], right: Iterable[Key]) -> list[FacetBits]:
    return [
        FacetBits(name=key[0], value=key[1], bits=bits.to_bytes(facets[key]))
        for key in sorted(facets.keys() - set(right))
    ]
