"""Which files of the library are templates, and the same files once dressed."""

import logging
from functools import lru_cache
from importlib import import_module
from pathlib import PurePath
from typing import Any

from django.utils.text import slugify

from resources.branding.brand import Brand
from resources.branding.marks import Marks

logger = logging.getLogger(__name__)

# Imported when a file needs them: the libraries are large, and most processes never do.
FORMATS = {"docx": "word", "pptx": "slides", "odt": "open_text", "pdf": "printed"}


class UnusableTemplateError(ValueError):
    """A file whose marks cannot be read or filled."""


def marks_of(document: Any) -> Marks:
    """The marks in the stored file of a document; none in a file that cannot be read.

    The file is read once for each content that this process meets.
    """
    if not document or document.format not in FORMATS:
        return Marks()
    return _marks(_Stored(document))


def dress(document: Any, brand: Brand) -> bytes:
    """Return the bytes of the template with the brand in place; nothing is written anywhere."""
    try:
        with document.file.open("rb") as file:
            content: bytes = file.read()
        return bytes(_writer(document.format).dressed(content, brand))
    except Exception as error:  # a damaged file breaks its library in any way
        logger.warning("document %s cannot be filled: %s", document.pk, type(error).__name__)
        raise UnusableTemplateError from error


def name_for(document: Any, brand: Brand) -> str:
    """The name of the file that the co-op gets: the document's, then its own."""
    name = PurePath(document.filename)
    return f"{name.stem[:80]}-{slugify(brand.name)[:60] or 'coop'}{name.suffix}"


def _writer(extension: str) -> Any:
    """The module that fills files of this kind: ``marks_in(content)``, ``dressed(content, brand)``."""
    return import_module(f"resources.branding.{FORMATS[extension]}")


class _Stored:
    """A document, the same as another when it has the same content."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._key = document.format, document.get_file_hash()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Stored) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=500)
def _marks(stored: _Stored) -> Marks:
    document = stored.document
    try:
        with document.file.open("rb") as file:
            marks: Marks = _writer(document.format).marks_in(file.read())
    except Exception as error:  # see above
        logger.warning("document %s cannot be read: %s", document.pk, type(error).__name__)
        return Marks()
    return marks
