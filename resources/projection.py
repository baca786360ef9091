"""What a resource says of itself to the search, the facets and the cards."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.blocks import StreamValue
from wagtail.rich_text import get_text_for_indexing

from hub.core.first_pages import CARD
from hub.core.models import first_page_of, mark_sendable
from resources.taxonomy_rows import labels_by_page
from search.documents import Projection, Section

FOLLOWED = ("organisation", "locale", "cover", "file", "file__reading", "file__first_page")


class ResourceProjection:
    """Makes a page ``Searchable``. Types add their own words by extending the small methods."""

    resource_type: ClassVar[str]

    @classmethod
    def prepare_search_projections(cls, pages: Sequence[Self]) -> None:
        """Read what the projections of a whole batch need in a constant number of queries."""
        names = {field.name for field in cls._meta.get_fields()}
        prefetch_related_objects(
            pages, *(name for name in FOLLOWED if name.partition("__")[0] in names)
        )
        mark_sendable(page.file for page in pages if getattr(page, "file", None))
        found = labels_by_page([page.pk for page in pages])
        for page in pages:
            page._taxonomy = found[page.pk]

    def get_search_projection(self) -> Projection:
        """The words that the site adds to those of the page are in the language of the page."""
        with override(self.locale.language_code):
            return self._projection()

    def _projection(self) -> Projection:
        return Projection(
            type=self.resource_type,
            title=self.title,
            language=self.content_language,
            summary=self.summary,
            sections=tuple(
                Section(part.text, str(part.title), part.anchor)
                for part in self.search_sections()
                if part.text.strip()
            ),
            names=tuple(name for name in self.search_names() if name),
            extra_terms=tuple(term for term in self.search_terms() if term),
            facets=self.search_facets(),
            year=self.year,
            is_made_up=getattr(self, "is_example", False),
            external_id=self.external_id,
            access=self.access,
            card=self.search_card(),
        )

    # -- Words ---------------------------------------------------------------------------------
    def search_sections(self) -> list[Section]:
        """The readable text of the page, in the order of the page."""
        return [Section(self.stream_text("body"))]

    def search_names(self) -> list[str]:
        """Other names of what the page is about, each of them enough to ask for it."""
        return []

    def search_terms(self) -> list[str]:
        """Labels and codes by which the page is found, besides its title and names."""
        organisation = self.shown_organisation
        labels = [label["fr"] for name in ("themes", "audiences") for label in self._labels(name)]
        return [*labels, *([organisation.name] if organisation else [])]

    def stream_text(self, name: str) -> str:
        """The words of a stream field, without markup."""
        return "\n".join(self.block_text(block) for block in getattr(self, name))

    @staticmethod
    def block_text(block: StreamValue.StreamChild) -> str:
        """The words of one block: each block says which of its parts are words."""
        return "\n".join(map(str, block.block.get_searchable_content(block.value)))

    def rich_text(self, name: str) -> str:
        return get_text_for_indexing(getattr(self, name))

    # -- Facets and card -----------------------------------------------------------------------
    @property
    def shown_organisation(self) -> Any:
        """The organisation a reader may be told of: one that does not refuse to be named."""
        organisation = self.organisation
        return organisation if organisation and organisation.may_be_named else None

    def search_file(self) -> Any:
        """The file that the resource is about, if it is."""
        return None

    def search_format(self) -> str:
        file = self.search_file()
        return file.format if file else "page"

    def search_facets(self) -> dict[str, tuple[str, ...]]:
        organisation = self.shown_organisation
        return {
            "step": tuple(self.steps or ()),
            "theme": tuple(label["slug"] for label in self._labels("themes")),
            "audience": tuple(label["slug"] for label in self._labels("audiences")),
            "organisation": (organisation.slug,) if organisation else (),
            "format": (self.search_format(),),
            "use": tuple(self.uses or ()),
        }

    def search_size(self) -> int | None:
        """The size of the file in bytes, if there is one."""
        file = self.search_file()
        return file.get_file_size() if file else None

    def search_card(self) -> dict[str, Any]:
        """What a card shows and the index does not hold; see ``resources.cards.Card``."""
        file = self.search_file()
        organisation = self.shown_organisation
        return {
            "themes": self._labels("themes"),
            "audiences": self._labels("audiences"),
            "organisation": organisation.name if organisation else "",
            "format": self.search_format(),
            "file_size": self.search_size(),
            "page_count": file.page_count if file else None,
            "duration": getattr(self, "duration", None),
            "cover": self._cover(),
            "is_example": getattr(self, "is_example", False),
        }

    def _cover(self) -> dict[str, Any] | None:
        if not self.cover:
            return self._first_page()
        rendition = self.cover.get_rendition("fill-640x360|format-webp")
        return {
            "url": rendition.url,
            "width": rendition.width,
            "height": rendition.height,
            "alt": self.cover.description or _("Cover picture"),
        }

    def _first_page(self) -> dict[str, Any] | None:
        """A page without a cover picture shows the first page of its file, once it is drawn."""
        picture = first_page_of(self.search_file())
        if picture is None:
            return None
        width, height = CARD
        size = {"width": width, "height": height}
        return {"url": picture.card_url, "alt": picture.alt, "is_page": True, **size}

    def _labels(self, name: str) -> list[dict[str, str]]:
        if not hasattr(self, "_taxonomy"):
            return [
                {"slug": row.slug, "fr": row.label_fr, "en": row.label_en}
                for row in getattr(self, name).all()
            ]
        return self._taxonomy[name]
