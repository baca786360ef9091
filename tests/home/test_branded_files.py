"""Seven templates of the kit take any logo and any name without a line of them moving.

What they give can be looked at: every result is drawn in `var/logos/`.
"""

import io
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as Word
from docx.oxml.ns import qn
from odfdo import Document as Open
from PIL import Image
from pptx import Presentation

from home.kit_files import build_file
from hub.core.uploads import check_upload
from resources.branding.brand import Brand
from resources.branding.logo import read_logo
from resources.branding.templates import _writer
from tests.logos import LOGOS, NAMES, Place, picture_of, places

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "home" / "content"
PICTURES = ROOT / "var" / "logos"
KEYS = [
    "flyer-gouvernance", "flyer-gouvernance-odt", "invitation", "invitation-odt", "diaporama-ag",
    "livret-cooperateur", "convocation-claire",
]  # fmt: skip
# The zone that the two leaflets draw themselves, in millimetres: left, top, width, height.
DRAWN_ZONES = {"flyer-gouvernance": (94, 9, 42, 12), "livret-cooperateur": (16, 12, 48, 14)}


@pytest.fixture(scope="module", params=KEYS)
def template(request):
    return build_file(CONTENT, request.param)


@pytest.fixture(scope="module")
def zone(template):
    """The place kept for the logo, read in the template itself where it is a picture."""
    if template.extension == "pdf":
        return Place((148, 210), *DRAWN_ZONES[template.key])
    first, *others = places(template.extension, template.content)
    assert all(other == first for other in others)
    return first


def dressed(template, name, logo=None):
    brand = Brand(name, read_logo(LOGOS[logo][0], io.BytesIO(LOGOS[logo][1])) if logo else None)
    return _writer(template.extension).dressed(template.content, brand)


def words(extension, content):
    """All that can be read in a file."""
    if extension == "pdf":
        pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
        return re.sub(r"\s+", " ", " ".join(pages))
    if extension == "odt":
        body = Open(io.BytesIO(content)).body._xml_element
        described = [e for e in body.iter("{*}title", "{*}desc") for _text in e.itertext()]
        return "".join(
            text for e in body.iter() if e not in described for text in (e.text, e.tail) if text
        )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml")]
    found = re.findall(r"<(?:w|a):t(?: [^>]*)?>([^<]*)<", " ".join(parts))
    return "".join(found).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def keep(template, label, content, zone):
    PICTURES.mkdir(parents=True, exist_ok=True)
    slug = re.sub(r"\W+", "-", label)
    picture_of(template.extension, content, zone).save(PICTURES / f"{template.key}-{slug}.png")
    (PICTURES / f"{template.key}-{slug}.{template.extension}").write_bytes(content)


def opened(extension, content):
    check_upload(f"a.{extension}", io.BytesIO(content))
    readers = {"docx": Word, "pptx": Presentation, "odt": Open}
    if extension == "pdf":
        return pypdfium2.PdfDocument(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    return readers[extension](io.BytesIO(content))


def test_the_template_says_that_it_takes_a_logo(template):
    marks = _writer(template.extension).marks_in(template.content)
    assert marks.is_template
    opened(template.extension, template.content)


@pytest.mark.parametrize("logo", LOGOS)
def test_any_logo_stands_inside_the_zone_in_its_own_proportions(template, zone, logo):
    content = dressed(template, "L’Habitat coopératif", logo)
    keep(template, logo, content, zone)
    found = places(template.extension, content)
    assert found
    for place in found:
        assert zone.holds(place)
        ratio = LOGOS[logo][2]
        fitted = min(zone.width, zone.height * ratio), min(zone.height, zone.width / ratio)
        assert (place.width, place.height) == pytest.approx(fitted, rel=0.01, abs=0.02)
    opened(template.extension, content)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("logo", [None, "plain"])
def test_any_name_is_written_as_it_was_typed(template, zone, name, logo):
    content = dressed(template, name, logo)
    keep(template, f"{name[:12]}-{logo}", content, zone)
    opened(template.extension, content)
    text = words(template.extension, content)
    assert "[nom de la coopérative]" not in text.lower()
    if logo is None:
        plain = re.sub("[\\s\u200b\ufffe-]", "", text)
        assert name.replace(" ", "").replace("-", "") in plain


def test_a_pictogram_in_the_name_stops_no_file(template):
    content = dressed(template, "🏠 Habitat ❤️ social 👩‍👧")
    opened(template.extension, content)
    text = re.sub("[\\s\u200b\ufffe]", "", words(template.extension, content))
    assert re.search("Habitat(❤️)?social", text)


@pytest.mark.parametrize("logo", [None, "plain", "very tall"])
def test_no_page_is_added_and_no_other_word_changes(template, logo):
    before = words(template.extension, template.content)
    after = words(template.extension, dressed(template, "Nom-Test", logo))
    if template.extension == "pdf":
        pages = [
            len(pypdfium2.PdfDocument(c))
            for c in (template.content, dressed(template, NAMES[3], logo))
        ]
        assert pages[0] == pages[1] == template.page_count
    before = re.sub(r"(?i)\[nom de la coopérative\]|Votre logo ici", "", before)
    after = after.replace("Nom-Test", "")
    assert re.sub(r"\s+", "", before) == re.sub(r"\s+", "", after)


def test_the_logo_is_described_by_the_name_of_the_co_op(template):
    name = NAMES[1]
    content = dressed(template, name, "plain")
    if template.extension == "pdf":
        # The alternative text stands in the structure, in UTF-16 when it has an accent.
        assert b"/Alt" in content
        assert b"/Lang" in content
        assert pypdfium2.raw.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(content).raw)
        assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", content)
    else:
        assert {place.words for place in places(template.extension, content)} == {name}


def test_the_picture_that_stood_for_the_logo_is_gone(template):
    if template.extension == "pdf":
        assert "Votre logo ici" not in words("pdf", dressed(template, "Nom", "plain"))
        return
    for logo in ("plain", None):
        with zipfile.ZipFile(io.BytesIO(dressed(template, "Nom", logo))) as archive:
            pictures = [name for name in archive.namelist() if name.endswith(".png")]
        assert len(pictures) == (1 if logo else 0)


def test_language_and_properties_stay(template):
    content = dressed(template, "Nom", "plain")
    file = opened(template.extension, content)
    if template.extension == "pdf":
        assert file.get_metadata_dict()["Title"] == template.title
    elif template.extension == "odt":
        assert (file.meta.title, file.meta.language) == (template.title, "fr-FR")
    else:
        properties = file.core_properties
        assert (properties.title, properties.language) == (template.title, "fr-FR")


def test_a_field_that_holds_the_name_is_no_longer_a_prompt():
    invitation = build_file(CONTENT, "invitation")
    document = Word(io.BytesIO(dressed(invitation, "Nom-Test")))
    fields = [
        field
        for field in document.element.body.iter(qn("w:sdt"))
        if "".join(t.text or "" for t in field.iter(qn("w:t"))) == "Nom-Test"
    ]
    assert len(fields) == 2
    for field in fields:
        assert not list(field.iter(qn("w:showingPlcHdr")))
        assert not list(field.iter(qn("w:shd")))


def test_the_logo_is_small_upright_and_bare():
    for name, content, ratio in LOGOS.values():
        logo = read_logo(name, io.BytesIO(content))
        assert logo.width / logo.height == pytest.approx(ratio, rel=0.01)
        with Image.open(io.BytesIO(logo.png)) as picture:
            assert picture.format == "PNG"
            assert max(picture.size) <= 1200
            assert picture.mode in {"RGB", "RGBA"}
            assert not picture.getexif()
    with Image.open(io.BytesIO(read_logo("a.jpeg", io.BytesIO(LOGOS["turned"][1])).png)) as turned:
        red = turned.getpixel((turned.width // 2, 20))
        assert red[0] > red[2], "the red half is above once the picture is upright"
    with Image.open(io.BytesIO(read_logo("a.jpg", io.BytesIO(LOGOS["cmyk"][1])).png)) as cmyk:
        red = cmyk.getpixel((20, 100))
        assert red[0] > 120 > red[2]
