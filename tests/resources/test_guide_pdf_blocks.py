"""Every kind of block in the PDF of a guide: its words, its tags, and nothing read as code."""

import ctypes
import itertools
import json
import re

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from hub.core.models import OutboxItem
from resources.guide_pdf.keeping import KIND
from tests.factories import resource, stored_file, stream
from tests.resources.test_guide_pdf import fetched, guide, legal_record, make_what_waits, words
from tests.security.site import picture
from tests.services.pdf_ua import problems

SAID = (
    "Une partie",
    "Dans un",
    "En SCIC",
    "Les collèges pèsent.",
    "En SCP",
    "Une voix chacun.",
    "Conseil – Un conseil",
    "Venez nombreux.",
    "Camille – locataire",
    "Un petit tableau",
    "Après",
    "Une image",
    "Un bulletin",
    "/fichiers/",
    "Majorité simple",
    "la moitié des voix plus une",
    "https://loi.example/article-1",
    "https://autre.example/x",
    "Le nombre de présents",
)


@pytest.fixture(autouse=True)
def nothing_waits(site):
    """The guides of the prepared site have had their turn."""
    OutboxItem.objects.filter(kind=KIND).delete()


def every_block(record, image, document):
    """A raw stream with every kind of block that an editor may add."""
    table = {
        "columns": [{"type": "text", "heading": "Quand"}, {"type": "number", "heading": "Combien"}],
        "rows": [{"values": ["<p>Avant</p>", 3]}, {"values": ["<p>Après</p>", 5]}],
        "caption": "Un petit tableau",
    }
    return [
        ("heading", "Une partie"),
        ("paragraph", ('<h4>Sans niveau trois</h4><p>Le quorum. <a href="https://autre.example/x">'
         "Ailleurs</a>, un <b>mot</b> <i>penché</i>.</p><ul><li>Un<ol><li>Dans un</li></ol></li></ul>")),
        ("variants", {"scic": "<p>Les collèges pèsent.</p>", "scp": "<p>Une voix chacun.</p>"}),
        ("callout", {"kind": "tip", "title": "Un conseil", "text": "<p>Respirez.</p>"}),
        ("quote", {"text": "<p>Venez nombreux.</p>", "author": "Camille", "role": "locataire"}),
        ("copy_text", {"title": "Un message", "text": "Bonjour,\n\nvenez."}),
        ("table", {"table": table}),
        ("figure", {"image": {"image": image.pk, "alt_text": "Un carré uni", "decorative": False},
                    "caption": "Une image"}),
        ("files", {"title": "À emporter", "files": [document.pk]}),
        ("legal_value", record.pk),
    ]  # fmt: skip


def structure(content):
    """The tags of a PDF in order, as its structure tree says them: (type, alternative text)."""
    document, found = pypdfium2.PdfDocument(content), []
    for page in document:
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), found)
    return found


def walk(element, found):
    if not element:
        return
    getters = (pdfium.FPDF_StructElement_GetType, pdfium.FPDF_StructElement_GetAltText)
    found.append(tuple(told(getter, element) for getter in getters))
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        walk(pdfium.FPDF_StructElement_GetChildAtIndex(element, index), found)


def told(getter, element):
    size = getter(element, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    getter(element, buffer, size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")


def test_every_kind_of_block_is_written_with_its_tags(client, tmp_path):
    record = legal_record()
    blocks = every_block(record, picture(), stored_file("Un bulletin"))
    body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    guide(body=body, text="Le quorum.")
    resource("glossary", "Quorum")
    make_what_waits()
    content = fetched(client)
    said = words(content)
    for expected in SAID:
        assert expected in said, expected
    file = tmp_path / "guide.pdf"
    file.write_bytes(content)
    assert problems(file) == {"guide.pdf": []}
    tags = structure(content)
    kinds = {kind for kind, _alt in tags}
    assert set("Table TH TD L LI Figure Link BlockQuote H1 H2 H3".split()) <= kinds
    assert "Un carré uni" in [alt for kind, alt in tags if kind == "Figure"]
    levels = [int(kind[1]) for kind, _alt in tags if re.fullmatch(r"H[1-6]", kind)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_title_of_a_frame_never_stays_alone_at_the_foot_of_a_page(client):
    line = ("copy_text", {"title": "", "text": "Une ligne."})
    frames = [
        ("variants", {"scic": "<p>Parole de collège.</p>", "scp": ""}),
        ("legal_value", legal_record().pk),
    ]
    body = [block for more in range(40) for block in (*[line] * (more % 5), *frames)]
    guide(body=json.dumps([{"type": kind, "value": value} for kind, value in body]))
    make_what_waits()
    pages = [
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(fetched(client))
    ]
    assert len(pages) > 10
    for page in pages:
        assert page.count("En SCIC") == page.count("Parole de collège.")
        assert page.count("Majorité simple") == page.count("Source")


def test_nothing_an_editor_writes_can_give_orders_to_the_compiler(client):
    hostile = '#read("/etc/passwd") $x$ #panic() \\u{0} @ref &lt;label&gt; `raw` ]) \x0b 🎉'
    guide(text=hostile, body=stream(("copy_text", {"title": "#eval(1)", "text": hostile})))
    assert make_what_waits() == 1
    said = words(fetched(client))
    assert '#read("/etc/passwd")' in said
    assert "root:" not in said
