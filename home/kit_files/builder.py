"""Builds the files of the kit and of the library from `home/content`: same data, same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from home.kit_files import leaflets
from home.kit_files.agenda import write_event
from home.kit_files.letters import read_flyer, read_letter
from home.kit_files.manifest import Manifest, read_manifest
from home.kit_files.model import LANGUAGE, LICENCE_NAME, KitContentError, KitEntry, KitFile
from home.kit_files.open_styles import A4, A5
from home.kit_files.open_text import write_open_text
from home.kit_files.pdf import count_pages, write_pdf
from home.kit_files.records import LegalRecord, read_legal
from home.kit_files.resolutions import read_resolutions
from home.kit_files.slides import read_slides, write_slides
from home.kit_files.transcripts import transcript_data
from home.kit_files.word_document import Letter, write_word


def build(content_dir: Path) -> list[KitFile]:
    """Build every file, those of the kit then the others, in the order of `kit/kit.toml`."""
    manifest = read_manifest(content_dir)
    return [_build_entry(content_dir, manifest, entry) for entry in manifest.entries]


def build_file(content_dir: Path, key: str) -> KitFile:
    """Build the one file of that key; an unknown key raises KeyError."""
    manifest = read_manifest(content_dir)
    return _build_entry(content_dir, manifest, manifest.entry(key))


def build_branded(content_dir: Path, key: str, brand: dict[str, Any]) -> bytes:
    """Build a PDF again with the name and the logo of a co-op; see ``logo-zone`` in `style.typ`.

    An unknown key raises KeyError.
    """
    manifest = read_manifest(content_dir)
    return _leaflet(content_dir, manifest, manifest.entry(key), {"brand": brand})


def _build_entry(content_dir: Path, manifest: Manifest, entry: KitEntry) -> KitFile:
    try:
        content, pages = _content(content_dir, manifest, entry)
    except KeyError as error:
        raise KitContentError(f"{entry.source}: {error} is missing") from error
    return KitFile(
        key=entry.key,
        filename=entry.filename,
        title=entry.title,
        language=LANGUAGE,
        licence=LICENCE_NAME,
        description=entry.description,
        content=content,
        page_count=pages,
        extension=entry.extension,
    )


def _content(content_dir: Path, manifest: Manifest, entry: KitEntry) -> tuple[bytes, int | None]:
    """Return the bytes and the page count; Word lays pages out itself, so its count is declared."""
    source = content_dir / "kit" / entry.source
    legal = read_legal(content_dir)
    if entry.recipe == "letter":
        return _letter(read_letter(source), entry, manifest, legal), entry.pages
    if entry.recipe == "flyer-text":
        return write_open_text(read_flyer(source), entry, manifest, legal, A5), entry.pages
    if entry.recipe == "resolutions":
        return write_word(read_resolutions(source), entry, manifest, legal), entry.pages
    if entry.recipe == "calendar":
        return write_event(source, manifest), None
    if entry.recipe == "slides":
        slides = read_slides(source)
        return write_slides(slides, entry, manifest), len(slides)
    content = _leaflet(content_dir, manifest, entry)
    return content, count_pages(content)


def _letter(
    letter: Letter, entry: KitEntry, manifest: Manifest, legal: dict[str, LegalRecord]
) -> bytes:
    """The same letter for Word or for free office suites, as the name of the file says."""
    if entry.extension == "odt":
        return write_open_text(letter, entry, manifest, legal, A4)
    return write_word(letter, entry, manifest, legal)


def _leaflet(
    content_dir: Path, manifest: Manifest, entry: KitEntry, extra: dict[str, Any] | None = None
) -> bytes:
    legal = read_legal(content_dir)
    if entry.recipe == "glossary":
        data = leaflets.glossary_data(content_dir, entry.source)
    elif entry.recipe == "flyer":
        data = leaflets.flyer_data(content_dir, entry.source)
    elif entry.recipe == "booklet":
        data = leaflets.booklet_data(content_dir, entry.source, legal)
    elif entry.recipe == "comparison":
        data = leaflets.comparison_data(content_dir, entry.source, legal)
    elif entry.recipe == "transcript":
        data = transcript_data(content_dir, entry.source, legal)
    else:
        raise KitContentError(f"kit.toml: no recipe named {entry.recipe}")
    return write_pdf(f"{entry.recipe}.typ", data | (extra or {}), entry, manifest)
