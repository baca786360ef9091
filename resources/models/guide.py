from typing import ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField

from resources.blocks import ChangeBlock, ChapterStream
from resources.cards import Card
from resources.chosen import chosen_ids, raw_values
from resources.models.base import ResourcePage, resource_tabs
from search.documents import Section


class GuidePage(RoutablePageMixin, ResourcePage):
    """A guide in chapters: a page each, and the whole on one page to print."""

    resource_type: ClassVar[str] = "guide"
    type_label = _("Guide")
    schema_type = "Guide"

    edition = models.CharField(_("edition"), max_length=40, blank=True)
    chapters = StreamField(ChapterStream(required=False), blank=True, verbose_name=_("chapters"))
    changes = StreamField([("change", ChangeBlock())], blank=True, verbose_name=_("change log"))

    content_panels = [
        *ResourcePage.content_panels,
        FieldPanel("chapters"),
        FieldPanel("edition"),
        FieldPanel("changes"),
    ]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("guide")

    def chapter_list(self) -> list[dict]:
        """The chapters in order: ``number`` (from 1), ``url`` and the raw ``value`` of each.

        Raw: a table of contents must not load what the chapters refer to.
        """
        return [
            {
                "number": number,
                "value": value,
                "url": f"{self.get_url()}{self.reverse_subpage('chapter', [value['slug']])}",
            }
            for number, value in enumerate(raw_values(self.chapters), start=1)
        ]

    def practices_of(self, index: int) -> list[Card]:
        """The cards of the practices of one chapter (``index`` from 0)."""
        ids = raw_values(self.chapters)[index].get("practices") or []
        return [self.linked_cards[pk] for pk in ids if pk in self.linked_cards]

    def linked_ids(self) -> dict[str, list[int]]:
        return super().linked_ids() | {"practices": chosen_ids(self.chapters, "practices")}

    def get_route_paths(self) -> list[str]:
        """The addresses that keep working when the guide moves."""
        slugs = [value["slug"] for value in raw_values(self.chapters)]
        return ["/", "/imprimer/", *(f"/chapitre/{slug}/" for slug in slugs)]

    @path("chapitre/<slug:slug>/", name="chapter")
    def chapter(self, request: HttpRequest, slug: str) -> HttpResponse:
        chapters = self.chapter_list()
        index = next((i for i, c in enumerate(chapters) if c["value"]["slug"] == slug), None)
        if index is None:
            raise Http404
        context = {
            "chapter": chapters[index],
            "body": self.chapters[index].value["body"],
            # Called by the template, once the frame has read every card of the page.
            "chapter_practices": lambda: self.practices_of(index),
            "chapters": chapters,
            "previous": chapters[index - 1] if index else None,
            "next": chapters[index + 1] if index + 1 < len(chapters) else None,
        }
        return self.render(
            request, context_overrides=context, template="resources/guide_chapter.html"
        )

    @path("imprimer/", name="whole")
    def whole(self, request: HttpRequest) -> HttpResponse:
        chapters = self.chapter_list()
        for chapter, block in zip(chapters, self.chapters, strict=True):
            chapter["body"] = block.value["body"]
        context = {"chapters": chapters}
        return self.render(
            request, context_overrides=context, template="resources/guide_print.html"
        )

    def search_sections(self) -> list[Section]:
        chapters = [
            Section(
                text=self.block_text(block),
                title=block.value["title"],
                anchor=f"chapitre/{block.value['slug']}/",
            )
            for block in self.chapters
        ]
        return [*super().search_sections(), *chapters]
