"""The terms of the glossary as they stand, written as the lines of the sheet (`resources.terms.sheet`).

A constant number of queries for any number of terms; two more for a term with unpublished changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any

from wagtail.models import Page

from hub.core.text import folded
from resources.chosen import raw_values
from resources.models import GlossaryTermPage, LegalRecord, RelatedResource, ResourcePage, Theme
from resources.models.glossary import records_by_page
from resources.terms.texts import text_of
from resources.vocabulary import Step


@dataclass(slots=True)
class Links:
    """What stands beside the row of each page, by its id."""

    themes: dict[int, list[str]] = field(default_factory=dict)
    legal: dict[int, list[LegalRecord]] = field(default_factory=dict)
    related: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, page_ids: Iterable[int]) -> Links:
        """Four queries."""
        ids = list(page_ids)
        found = cls(legal=records_by_page(ids))
        themes = ResourcePage.themes.through.objects.filter(resourcepage_id__in=ids)
        for page_id, slug in themes.values_list("resourcepage_id", "theme__slug"):
            found.themes.setdefault(page_id, []).append(slug)
        related = RelatedResource.objects.filter(page_id__in=ids).order_by("sort_order", "pk")
        for page_id, other in related.values_list("page_id", "resource_id"):
            found.related.setdefault(page_id, []).append(other)
        return found


class Terms:
    """Some terms of one language with all that their lines say."""

    def __init__(self, pages: Iterable[GlossaryTermPage]) -> None:
        self.pages = sorted(pages, key=lambda page: (folded(page.title), page.pk))
        self.links = Links.of(page.pk for page in self.pages)

    @cached_property
    def slugs(self) -> dict[int, str]:
        """The slug of every term of the site: what a line calls another term by. One query."""
        return dict(GlossaryTermPage.objects.values_list("pk", "slug"))

    def cells(self, page: GlossaryTermPage) -> dict[str, str]:
        """The line of a term. A page made of a draft revision says what the draft says."""
        draft = getattr(page, "of_draft", False)
        themes = (
            [t.slug for t in page.themes.all()] if draft else self.links.themes.get(page.pk, [])
        )
        legal = list(page.legal_records.all()) if draft else self.legal(page)
        confusions = [
            f"{self.slugs[value['term']]}: {' '.join(str(value['difference']).split())}"
            for value in raw_values(page.not_to_confuse)
            if value["term"] in self.slugs
        ]
        return {
            "slug": page.slug,
            "term": page.title,
            "plain": page.plain_definition,
            "full": text_of(page.body.raw_data),
            "variants": "|".join(page.variant_list),
            "acronym": page.acronym,
            "not_to_confuse": "|".join(confusions),
            "related": "|".join(self.slugs[pk] for pk in self.related(page) if pk in self.slugs),
            "source": page.source,
            "source_checked": page.source_checked_on.isoformat() if page.source_checked_on else "",
            "themes": "|".join(sorted(themes)),
            "steps": "|".join(sorted(page.steps or [], key=Step.values.index)),
            "legal": "|".join(sorted(record.key for record in legal)),
            "ambiguous": "yes" if page.ambiguous else "",
        }

    def legal(self, page: GlossaryTermPage) -> list[LegalRecord]:
        """The legal values that a term quotes, as published."""
        return self.links.legal.get(page.pk, [])

    def related(self, page: GlossaryTermPage) -> list[int]:
        """The resources that a term sends to, in order."""
        if getattr(page, "of_draft", False):
            return [link.resource_id for link in page.related_resources.all()]
        return self.links.related.get(page.pk, [])

    def __iter__(self) -> Iterator[tuple[GlossaryTermPage, dict[str, str]]]:
        for page in self.pages:
            yield page, self.cells(page)


def in_hand(place: Page) -> Terms:
    """Every term below `place` as its editors last left it: drafts and unpublished changes too."""
    pages = GlossaryTermPage.objects.child_of(place).select_related("locale", "latest_revision")
    return Terms(_latest(page) for page in pages)


def _latest(page: GlossaryTermPage) -> GlossaryTermPage:
    if not (page.has_unpublished_changes and page.latest_revision_id):
        return page
    draft: Any = page.get_latest_revision_as_object()
    draft.of_draft = True
    return draft  # type: ignore[no-any-return]


def token_of(page: GlossaryTermPage, cells: dict[str, str]) -> str:
    """What changes as soon as anybody saves, publishes, withdraws or locks the term."""
    state = [page.latest_revision_id, page.live, page.locked, *sorted(cells.items())]
    return blake2b(repr(state).encode(), digest_size=12).hexdigest()


def known_names() -> dict[str, set[str]]:
    """What the cells of each column may name, terms aside. Two queries."""
    return {
        "themes": set(Theme.objects.values_list("slug", flat=True)),
        "steps": set(Step.values),
        "legal": set(LegalRecord.objects.values_list("key", flat=True)),
    }
