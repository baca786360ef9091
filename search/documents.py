"""What a page must say of itself to be found.

`search` knows no page type. A page takes part by answering `get_search_projection()`;
everything the index, the facets and the cards of a result list need is in the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, Self, runtime_checkable

ACCESS_PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of body text, with the place a reader can be sent to.

    `anchor` is what to add to the address of the page to go there ("chapitre/2/", "#t=73"); `title`
    names the place for people ("Chapitre 2", "à 1:13").
    """

    text: str
    title: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Everything a page says of itself: plain text only, no markup.

    `names` are other names of what the page is about (an acronym, a plural): a query made of one of
    them asks for this page. `extra_terms` are words that only lead to it.
    `facets` maps a facet name to the page's values (slugs or codes). "type", "language" and "year"
    are filled from the fields of the same name when absent. Names starting with "@" are reserved.
    `is_made_up` says that what the page tells never happened: it stands behind what did.
    `card` is opaque to search: JSON that comes back with every hit, so that a list reads no other table.
    Dates left out are taken from the page.
    """

    type: str
    title: str
    language: str
    summary: str = ""
    sections: tuple[Section, ...] = ()
    names: tuple[str, ...] = ()
    extra_terms: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: int | None = None
    is_made_up: bool = False
    external_id: str = ""
    access: str = ACCESS_PUBLIC
    published_at: datetime | None = None
    updated_at: datetime | None = None
    expires_at: datetime | None = None
    card: Mapping[str, Any] = field(default_factory=dict)


@runtime_checkable
class Searchable(Protocol):
    """A page that can be found.

    A class may add `prepare_search_projections(cls, pages)`, called with each batch of its pages
    before they are asked, to prefetch what their projections read.
    """

    def get_search_projection(self) -> Projection | None:
        """The page as the index sees it, or None when it is not to be found (an index page, a form)."""


@runtime_checkable
class PreparesProjections(Protocol):
    """A searchable class that prefetches for a whole batch."""

    @classmethod
    def prepare_search_projections(cls, pages: Sequence[Self]) -> None:
        """Load in a constant number of queries what `get_search_projection` reads of these pages."""
