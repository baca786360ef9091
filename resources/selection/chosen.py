"""The list itself: what it holds, how it is written in a cookie and in an address. Pure.

An item is the number of a page of the library (``12``) or of a file (``f7``). Whatever cannot be
read is left out: cookies and addresses come from anywhere.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, unquote

MOST_ITEMS: Final = 30
LONGEST_TITLE: Final = 80
LONGEST_NOTE: Final = 300
LONGEST_TEXT: Final = 3500  # of a cookie: browsers take 4096 octets with its name and attributes
_ITEM: Final = re.compile(r"f?[1-9]\d{0,8}")


@dataclass(frozen=True)
class Selection:
    """``items`` in order, each once; ``note`` is for oneself and never shared."""

    items: tuple[str, ...] = ()
    title: str = ""
    note: str = ""

    def __contains__(self, item: str) -> bool:
        return item in self.items

    def __len__(self) -> int:
        return len(self.items)

    @property
    def is_full(self) -> bool:
        return len(self.items) >= MOST_ITEMS

    @property
    def listed(self) -> str:
        """The items as an address writes them."""
        return ".".join(self.items)

    def with_items(self, items: Iterable[str]) -> "Selection":
        """The same with other items: what is not one, what comes twice or too late is left out."""
        kept = [item for item in dict.fromkeys(items) if _ITEM.fullmatch(item)]
        return replace(self, items=tuple(kept[:MOST_ITEMS]))

    def moved(self, item: str, steps: int) -> "Selection":
        """The same with an item some places further (or nearer the top when negative)."""
        if item not in self.items:
            return self
        others = [other for other in self.items if other != item]
        place = max(0, self.items.index(item) + steps)
        return replace(self, items=(*others[:place], item, *others[place:]))

    def named(self, title: str, note: str) -> "Selection":
        return replace(self, title=_line(title, LONGEST_TITLE), note=_text(note, LONGEST_NOTE))

    def written(self) -> str:
        """What the cookie holds; the note is cut when accents make it too long for one."""
        text = self._quoted(self.note)
        note = self.note
        while len(text) > LONGEST_TEXT and note:
            note = note[: len(note) * 3 // 4]
            text = self._quoted(note)
        return text

    def _quoted(self, note: str) -> str:
        if not self.title and not note:
            return self.listed
        words = json.dumps([self.title, note], ensure_ascii=False, separators=(",", ":"))
        return f"{self.listed}!{quote(words, safe='')}"


def listed_in(text: str) -> Selection:
    """The selection that an address holds; nothing is read beyond what 30 items can take."""
    return Selection().with_items(text[: MOST_ITEMS * 11].split("."))


def read(cookie: str) -> Selection:
    """The selection that a cookie holds."""
    if len(cookie) > LONGEST_TEXT:
        return Selection()
    items, _mark, words = cookie.partition("!")
    selection = listed_in(items)
    try:
        title, note = json.loads(unquote(words)) if words else ("", "")
        return selection.named(str(title), str(note))
    except (ValueError, TypeError, RecursionError):
        return selection


def _line(text: str, longest: int) -> str:
    return " ".join(_text(text, longest * 2).split())[:longest]


def _text(text: str, longest: int) -> str:
    kept = "".join(c for c in text.replace("\r\n", "\n") if c == "\n" or c.isprintable())
    return kept.strip()[:longest]
