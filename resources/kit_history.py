"""What a kit page says of its versions: only titles that anybody may read today."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from resources.models import KitPage, KitVersion


@dataclass(frozen=True)
class ShownVersion:
    """One version as readers see it: ``lines`` say what changed, ``url`` is empty when blocked."""

    version: "KitVersion"
    lines: list[str]
    url: str


def history(kit: "KitPage") -> list[ShownVersion]:
    """The versions that are kept, the latest first."""
    return [
        ShownVersion(
            version,
            lines_about(version, {pk: page.title for pk, page in kit.readable.items()}),
            f"{kit.download_url}?v={version.number}" if kit.may_give(version) else "",
        )
        for version in kit.kept_versions
    ]


def lines_about(version: "KitVersion", titles: dict[int, str]) -> list[str]:
    """What changed, a sentence each, in the active language. Files without a title are counted."""
    if version.number == 1:
        return [_("First version.")]
    said = []
    for name, start in (
        ("added", _("Added:")),
        ("replaced", _("Replaced:")),
        ("removed", _("Removed:")),
    ):
        pages = version.changes.get(name, [])
        if pages:
            said.append(f"{start} {_named(pages, titles)}.")
    return said or [_("Only its texts changed, or their order.")]


def _named(pages: Iterable[int], titles: dict[int, str]) -> str:
    named = [_("“%(title)s”") % {"title": titles[pk]} for pk in pages if pk in titles]
    others = sum(pk not in titles for pk in pages)
    if others:
        counted = ngettext("%(count)s withdrawn file", "%(count)s withdrawn files", others)
        named.append(counted % {"count": others})
    return ", ".join(named)
