"""The zip of a selection: written once for a content, kept a day, swept.

Beside those of the kits, outside the database, each in a file named after the digest of what it
holds: two visitors with the same list get the same file, and one whose content changes gets another.
"""

import logging
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from hub.core import jobs
from hub.core.languages import current_language
from hub.core.serving import StoredBytes, send
from hub.core.upload_rules import MEGABYTE
from resources.archives import Archive, Link, Member, MemberError, plain_name, sweep
from resources.selection.chosen import Selection
from resources.selection.contents import Contents, share_path

logger = logging.getLogger(__name__)

KEPT_FOR: Final = timedelta(days=1)
MOST_KEPT: Final = 2048 * MEGABYTE  # of all the zips together


def folder() -> Path:
    return Path(settings.KITS_ROOT) / "selections"


def archive_of(selection: Selection, contents: Contents) -> Archive:
    """The zip of what can be had now; pages that give no file are named in what to read first."""
    members, links, seen = [], [], set()
    for row in contents.rows:
        new = [file for file in row.files if file.pk not in seen]
        seen |= {file.pk for file in new}
        url = whole(row.url)
        members += [_member(row.title, url, file, alone=len(row.files) == 1) for file in new]
        if row.is_there and not row.files:
            links.append(Link(row.title, url))
    return Archive(
        title=selection.title or _("My selection"),
        url=whole(share_path(selection)),
        members=tuple(members),
        language=current_language(),
        links=tuple(links),
    )


def _member(title: str, url: str, file: object, *, alone: bool) -> Member:
    """Several files of one page stand together under its title."""
    about: dict[str, str] = {
        "licence": getattr(file, "licence", ""), "credits": getattr(file, "credits", ""),
    }  # fmt: skip
    if alone:
        return Member("", title, "", file, url, **about)  # type: ignore[arg-type]
    return Member(title, str(getattr(file, "title", "")), "", file, url, **about)  # type: ignore[arg-type]


def whole(path: str) -> str:
    """The whole address: what leaves the site must lead back to it."""
    return path if "://" in path else f"{settings.BASE_URL}{path}"


def zip_response(
    request: HttpRequest, selection: Selection, contents: Contents
) -> HttpResponseBase:
    """Send the zip, or say what to do instead when the disk or a file refuses (503)."""
    archive = archive_of(selection, contents)
    target = folder() / f"{archive.digest}.zip"
    try:
        if target.exists():
            os.utime(target)  # asked for again: kept a day more
        else:
            make_room(archive.size)
            archive.write(target)
        size = target.stat().st_size
    except (OSError, MemberError) as error:
        logger.warning("a selection cannot be packed: %s", type(error).__name__)
        context = {"contents": contents}
        return render(request, "resources/selection_unavailable.html", context, status=503)
    return send(
        request,
        StoredBytes(
            open=lambda: target.open("rb"),
            size=size,
            tag=archive.digest,
            content_type="application/zip",
            name=f"{plain_name(selection.title or _('My selection'))}.zip",
        ),
    )


def make_room(wanted: int = 0) -> None:
    """Remove what nobody asked for in a day, then the oldest until all fit; one under way goes on."""
    folder().mkdir(parents=True, exist_ok=True)
    sweep(folder())
    kept = sorted(folder().glob("*.zip"), key=lambda path: path.stat().st_mtime)
    total = sum(path.stat().st_size for path in kept)
    limit = time.time() - KEPT_FOR.total_seconds()
    for path in kept:
        if path.stat().st_mtime < limit or total + wanted > MOST_KEPT:
            total -= path.stat().st_size
            path.unlink(missing_ok=True)


def register() -> None:
    """Called when the app is ready."""
    jobs.register(jobs.Job("selections", timedelta(hours=1), make_room))
