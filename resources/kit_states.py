"""Says how far the zip of a kit is, from the task that waits for it: to readers and to editors."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hub.core import outbox
from hub.core.models import OutboxItem

KIND = "kit"
# How the error of a task begins.
NO_ROOM, REFUSED, MEMBER = "no-room", "disk", "member"
LABELS = {
    "waiting": _lazy("waiting for its turn"),
    "building": _lazy("being packed"),
    "failed": _lazy("could not be packed"),
    "built": _lazy("packed"),
}
REASONS = {
    NO_ROOM: _lazy(
        "The disk of the site is full. Once space is free, the kit is packed by itself."
    ),
    REFUSED: _lazy(
        "The disk of the site refuses the zip. The kit is packed by itself once it accepts it."
    ),
    MEMBER: _lazy(
        "The file of “%(title)s” is missing or damaged: upload it again, the kit follows by itself."
    ),
}


@dataclass(frozen=True)
class BuildState:
    """``name`` is one of LABELS; ``error`` is what the task says when it failed."""

    name: str
    error: str = ""

    @property
    def label(self) -> str:
        return str(LABELS[self.name])

    @property
    def reason(self) -> str:
        """What happened and what to do, in the active language."""
        if self.name != "failed":
            return ""
        code, _colon, detail = self.error.partition(": ")
        known = REASONS.get(code)
        if known is None:
            return _(
                "Something unexpected happened: an administrator finds it in “Tasks in waiting”."
            )
        return str(known) % {"title": detail}


def states_of(kit_ids: list[int]) -> dict[int, BuildState]:
    """The state of each kit. One query."""
    keys = [str(pk) for pk in kit_ids]
    tasks = {int(task.key): task for task in outbox.waiting(KIND).filter(key__in=keys)}
    return {pk: _state(tasks.get(pk)) for pk in kit_ids}


def _state(task: OutboxItem | None) -> BuildState:
    if task is None:
        return BuildState("built")
    if task.given_up_at or task.error:
        return BuildState("failed", task.error)
    if task.leased_until and task.leased_until > timezone.now():
        return BuildState("building")
    return BuildState("waiting")
