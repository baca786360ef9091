from typing import ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField

from resources.blocks import ChangeBlock, ChapterStream
from resources.cards import Card
from resources.chosen import chosen_ids, raw_values
from resources.guide_pdf.panel import GuidePdfPanel
from resources.guide_pdf.serving import send_pdf
from resources.kept import kept_query
from resources.models.base import ResourcePage, resource_tabs
from resources.models.guide_pdf import GuidePdf
from resources.reading_time import count_words, minutes
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
        GuidePdfPanel(heading=_("PDF of the whole guide")),
    ]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("guide")

    def chapter_list(self) -> list[dict]:
        """The chapters in order: ``number`` (from 1), ``url``, the raw ``value`` of each, and the
        whole ``minutes`` it takes to read.

        Raw: a table of contents must not load what the chapters refer to.
        """
        return [
            {
                "number": number,
                "value": value,
                "minutes": minutes(count_words(value)),
                "url": f"{self.get_url()}{self.reverse_subpage('chapter', [value['slug']])}",
            }
            for number, value in enumerate(raw_values(self.chapters), start=1)
        ]

    @property
    def reading_minutes(self) -> int:
        """The time that the whole guide takes."""
        texts = [*self.body.raw_data, *self.chapters.raw_data]
        return minutes(count_words([block["value"] for block in texts]))

    @cached_property
    def made_pdf(self) -> GuidePdf | None:
        """The PDF that readers get, once there is one. One query."""
        row = GuidePdf.objects.filter(guide_id=self.pk).first()
        return row if row and row.is_there else None

    @property
    def whole_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('whole')}"

    @property
    def pdf_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('pdf')}"

    def practices_of(self, index: int) -> list[Card]:
        """The cards of the practices of one chapter (``index`` from 0)."""
        ids = raw_values(self.chapters)[index].get("practices") or []
        return [self.linked_cards[pk] for pk in ids if pk in self.linked_cards]

    def linked_ids(self) -> dict[str, list[int]]:
        return super().linked_ids() | {"practices": chosen_ids(self.chapters, "practices")}

    def get_route_paths(self) -> list[str]:
        """The addresses that keep working when the guide moves."""
        slugs = [value["slug"] for value in raw_values(self.chapters)]
        return ["/", "/imprimer/", "/pdf/", *(f"/chapitre/{slug}/" for slug in slugs)]

    @path("chapitre/<slug:slug>/", name="chapter")
    def chapter(self, request: HttpRequest, slug: str) -> HttpResponse:
        chapters = self.chapter_list()
        index = next((i for i, c in enumerate(chapters) if c["value"]["slug"] == slug), None)
        if index is None:
            raise Http404
        context = {
            "chapter": chapters[index],
            "body": self.chapters[index].value["body"],
            "sections": _headings(chapters[index]["value"]["body"]),
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
        context = {"chapters": chapters, "whole": True, "legal_form": ""}
        return self.render(
            request, context_overrides=context, template="resources/guide_print.html"
        )

    @path("pdf/", name="pdf")
    def pdf_file(self, request: HttpRequest) -> HttpResponseBase:
        return send_pdf(request, self)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {"kept": kept_query(request)}

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


def _headings(body: list[dict]) -> list[dict[str, str]]:
    """The sections of a raw chapter, with their anchors."""
    titles = [block["value"] for block in body if block["type"] == "heading"]
    return [{"title": title, "anchor": slugify(title)} for title in titles]
