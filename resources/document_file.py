"""What the page of a document says of its file: versions, accessible version, first page."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import Http404

from hub.core.files import NUMBER
from hub.core.models import DocumentVersion, HubDocument, first_page_of

if TYPE_CHECKING:
    from resources.cards import Card
    from resources.models import DocumentPage


@dataclass(frozen=True)
class Access:
    """Whether everybody can read the file, and what stands in for it.

    ``needed``: a PDF that a program found without tags, or made of pictures only. Files that were
    not read yet are not judged.
    """

    needed: bool = False
    scanned: bool = False
    twins: list["Card"] = field(default_factory=list)
    other_file: HubDocument | None = None
    own_text: bool = False

    @property
    def has_alternative(self) -> bool:
        return bool(self.twins or self.other_file or self.own_text)


def file_context(page: "DocumentPage", asked: str | None, twins: list["Card"]) -> dict[str, Any]:
    """What the template reads of the file; one query when it has been replaced, otherwise none.

    Http404 for a version that is not one.
    """
    if page.file is None:
        if asked is not None:
            raise Http404
        return {}
    replaced = page.file.newest_version > 1 or asked is not None
    versions = list(page.file.versions.all()) if replaced else []
    for version in versions:
        version.document = page.file
    shown = _asked_version(versions, asked)
    newest = versions[0] if versions else None
    return {
        "versions": versions if len(versions) > 1 else [],
        "newest_version": newest,
        "older_version": shown if shown and newest and shown.number < newest.number else None,
        "shown_file": shown or page.file,
        "first_page": None if shown else first_page_of(page.file),
        "file_access": _access(page, twins),
    }


def _asked_version(versions: list[DocumentVersion], asked: str | None) -> DocumentVersion | None:
    if asked is None:
        return None
    for version in versions:
        if NUMBER.fullmatch(asked) and version.number == int(asked):
            return version
    raise Http404


def _access(page: "DocumentPage", twins: list["Card"]) -> Access:
    file = page.file
    if file.format != "pdf":
        return Access()
    reading = getattr(file, "reading", None)
    if reading is None or reading.file_hash != file.file_hash:
        return Access()
    if reading.tagged and not reading.image_only:
        return Access()
    return Access(
        needed=True,
        scanned=reading.image_only,
        twins=twins,
        other_file=page.alternative_file,
        own_text=page.text_is_alternative,
    )
