"""The AG kit: files that open everywhere, say who they are and never vary."""

from __future__ import annotations

import io
import itertools
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation

from home.kit_files import KitFile, build, build_file
from home.kit_files.manifest import read_manifest

CONTENT = Path(__file__).parents[2] / "home" / "content"
KEYS = [
    "invitation",
    "invitation-odt",
    "convocation-claire",
    "explication-resolutions",
    "glossaire-une-page",
    "ag-coop-copro",
    "flyer-gouvernance",
    "flyer-gouvernance-odt",
    "livret-cooperateur",
    "diaporama-ag",
    "feuille-de-route",
    "fiche-temoignage",
]
WORD = [
    key
    for key in KEYS
    if key
    in {
        "invitation",
        "convocation-claire",
        "feuille-de-route",
        "explication-resolutions",
        "fiche-temoignage",
    }
]
PDF = [
    "glossaire-une-page",
    "ag-coop-copro",
    "flyer-gouvernance",
    "livret-cooperateur",
    "nos-ag-2025",
    "compte-rendu-nos-ag-2025",
]


@pytest.fixture(scope="module")
def kit() -> dict[str, KitFile]:
    return {file.key: file for file in build(CONTENT)}


def _xml_text(file: KitFile) -> str:
    """All the words of a Word file, those inside fields included."""
    body = Document(io.BytesIO(file.content)).element.body
    return "".join(node.text or "" for node in body.iter(qn("w:t")))


def _pdf_text(file: KitFile) -> str:
    document = pypdfium2.PdfDocument(file.content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"\s+", " ", text)


def test_the_kit_holds_its_files_in_order(kit: dict[str, KitFile]) -> None:
    assert list(kit)[: len(KEYS)] == [entry.key for entry in read_manifest(CONTENT).kit] == KEYS
    for key in KEYS:
        assert kit[key].page_count


def test_every_file_says_what_it_is(kit: dict[str, KitFile]) -> None:
    for file in kit.values():
        assert file.title
        assert file.description
        assert (file.language, file.licence) == ("fr-FR", "CC BY-SA 4.0")
        assert file.filename.isascii()
        assert file.filename.endswith(f".{file.extension}")


def test_two_builds_give_the_same_bytes(kit: dict[str, KitFile]) -> None:
    assert {file.key: file.content for file in build(CONTENT)} == {
        key: file.content for key, file in kit.items()
    }


def test_one_file_can_be_built_alone(kit: dict[str, KitFile]) -> None:
    assert build_file(CONTENT, "invitation") == kit["invitation"]
    with pytest.raises(KeyError):
        build_file(CONTENT, "unknown")


@pytest.mark.parametrize("key", [*WORD, "diaporama-ag"])
def test_office_archives_are_sound_and_undated(kit: dict[str, KitFile], key: str) -> None:
    with zipfile.ZipFile(io.BytesIO(kit[key].content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


@pytest.mark.parametrize("key", WORD)
def test_word_files_say_their_title_language_and_licence(kit: dict[str, KitFile], key: str) -> None:
    document = Document(io.BytesIO(kit[key].content))
    properties = document.core_properties
    assert properties.title == kit[key].title
    assert properties.language == "fr-FR"
    assert "CC BY-SA 4.0" in properties.comments
    assert properties.author == "Les Coop’HLM"
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert {node.get(qn("w:val")) for node in defaults.iter(qn("w:lang"))} == {"fr-FR"}
    assert "CC BY-SA 4.0" in document.sections[0].footer.paragraphs[0].text


@pytest.mark.parametrize("key", WORD)
def test_word_files_are_structured_for_screen_readers(kit: dict[str, KitFile], key: str) -> None:
    document = Document(io.BytesIO(kit[key].content))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[:3] == ["Surtitre", "Title", "Subtitle"]
    levels = [int(name[-1]) for name in styles if name.startswith("Heading")]
    assert levels
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert document.tables
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize("key", WORD)
def test_word_files_have_no_empty_paragraph(kit: dict[str, KitFile], key: str) -> None:
    document = Document(io.BytesIO(kit[key].content))
    for paragraph in document.element.body.iter(qn("w:p")):
        assert "".join(node.text or "" for node in paragraph.iter(qn("w:t"))).strip()


@pytest.mark.parametrize("key", WORD)
def test_word_files_offer_fields_to_fill(kit: dict[str, KitFile], key: str) -> None:
    document = Document(io.BytesIO(kit[key].content))
    controls = list(document.element.body.iter(qn("w:sdt")))
    assert len(controls) >= 10
    outside = [paragraph.text for paragraph in document.paragraphs]
    assert not [text for text in outside if "[" in text], "a field is plain text"


def test_page_size_is_a4(kit: dict[str, KitFile]) -> None:
    for key in WORD:
        section = Document(io.BytesIO(kit[key].content)).sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_twelve_resolutions_are_explained_beside_a_place_for_the_exact_text(
    kit: dict[str, KitFile],
) -> None:
    source = tomllib.loads((CONTENT / "kit" / "resolutions.toml").read_text(encoding="utf-8"))
    resolutions: list[dict[str, Any]] = source["resolution"]
    document = Document(io.BytesIO(kit["explication-resolutions"].content))
    assert len(resolutions) == len(document.tables) == 12
    first_column = [
        "On vous demande…",
        "Pourquoi\u202f?",
        "Ce que ça change pour vous",
        "Comment voter\u202f?",
    ]
    for table in document.tables:
        assert [row.cells[0].text for row in table.rows[1:]] == first_column
    text = _xml_text(kit["explication-resolutions"])
    assert text.count("Texte exact, celui qui fait foi") == 12
    assert "À vérifier avec vos statuts" in text
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    for number, resolution in enumerate(resolutions, start=1):
        assert f"{number}. {resolution['title']}" in headings


@pytest.mark.parametrize("key", PDF)
def test_pdfs_are_tagged_and_say_who_they_are(kit: dict[str, KitFile], key: str) -> None:
    """PDF/UA-1 shows in the file's catalogue, which the compiler leaves uncompressed."""
    content = kit[key].content
    assert content.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang", b"/DisplayDocTitle true"):
        assert mark in content
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", content)
    document = pypdfium2.PdfDocument(content)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
    metadata = document.get_metadata_dict()
    assert metadata["Title"] == kit[key].title
    assert metadata["Author"] == "Les Coop’HLM"
    assert len(document) == kit[key].page_count
    assert "CC BY-SA 4.0" in _pdf_text(kit[key])


def test_pdfs_have_the_promised_formats(kit: dict[str, KitFile]) -> None:
    expected = {
        "glossaire-une-page": (1, 210, 297),
        "ag-coop-copro": (2, 210, 297),
        "flyer-gouvernance": (2, 148, 210),
        "livret-cooperateur": (12, 148, 210),
    }
    for key, (pages, width, height) in expected.items():
        document = pypdfium2.PdfDocument(kit[key].content)
        size = [round(points / 72 * 25.4) for points in document[0].get_size()]
        assert (len(document), *size) == (pages, width, height)


def test_the_comparison_shows_each_legal_value_with_its_state(kit: dict[str, KitFile]) -> None:
    text = _pdf_text(kit["ag-coop-copro"])
    assert text.count("À valider (source") == 6
    assert text.count("Valeur à valider par la fédération") == 6


def test_every_slide_has_a_title_and_something_to_say(kit: dict[str, KitFile]) -> None:
    deck = Presentation(io.BytesIO(kit["diaporama-ag"].content))
    slides = list(deck.slides)
    assert 12 <= len(slides) <= 16
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in slides:
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id, "the title is read first"
        assert len(slide.notes_slide.notes_text_frame.text) > 60


def test_slides_speak_french_and_carry_their_licence(kit: dict[str, KitFile]) -> None:
    deck = Presentation(io.BytesIO(kit["diaporama-ag"].content))
    properties = deck.core_properties
    assert properties.title == kit["diaporama-ag"].title
    assert properties.language == "fr-FR"
    assert "CC BY-SA 4.0" in properties.comments
    tag = "{http://schemas.openxmlformats.org/drawingml/2006/main}r"
    for slide in deck.slides:
        for run in [*slide.element.iter(tag), *slide.notes_slide.element.iter(tag)]:
            assert run.rPr is not None
            assert run.rPr.get("lang") == "fr-FR"
        for shape in slide.shapes:
            if shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
