from typing import ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField

from hub.core.models import HubDocument, mark_sendable
from resources.blocks import ChangeBlock, KitSectionBlock
from resources.branding.templates import marks_of
from resources.chosen import chosen_ids, raw_values
from resources.kits import KitArchive, KitMember, archive_response
from resources.models.base import ResourcePage, resource_tabs
from resources.models.document import DocumentPage
from search.documents import Section


class KitPage(RoutablePageMixin, ResourcePage):
    """An ordered list of documents of the library, downloaded as one zip from one address."""

    resource_type: ClassVar[str] = "kit"
    type_label = _("Kit")
    schema_type = "Collection"
    carries_files = True

    version = models.CharField(_("version"), max_length=40, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    sections = StreamField(
        [("section", KitSectionBlock())], blank=True, verbose_name=_("what is inside")
    )
    changes = StreamField([("change", ChangeBlock())], blank=True, verbose_name=_("change log"))

    content_panels = [
        *ResourcePage.content_panels,
        FieldPanel("sections"),
        FieldPanel("version"),
        FieldPanel("licence"),
        FieldPanel("changes"),
    ]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("kit")

    @cached_property
    def shown_sections(self) -> list[dict]:
        """The sections with the documents that anybody may read now, in order.

        A document that is withdrawn or made private leaves the list, and the zip, at once.
        """
        wanted = chosen_ids(self.sections, "document")
        readable = {page.pk: page for page in DocumentPage.readable(wanted)}
        return [
            {
                "title": section["title"],
                "intro": section.get("intro", ""),
                "items": [
                    {"page": readable[item["document"]], "how": item.get("how", "")}
                    for item in section["items"]
                    if item["document"] in readable
                ],
            }
            for section in raw_values(self.sections)
        ]

    @cached_property
    def archive(self) -> KitArchive:
        """The zip of the kit as it stands now."""
        held = [item["page"] for section in self.shown_sections for item in section["items"]]
        mark_sendable(page.file for page in held if page.file)
        members = [
            KitMember(
                section=section["title"],
                title=item["page"].title,
                how=item["how"],
                document=item["page"].sendable_file,
                page_url=item["page"].get_full_url() or item["page"].get_url(),
            )
            for section in self.shown_sections
            for item in section["items"]
            if item["page"].sendable_file
        ]
        return KitArchive(
            name=self.slug,
            title=self.title,
            version=self.version,
            licence=self.licence,
            url=self.get_full_url() or "",
            members=tuple(members),
        )

    @property
    def offered_files(self) -> list[HubDocument]:
        """The files of the documents that anybody may read now, in the order of the kit."""
        pages = [item["page"] for section in self.shown_sections for item in section["items"]]
        return [page.sendable_file for page in pages if page.sendable_file]

    @cached_property
    def takes_a_logo(self) -> bool:
        return any(marks_of(file).is_template for file in self.offered_files)

    @property
    def download_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('download')}"

    def get_route_paths(self) -> list[str]:
        return ["/", "/telecharger/"]

    @path("telecharger/", name="download")
    def download(self, request: HttpRequest) -> HttpResponseBase:
        if not self.archive.members:
            raise Http404
        return archive_response(request, self.archive)

    def search_sections(self) -> list[Section]:
        """One section a document, so that a result says which one it is."""
        inside = []
        for section in self.shown_sections:
            inside.append(Section(f"{section['title']}\n{section['intro']}"))
            for item in section["items"]:
                title, anchor = item["page"].title, f"#document-{item['page'].pk}"
                inside.append(Section(f"{title}\n{item['how']}", title, anchor))
        return [*super().search_sections(), *inside]

    def search_format(self) -> str:
        return "zip"

    def search_size(self) -> int | None:
        return self.archive.size if self.archive.members else None
