from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField

from hub.core.files import open_to_all
from hub.core.models import HubDocument, mark_sendable, may_be_sent
from resources.archives import Archive
from resources.blocks import ChangeBlock, KitSectionBlock
from resources.branding.templates import marks_of
from resources.chosen import chosen_ids, raw_values
from resources.kit_archive import archive_of
from resources.kit_downloads import send_kit
from resources.kit_history import ShownVersion, history
from resources.kit_panels import KitStatePanel
from resources.models.base import ResourcePage, resource_tabs
from resources.models.document import DocumentPage
from search.documents import Section

if TYPE_CHECKING:
    from resources.models.kit_version import KitVersion


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
        KitStatePanel(heading=_("The zip")),
        FieldPanel("sections"),
        FieldPanel("version"),
        FieldPanel("licence"),
        FieldPanel("changes"),
    ]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("kit")

    @cached_property
    def kept_versions(self) -> list["KitVersion"]:
        """The versions whose zip is kept, the latest first."""
        shelf = getattr(self, "shelf", None)
        return shelf.kept() if shelf else []

    @cached_property
    def readable(self) -> dict[int, DocumentPage]:
        """The documents of the kit and of its versions that anybody may read now, by number."""
        wanted = chosen_ids(self.sections, "document")
        for version in self.kept_versions:
            wanted += version.page_ids
        return {page.pk: page for page in DocumentPage.readable(set(wanted))}

    @cached_property
    def open_files(self) -> set[int]:
        """The numbers of the files of those documents and versions that are kept from nobody."""
        pages = [page for page in self.readable.values() if page.file_id]
        packed = {member["file"] for v in self.kept_versions for member in v.members}
        mark_sendable(page.file for page in pages)
        found = {
            page.file_id for page in pages if not page.file_held_back and may_be_sent(page.file)
        }
        if others := packed - {page.file_id for page in pages}:
            found |= open_to_all(others)
        return found

    @cached_property
    def shown_sections(self) -> list[dict]:
        """The sections with the documents that anybody may read now, in order.

        A document that is withdrawn or made private leaves the list, and the next zip, at once.
        """
        return [
            {
                "title": section["title"],
                "intro": section.get("intro", ""),
                "items": [
                    {"page": self.readable[item["document"]], "how": item.get("how", "")}
                    for item in section["items"]
                    if item["document"] in self.readable
                ],
            }
            for section in raw_values(self.sections)
        ]

    @cached_property
    def archive(self) -> Archive:
        """The zip of the kit as it would be made now."""
        return archive_of(self)

    @cached_property
    def current_version(self) -> "KitVersion | None":
        """What the lasting address gives: the latest version, while all of it may be read."""
        latest = next(iter(self.kept_versions), None)
        return latest if latest and self.may_give(latest) else None

    def may_give(self, version: "KitVersion") -> bool:
        """Whether anybody may still read every file in the zip of a kept version."""
        return version.is_open(self.readable, self.open_files)

    @property
    def offered_files(self) -> list[HubDocument]:
        """The files of the documents that anybody may read now, in the order of the kit."""
        pages = [item["page"] for section in self.shown_sections for item in section["items"]]
        return [page.file for page in pages if page.file_id in self.open_files]

    @cached_property
    def takes_a_logo(self) -> bool:
        return any(marks_of(file).is_template for file in self.offered_files)

    @property
    def download_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('download')}"

    @cached_property
    def shown_versions(self) -> list[ShownVersion]:
        """Its versions, for people."""
        return history(self)

    @cached_property
    def newer_is_due(self) -> bool:
        """Whether the zip offered is not what the kit holds now: the next one is on its way."""
        current = self.current_version
        return bool(current and current.digest != self.archive.digest)

    @property
    def shown_licence(self) -> str:
        """Its own, or that of all its files."""
        return self.archive.licence

    @property
    def notice_url(self) -> str:
        """The form that asks to be told of the next version."""
        return reverse("kit_notice", args=[self.pk])

    def get_route_paths(self) -> list[str]:
        return ["/", "/telecharger/"]

    @path("telecharger/", name="download")
    def download(self, request: HttpRequest) -> HttpResponseBase:
        return send_kit(request, self)

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
