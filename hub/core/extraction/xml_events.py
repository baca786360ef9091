"""Reads XML as a stream of events: no tree is built, however large the part.

defusedxml's rule is kept, that a document type is refused, with Expat itself: defusedxml's parsers
are written in Python, and are twice as slow.
"""

from collections.abc import Iterable
from typing import Final, Protocol
from xml.parsers.expat import ParserCreate

SEPARATOR: Final = " "
# The namespaces whose names would be taken for others: an « id » is not a relationship's « r:id ».
PREFIXES: Final = {
    "/officeDocument/2006/relationships": "r:",
    "/officeDocument/relationships": "r:",
    ":svg-compatible:1.0": "svg:",
}

Attributes = dict[str, str]


class Forbidden(ValueError):  # noqa: N818  a refusal, not a fault
    """XML that no office program writes: it could name files or grow without end."""


class Handler(Protocol):
    """Gets names without their namespace, but for the few of ``PREFIXES``."""

    def start(self, name: str, attributes: Attributes) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


class Events:
    """A handler that does nothing: readers override what they need."""

    def start(self, name: str, attributes: Attributes) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


def parse(pieces: Iterable[bytes], handler: Handler) -> None:
    """Raises Forbidden, ExpatError, and whatever the handler raises."""
    local = _LocalNames()
    parser = ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True

    def start(name: str, attributes: Attributes) -> None:
        handler.start(local[name], {local[key]: value for key, value in attributes.items()})

    def end(name: str) -> None:
        handler.end(local[name])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _forbid
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _forbid(*_declaration: object) -> None:
    raise Forbidden("a document type")


class _LocalNames(dict[str, str]):
    """« p » for « http://… p »; computed once for each name of a document."""

    def __missing__(self, name: str) -> str:
        space, _separator, local = name.rpartition(SEPARATOR)
        for ending, prefix in PREFIXES.items():
            if space.endswith(ending):
                local = f"{prefix}{local}"
        self[name] = local
        return local
