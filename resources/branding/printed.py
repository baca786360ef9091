"""PDF templates: nobody can put a picture in a finished, tagged PDF, so it is built again.

Whoever builds such files registers how; this package knows neither the sources nor the compiler.
"""

import re
from collections.abc import Callable

from resources.branding.brand import Brand
from resources.branding.marks import PRINTED_MARK, Marks

Maker = Callable[[str, Brand], bytes]
_KEY = re.compile(re.escape(PRINTED_MARK).encode() + rb"([a-z0-9-]{1,60})")
_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """``maker(key, brand)`` builds the PDF of that key, or raises KeyError."""
    _makers.append(maker)


def key_of(content: bytes) -> str:
    """The key in the metadata of a PDF that the site built; nothing in any other."""
    found = _KEY.search(content)
    return found[1].decode() if found and _makers else ""


def marks_in(content: bytes) -> Marks:
    return Marks(logos=1) if key_of(content) else Marks()


def dressed(content: bytes, brand: Brand) -> bytes:
    """Return the same document with the brand. Raises KeyError when it is no longer built."""
    return _makers[-1](key_of(content), brand)
