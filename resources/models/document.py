from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from hub.core.files import held_back
from hub.core.models import HubDocument, may_be_sent
from hub.core.visibility import visible
from resources.branding.panel import MarksPanel
from resources.branding.templates import marks_of
from resources.file_text import FileText
from resources.models.base import ResourcePage, resource_tabs
from resources.vocabulary import DocumentKind
from search.documents import Section


class DocumentPage(FileText, ResourcePage):
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
        MarksPanel(heading=_("In your colours")),
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

    @property
    def sendable_file(self) -> HubDocument | None:
        """The file, unless it still waits for the virus scanner."""
        return self.file if self.file and may_be_sent(self.file) else None

    @property
    def offered_files(self) -> list[HubDocument]:
        """The files that the page gives to whoever may read it."""
        return [self.sendable_file] if self.sendable_file else []

    @cached_property
    def takes_a_logo(self) -> bool:
        return any(marks_of(file).is_template for file in self.offered_files)

    def search_file(self) -> object | None:
        return self.file

    def search_sections(self) -> list[Section]:
        """The page’s own words, then those of its file, each with the place where it stands there."""
        return [*super().search_sections(), *self.file_sections(self.content_language)]

    def search_terms(self) -> list[str]:
        return [*super().search_terms(), str(self.get_kind_display())]
