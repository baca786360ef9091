"""Remembers what the loader wrote, so that what an editor changed since is left alone."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from home.models import LoadedItem


@dataclass
class Ledger:
    """Decides, item by item, whether to write, and counts what was done."""

    items: dict[str, LoadedItem] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)

    @classmethod
    def open(cls) -> "Ledger":
        return cls({item.key: item for item in LoadedItem.objects.all()})

    def known(self, key: str) -> str | None:
        """The id of what was written under ``key``, if it ever was."""
        item = self.items.get(key)
        return item.object_id if item else None

    def write(
        self,
        key: str,
        source_digest: str,
        current: Callable[[str], str | None],
        save: Callable[[], tuple[Any, str]],
    ) -> None:
        """Call ``save`` unless it has nothing to do or would undo an editor's work.

        ``current`` says the state of the object of this id, or None when an editor removed it;
        ``save`` writes and returns the object's id and its state afterwards.
        """
        item = self.items.get(key)
        if item is None:
            object_id, state = save()
            self.items[key] = LoadedItem.objects.create(
                key=key, source_digest=source_digest, result_digest=state, object_id=str(object_id)
            )
            self.counts["created"] += 1
        elif item.source_digest == source_digest:
            self.counts["unchanged"] += 1
        elif current(item.object_id) != item.result_digest:
            self.counts["kept"] += 1
            self.kept.append(key)
        else:
            object_id, state = save()
            item.source_digest, item.result_digest = source_digest, state
            item.object_id = str(object_id)
            item.save()
            self.counts["changed"] += 1
