"""The kit's sources: what is refused, and the pages that repeat them on the web."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from home.kit_files import KitContentError, build_file
from home.kit_files.manifest import read_manifest
from home.kit_files.markup import Box, Listing, Table, parse_blocks, text_spans
from home.kit_files.records import read_terms
from home.kit_files.typography import french_spaces

CONTENT = Path(__file__).parents[2] / "home" / "content"
MANIFEST = read_manifest(CONTENT)
KEYS = [entry.key for entry in MANIFEST.kit]
ALL_KEYS = [entry.key for entry in MANIFEST.entries]


def test_the_web_page_explains_the_same_resolutions() -> None:
    source = tomllib.loads((CONTENT / "kit" / "resolutions.toml").read_text(encoding="utf-8"))
    page = (CONTENT / "pages" / "documents" / "explication-des-resolutions.md").read_text("utf-8")
    for resolution in source["resolution"]:
        for key in ("title", "asked", "why", "changes", "vote"):
            assert french_spaces(resolution[key]) in page


def test_the_web_glossary_page_repeats_the_terms_of_the_sheet() -> None:
    chosen = tomllib.loads((CONTENT / "kit" / "glossaire-une-page.toml").read_text("utf-8"))
    page = (CONTENT / "pages" / "documents" / "glossaire-une-page.md").read_text("utf-8")
    slugs = [slug for group in chosen["group"] for slug in group["terms"]]
    assert 20 <= len(slugs) <= 26
    for slug, term in zip(slugs, read_terms(CONTENT, slugs), strict=True):
        assert f"page:glossaire/{slug})" in page
        assert term.plain[1:] in page, f"{slug}: the page and the glossary say different things"


@pytest.mark.parametrize("language", ["", ".en"])
def test_the_kit_page_says_how_to_use_every_file(language: str) -> None:
    page = (CONTENT / "pages" / "kits" / f"ag{language}.md").read_text("utf-8")
    front = tomllib.loads(page.split("+++\n")[1])
    items = [item for section in front["sections"] for item in section["items"]]
    assert sorted(item["file"] for item in items) == sorted(KEYS)
    assert all(len(item["how"]) > 40 for item in items)
    assert front["version"] == "2026-1"
    assert len(front["summary"]) <= 200


def test_every_file_has_a_page_to_read_it_on_the_web() -> None:
    pages = (CONTENT / "pages" / "documents").glob("*.md")
    files = [
        tomllib.loads(page.read_text("utf-8").split("+++\n")[1]).get("file")
        for page in pages
        if not page.name.endswith(".en.md")
    ]
    assert set(ALL_KEYS) <= set(files)


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    shutil.copytree(CONTENT / "kit", tmp_path / "kit")
    shutil.copy(CONTENT / "legal.toml", tmp_path)
    (tmp_path / "kit" / "invitation.md").unlink()
    with pytest.raises(KitContentError, match=r"invitation\.md"):
        build_file(tmp_path, "invitation")
    with pytest.raises(KitContentError, match=r"glossary\.csv"):
        build_file(tmp_path, "glossaire-une-page")


def test_an_unknown_legal_key_is_refused(tmp_path: Path) -> None:
    shutil.copytree(CONTENT / "kit", tmp_path / "kit")
    shutil.copy(CONTENT / "legal.toml", tmp_path)
    letter = tmp_path / "kit" / "invitation.md"
    letter.write_text(letter.read_text("utf-8") + '\n::: legal key="nowhere"\n:::\n', "utf-8")
    with pytest.raises(KitContentError, match="nowhere"):
        build_file(tmp_path, "invitation")


def test_french_spaces_are_added_once() -> None:
    once = french_spaces("Qui vote ? « Vous » : 5 % des voix ; l'AG !")
    assert once == "Qui vote\u202f? «\u00a0Vous\u00a0»\u00a0: 5\u202f% des voix\u202f; l’AG\u202f!"
    assert french_spaces(once) == once


def test_markup_tells_fields_boxes_lists_and_tables_apart() -> None:
    kinds = [span.kind for span in text_spans("Le [date], ☐ oui, **à [lieu]**")]
    assert kinds == ["text", "field", "text", "check", "text", "text", "field"]
    blocks = parse_blocks(
        '1. un\n2. deux\n\n::: table caption="C"\n| a | b |\n|---|---|\n| c | d |\n:::\n'
        '::: callout kind="tip" title="T"\nTexte.\n:::\n'
    )
    assert [type(block) for block in blocks] == [Listing, Table, Box]
    with pytest.raises(KitContentError, match="never closed"):
        parse_blocks("::: callout\nTexte.")
    with pytest.raises(KitContentError, match="unknown directive"):
        parse_blocks("::: video\n:::")
