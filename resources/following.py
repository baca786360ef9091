"""A search that somebody follows: what it is called, its feed, its alert by mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from hub.core.surroundings import surroundings
from resources.facets import FACETS, Selection
from resources.taxonomy_rows import facet_labels
from resources.value_labels import OPEN_FACETS, value_label


@dataclass(frozen=True)
class Followed:
    """The words and filters of a selection. Its texts are in the active language.

    ``labels`` are those of the filters, where they have been read already.
    """

    selection: Selection
    labels: tuple[str, ...] | None = None

    @classmethod
    def of(cls, selection: Selection) -> "Followed":
        return cls(selection.to_follow())

    @classmethod
    def listed(cls, selection: Selection, chips: Sequence[Mapping[str, Any]]) -> "Followed":
        """The same for a list, whose ``chips`` name the filters that its page does not imply."""
        implied = selection.locked_type
        labels = [value_label("type", implied, {})] if implied else []
        return cls(selection.to_follow(), (*labels, *(chip["label"] for chip in chips)))

    @property
    def is_everything(self) -> bool:
        return not (self.selection.query or self.selection.filters)

    @cached_property
    def name(self) -> str:
        """The words, then the labels of the filters: « quorum · Guide ». Empty for everything."""
        words = (self.selection.query,) if self.selection.query else ()
        labels = self._read_labels() if self.labels is None else self.labels
        return " · ".join((*words, *labels))

    def _read_labels(self) -> tuple[str, ...]:
        filters = self.selection.filters
        rows = facet_labels() if OPEN_FACETS & set(filters) else {}
        return tuple(
            value_label(facet, value, rows) for facet in FACETS for value in filters.get(facet, ())
        )

    @property
    def label(self) -> str:
        return self.name or _("Everything new")

    @property
    def title(self) -> str:
        """The name as a sentence of its own."""
        return self.label if self.is_everything else _("Search: %(name)s") % {"name": self.name}

    @cached_property
    def parameters(self) -> str:
        return self.selection.parameters()

    @property
    def feed_url(self) -> str:
        return self._address(reverse("feed"))

    @property
    def alert_url(self) -> str:
        return self._address(reverse("alert_form"))

    @property
    def results_url(self) -> str:
        """The library in this state."""
        return self._address(library_url())

    @property
    def latest_url(self) -> str:
        """The same, the latest first."""
        return f"{library_url()}?{self.selection.parameters(sort='recent')}"

    def _address(self, base: str) -> str:
        return f"{base}?{self.parameters}" if self.parameters else base


def library_url(page: Page | None = None) -> str:
    """The library of the active language, asked once for a reading request of ``page``."""
    places = surroundings(page).places
    found = next(iter([*places["library"], *places["home"]]), None)
    return (found.get_url() if found else "") or "/"
