"""Makes the zips of kits in the background: a new version when something in a kit changes.

A change asks for it in its own transaction; the worker compares, and the version exists once its
zip stands whole on the disk. Until then the one before is served.
"""

import errno
import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import time

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core import outbox
from hub.core.jobs import Job
from hub.core.jobs import register as register_job
from hub.core.models import OutboxItem
from hub.core.visibility import visible
from resources import archives
from resources.archives import Archive, MemberError
from resources.kit_archive import members_of
from resources.kit_states import KIND, MEMBER, NO_ROOM, REFUSED
from resources.models import KitPage, KitVersion
from resources.models.kit_version import changes_between, facts_of

logger = logging.getLogger(__name__)
AGAIN = "again"  # in a task: write the zip even if it is there
TURN = timedelta(seconds=10)
CHECK = timedelta(minutes=30)
ORPHAN_AFTER = timedelta(hours=1)
FULL = (errno.ENOSPC, errno.EDQUOT)

# Sent, in the transaction that makes it known, with a new `version`.
version_made = Signal()


def ask_for(kit_ids: Iterable[int], *, again: bool = False) -> None:
    """Have these kits compared with their last version, in the caller's transaction."""
    outbox.ask(KIND, {str(pk): {AGAIN: True} if again else {} for pk in kit_ids})


def build(items: Sequence[OutboxItem]) -> outbox.Failures:
    """Bring the kits of these tasks up to date. A disk that is full or away is waited for."""
    failures = {}
    for item in items:
        kit = visible(KitPage.objects.filter(pk=int(item.key))).first()
        if kit is None:
            continue
        try:
            bring_up_to_date(kit, again=bool(item.payload.get(AGAIN)))
        except MemberError as error:
            failures[item.pk] = outbox.Failure(f"{MEMBER}: {error.title}")
        except OSError as error:
            logger.exception("the zip of a kit could not be written")
            reason = NO_ROOM if error.errno in FULL else REFUSED
            raise outbox.NotNowError(f"{reason}: {error.strerror}") from error
    return failures


def bring_up_to_date(kit: KitPage, *, again: bool = False) -> KitVersion | None:
    """Make a new version if the content of the kit is not that of the last one; return it.

    A zip that is lost, or asked for again, is written again under its number and its date: the
    same bytes. Raises what writing an archive raises.
    """
    if not kit.archive.members:
        return None
    latest = kit.versions.order_by("-number").first()
    if latest and latest.digest == kit.archive.digest:
        if again or not latest.path.exists():
            _write(latest, kit.archive)
            latest.save()
        return None
    version = _next(kit, latest)
    _write(version, kit.archive)
    with transaction.atomic():
        version.save(force_insert=True)
        version_made.send(KitVersion, version=version)
    forget_old_zips(kit)
    return version


def _next(kit: KitPage, latest: KitVersion | None) -> KitVersion:
    """The version that comes after ``latest``, not written yet."""
    version = KitVersion(
        kit=kit,
        number=latest.number + 1 if latest else 1,
        label=kit.version,
        made_on=timezone.localdate(),
        digest=kit.archive.digest,
        members=members_of(kit),
    )
    version.facts = facts_of(kit.version, kit.archive.licence, version.members)
    if latest:
        version.changes = changes_between(latest.members, version.members)
    return version


def _write(version: KitVersion, archive: Archive) -> None:
    written = replace(archive, number=version.number, date=version.made_on).write(version.path)
    version.size, version.sha256, version.kept = written.size, written.sha256, True


def forget_old_zips(kit: KitPage) -> None:
    """Keep the last zips of a kit; a download under way is not cut."""
    kept = kit.versions.filter(kept=True).order_by("-number")
    for version in kept[settings.KITS_KEPT :]:
        version.kept = False
        version.save(update_fields=["kept"])
        version.path.unlink(missing_ok=True)


def sweep() -> int:
    """Remove what no version knows and nobody is writing any more; return how many files."""
    root = Path(settings.KITS_ROOT)
    known = {version.path.name for version in _standing_versions()}
    limit = time() - ORPHAN_AFTER.total_seconds()
    lost = [p for p in root.glob("*.zip") if p.name not in known and p.stat().st_mtime < limit]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost) + archives.sweep(root, ORPHAN_AFTER)


def _standing_versions() -> list[KitVersion]:
    """The versions that are kept, without the old ones whose zip is lost: it cannot be made again."""
    standing, latest = [], set()
    for version in KitVersion.objects.filter(kept=True).order_by("-number"):
        if version.kit_id in latest and not version.path.exists():
            version.kept = False
            version.save(update_fields=["kept"])
        else:
            standing.append(version)
        latest.add(version.kit_id)
    return standing


def check_all() -> None:
    """What no signal told: a page past its end, a zip lost from the disk, a new layout."""
    asked = set(outbox.waiting(KIND).values_list("key", flat=True))
    for kit in visible(KitPage.objects.all()):
        if str(kit.pk) in asked or not kit.archive.members:
            continue
        latest = kit.versions.order_by("-number").first()
        if not latest or latest.digest != kit.archive.digest or not latest.path.exists():
            ask_for([kit.pk])
    sweep()


def register() -> None:
    """Called when the app is ready."""
    outbox.register(outbox.Handler(KIND, build, aside=True, label=_("kits to pack")))
    register_job(Job("kits_check", CHECK, check_all))
    register_job(Job("kits", TURN, lambda: outbox.drain([KIND]), aside=True))
