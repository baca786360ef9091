"""Reads and writes the `FacetBits` rows: which documents hold which facet value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Q

from search import bits
from search.models import FacetBits, SearchDocument

Key = tuple[str, str]


def read_facets(names: Iterable[str]) -> dict[str, dict[str, int]]:
    """The sets of these facets and of the index's own, by name and value. One query."""
    wanted = {*names, bits.SHOWN, bits.EXPIRES}
    facets: dict[str, dict[str, int]] = defaultdict(dict)
    for name, value, stored in FacetBits.objects.filter(name__in=wanted).values_list(
        "name", "value", "bits"
    ):
        facets[name][value] = bits.from_bytes(stored)
    return facets


def keys_of(document: SearchDocument) -> set[Key]:
    """Every value that one document holds, the index's own included."""
    keys = {(name, value) for name, values in document.facets.items() for value in values}
    keys.update((bits.SHOWN, locale) for locale in document.shown_in)
    if document.expires_at:
        keys.add((bits.EXPIRES, document.expires_at.isoformat()))
    return keys


class FacetChanges:
    """Collects what documents gain and lose, then writes each touched value once."""

    def __init__(self) -> None:
        self._gained: dict[Key, list[int]] = defaultdict(list)
        self._lost: dict[Key, list[int]] = defaultdict(list)

    def replace(self, page_id: int, before: set[Key], after: set[Key]) -> None:
        """Note that a document held `before` and now holds `after`."""
        for key in after - before:
            self._gained[key].append(page_id)
        for key in before - after:
            self._lost[key].append(page_id)

    def replace_shown(self, page_id: int, before: Iterable[str], after: Iterable[str]) -> None:
        """Note that other site locales now list a document."""
        self.replace(
            page_id, {(bits.SHOWN, code) for code in before}, {(bits.SHOWN, code) for code in after}
        )

    def write(self) -> None:
        """Write, inside the caller's transaction; a value of no document disappears."""
        touched = sorted({*self._gained, *self._lost})
        known = _locked_rows(touched)
        fresh, changed, empty = [], [], []
        for key in touched:
            row = known.get(key)
            held = bits.from_bytes(row.bits) if row else 0
            held = (held & ~bits.pack(self._lost.get(key, ()))) | bits.pack(
                self._gained.get(key, ())
            )
            if row is None:
                if held:
                    fresh.append(FacetBits(name=key[0], value=key[1], bits=bits.to_bytes(held)))
            elif held:
                row.bits = bits.to_bytes(held)
                changed.append(row)
            else:
                empty.append(row.pk)
        FacetBits.objects.bulk_create(fresh)
        FacetBits.objects.bulk_update(changed, ["bits"], batch_size=50)
        FacetBits.objects.filter(pk__in=empty).delete()


def _locked_rows(keys: Iterable[Key]) -> Mapping[Key, FacetBits]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for name, value in keys:
        by_name[name].append(value)
    wanted = Q(pk__in=())
    for name, values in by_name.items():
        wanted |= Q(name=name, value__in=values)
    rows = FacetBits.objects.filter(wanted).order_by("pk")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return {(row.name, row.value): row for row in rows}
