"""Keeps out of the logs the addresses that are secrets themselves: whoever has one may come in."""

import logging
import re
from typing import Any, Final

# What follows these is a secret, or signed by us.
_SECRET: Final = re.compile(r"(/(?:campagnes/r|alerte/confirmation|alerte/arret)/)[^/\s?\"']+")


def hidden(text: str) -> str:
    """The same text, the secrets of its addresses replaced by three dots."""
    return _SECRET.sub(r"\1…", text)


class HideSecrets(logging.Filter):
    """On a handler: whatever is written through it says no secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _plain(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_plain(value) for value in record.args)
        return True


def _plain(value: Any) -> Any:
    """A text without its secrets; what is no text and holds none stays what it is."""
    if isinstance(value, str):
        return hidden(value)
    text = str(value)
    return hidden(text) if _SECRET.search(text) else value
