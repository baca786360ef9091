"""Turns a state of the library into what its page and its API show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from resources.answers import BESIDE, DEFINING, Answers, answers_of
from resources.cards import Card, card_of_hit
from resources.facets import FACETS, REPORT_FACETS, SORTS, Selection, last_page
from resources.search_help import help_for
from resources.taxonomy_rows import facet_labels
from resources.value_labels import OPEN_FACETS, value_label
from resources.vocabulary import FACET_LABELS, Step
from search.engines.base import SearchRequest, SearchResult
from search.service import search

PAGES_AROUND = 2


@dataclass(frozen=True)
class Listing:
    """The answer to one selection, computed once. ``base_url`` is the page the links stay on."""

    selection: Selection
    base_url: str = ""

    @cached_property
    def result(self) -> SearchResult:
        state = self.selection
        return search(
            SearchRequest(
                query=state.query,
                filters=state.engine_filters,
                facet_names=FACETS,
                locale=state.locale,
                sort=state.effective_sort,
                offset=state.offset,
                limit=state.size,
                defining=DEFINING,
                beside=BESIDE,
                others=self._other_filters,
            )
        )

    @cached_property
    def cards(self) -> list[Card]:
        return [card_of_hit(hit) for hit in self.result.hits]

    @cached_property
    def answers(self) -> Answers:
        """What stands above the list, on the page that begins it."""
        return answers_of(self.result, self.selection.engine_filters)

    @property
    def listed_cards(self) -> list[Card]:
        """The cards of this page that do not stand above the list already."""
        return [card for card in self.cards if card.page_id not in self.answers.told]

    @property
    def page_count(self) -> int:
        return last_page(self.result.total, self.selection.size)

    # -- Facets --------------------------------------------------------------------------------
    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        """Every facet with its values: those that lead somewhere, and those chosen."""
        found = []
        for name in FACETS:
            counts = self._counts(name)
            values = [
                {
                    "value": value,
                    "label": self._label(name, value),
                    "count": count,
                    "selected": self.selection.has(name, value),
                }
                for value, count in counts.items()
            ]
            found.append(
                {"name": name, "label": _facet_label(name), "values": self._sorted(name, values)}
            )
        return found

    @property
    def shown_facets(self) -> list[dict[str, Any]]:
        """Those that a page offers: what only reports tell, among reports or once it is chosen."""
        return [
            facet
            for facet in self.facets
            if facet["name"] not in REPORT_FACETS
            or self.selection.is_of_reports
            or facet["name"] in self.selection.filters
        ]

    def _counts(self, name: str) -> dict[str, int]:
        counted: Mapping[str, int] = self.result.facets.get(name, {})
        counts = {value: count for value, count in counted.items() if count}
        return counts | {
            value: counted.get(value, 0) for value in self.selection.filters.get(name, ())
        }

    @staticmethod
    def _sorted(name: str, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if name == "step":
            return sorted(values, key=lambda v: Step.values.index(v["value"]))
        if name == "year":
            return sorted(values, key=lambda v: v["value"], reverse=True)
        return sorted(values, key=lambda v: (-v["count"], v["label"].casefold()))

    @cached_property
    def _open_labels(self) -> dict[str, dict[str, str]]:
        counted = self.result.facets
        return facet_labels((name, slug) for name in OPEN_FACETS for slug in counted.get(name, ()))

    def _label(self, name: str, value: str) -> str:
        rows = self._open_labels if name in OPEN_FACETS else {}
        return value_label(name, value, rows)

    # -- Links ---------------------------------------------------------------------------------
    def address(self, selection: Selection, **changes: Any) -> str:
        query = selection.parameters(**changes)
        return f"{self.base_url}?{query}" if query else self.base_url

    @cached_property
    def _drops(self) -> list[tuple[str, str, Selection]]:
        """Each chosen value with the selection that does without it."""
        return [
            (name, value, self.selection.without(name, value))
            for name in FACETS
            for value in self.selection.filters.get(name, ())
        ]

    @property
    def _other_filters(self) -> tuple[dict[str, frozenset[str]], ...]:
        """Those of each drop, then no filter at all: the search counts what each would give."""
        if not self._drops:
            return ()
        dropped = [selection for _name, _value, selection in self._drops]
        return tuple(each.engine_filters for each in (*dropped, self.selection.unfiltered()))

    def chips(self) -> list[dict[str, Any]]:
        """The chosen values, each with the address of the list without it and its ``count``."""
        return [
            {
                "label": self._label(name, value),
                "facet_label": _facet_label(name),
                "remove_url": self.address(without),
                "count": count,
            }
            for (name, value, without), count in zip(
                self._drops, self.result.others[: len(self._drops)], strict=True
            )
        ]

    def sorts(self) -> list[dict[str, Any]]:
        """The orders to choose from. The usual one is not asked for: words typed later have their own."""
        labels = {"relevance": _("Relevance"), "recent": _("Latest first"), "alpha": _("A to Z")}
        usual = replace(self.selection, sort="").effective_sort
        current = self.selection.effective_sort
        offered = [s for s in SORTS if s != "relevance" or self.selection.query.strip()]
        return [
            {"value": "" if s == usual else s, "label": labels[s], "selected": s == current}
            for s in offered
        ]

    def pages(self) -> dict[str, Any]:
        number, last = self.selection.page, self.page_count
        shown = {1, last, *range(number - PAGES_AROUND, number + PAGES_AROUND + 1)}
        numbers = sorted(n for n in shown if 1 <= n <= last)
        return {
            "number": number,
            "num_pages": last,
            "previous_url": self._page_url(number - 1) if number > 1 else "",
            "next_url": self._page_url(number + 1) if number < last else "",
            "links": [
                {"number": n, "url": self._page_url(n), "current": n == number} for n in numbers
            ],
        }

    def _page_url(self, number: int) -> str:
        return self.address(self.selection, page=number)

    def suggestion(self) -> dict[str, str] | None:
        """The corrected words; without the filters when these leave nothing of them."""
        text = self.result.suggestion
        if not text:
            return None
        kept = self.selection if self.result.total else self.selection.unfiltered()
        return {"text": text, "url": self.address(replace(kept, query=text, page=1))}

    def context(self) -> dict[str, Any]:
        """What the templates of lists read."""
        return {
            "selection": self.selection,
            "query": self.selection.query,
            "total": self.result.total,
            "confident": self.result.confident,
            "suggestion": self.suggestion(),
            "facets": self.shown_facets,
            "chips": self.chips(),
            "clear_url": self.base_url,
            "sorts": self.sorts(),
            "answers": self.answers,
            "cards": self.listed_cards,
            "help": help_for(self),
            "page_obj": self.pages(),
            "noindex": self.selection.is_filtered,
        }


def _facet_label(name: str) -> str:
    return str(FACET_LABELS[name])
