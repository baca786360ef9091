from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from hub.core.files import held_back
from hub.core.models import ReadPage, pages_read
from hub.core.visibility import visible
from resources.models.base import ResourcePage, resource_tabs
from resources.vocabulary import DocumentKind
from search.documents import Section


class DocumentPage(ResourcePage):
    """A file of the library with its page: what it is, how to use it, its words as a page."""

    resource_type: ClassVar[str] = "document"
    type_label = _("Document")
    schema_type = "DigitalDocument"

    kind = models.CharField(
        _("kind"), max_length=14, choices=DocumentKind.choices, default=DocumentKind.BOOKLET
    )
    file = models.ForeignKey(
        "core.HubDocument",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
        help_text=_("To put a newer file, replace it in the file itself: its address stays."),
    )

    content_panels = [
        *ResourcePage.content_panels[:2],
        FieldRowPanel([FieldPanel("kind"), FieldPanel("file")]),
        *ResourcePage.content_panels[2:],
    ]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("document")

    @classmethod
    def readable(cls, ids: Iterable[int]) -> models.QuerySet["DocumentPage"]:
        """The documents among ``ids`` that anybody may read, with their file.

        Its collection may keep the file itself from them: ``file_held_back`` says so.
        """
        wanted = list(ids)
        if not wanted:
            return cls.objects.none()
        pages = visible(cls.objects.filter(pk__in=wanted)).select_related("file", "locale")
        return pages.annotate(file_held_back=held_back("file__collection__path"))

    def search_file(self) -> object | None:
        return self.file

    def search_sections(self) -> list[Section]:
        """The page’s own words, then those of its file, each with the place where it stands there."""
        with translation.override(self.content_language):
            places = [
                Section(page.text, title=_place(page), anchor=FILE_ANCHOR)
                for page in pages_read(self.file)
            ]
        return [*super().search_sections(), *places]

    def search_terms(self) -> list[str]:
        return [*super().search_terms(), str(self.get_kind_display())]


FILE_ANCHOR = "#file"


def _place(page: ReadPage) -> str:
    """Where words stand in a file, as readers say it."""
    if page.label == "page":
        return gettext("p. %(number)s") % {"number": page.number}
    if page.label == "slide":
        return gettext("slide %(number)s") % {"number": page.number}
    if page.label == "sheet":
        return gettext("sheet “%(name)s”") % {"name": page.title}
    return page.title or gettext("in the file")
