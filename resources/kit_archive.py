"""What goes into the zip of a kit: the documents that anybody may read now, in the kit's order."""

from typing import TYPE_CHECKING, Any

from resources.archives import Archive, Member

if TYPE_CHECKING:
    from resources.models import DocumentPage, KitPage


def packed(kit: "KitPage") -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each section and item whose file goes into the zip, in order."""
    return [
        (section, item)
        for section in kit.shown_sections
        for item in section["items"]
        if item["page"].file_id in kit.open_files
    ]


def archive_of(kit: "KitPage") -> Archive:
    """The kit as it would be packed now, without a number nor a date."""
    members = tuple(_member(section, item) for section, item in packed(kit))
    shared = {member.licence for member in members}
    return Archive(
        title=kit.title,
        url=kit.get_full_url() or "",
        members=members,
        version=kit.version,
        # Without a licence of its own, a kit has that of its files, when all have the same.
        licence=kit.licence or (shared.pop() if len(shared) == 1 else ""),
        language=kit.locale.language_code,
    )


def _member(section: dict[str, Any], item: dict[str, Any]) -> Member:
    page: DocumentPage = item["page"]
    return Member(
        section=section["title"],
        title=page.title,
        how=item["how"],
        document=page.file,
        page_url=page.get_full_url() or page.get_url() or "",
        licence=page.file.licence,
        credits=page.file.credits,
    )


def members_of(kit: "KitPage") -> list[dict[str, Any]]:
    """What a version remembers of its files."""
    pages = [item["page"] for _section, item in packed(kit)]
    return [
        {"page": page.pk, "file": page.file_id, "hash": page.file.get_file_hash()} for page in pages
    ]
