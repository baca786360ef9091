"""Forty harmless files of the kinds an editor really sends, made by the programs' own libraries."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import typst
from docx.opc.constants import RELATIONSHIP_TYPE
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

# Written by LibreOffice 7.4; tests/security/data/README.md says how.
DATA = Path(__file__).parent / "data" / "libreoffice"
ODF = "application/vnd.oasis.opendocument."


def word(paragraphs: int = 1, *, picture: bool = False, link: bool = False) -> bytes:
    document = docx.Document()
    for number in range(paragraphs):
        document.add_paragraph(f"Paragraphe {number} : l’assemblée générale, c’est la fête.")
    if picture:
        document.add_picture(io.BytesIO(image("PNG")))
    if link:
        document.part.relate_to("https://example.org/x", RELATIONSHIP_TYPE.HYPERLINK, True)
    return _saved(document.save)


def slides(*, chart: bool = False) -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Notre coopérative en 2026"
    if chart:
        data = CategoryChartData()
        data.categories = ["2024", "2025"]
        data.add_series("Présents", (41, 63))
        box = (Inches(1), Inches(2), Inches(6), Inches(4))
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data)
    return _saved(deck.save)


def workbook(rows: int = 3) -> bytes:
    book = openpyxl.Workbook()
    for number in range(rows):
        book.active.append([number, "Présent", f"=A{number + 1}*2"])
    return _saved(book.save)


def pdf(pages: int = 1) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(595, 842)
    return _saved(document.save)


def open_document(kind: str, words: str = "Bonjour") -> bytes:
    return zipped(
        {
            "mimetype": (ODF + kind).encode(),
            "content.xml": f"<office><p>{words}</p></office>".encode(),
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )


def image(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    picture = Image.new("RGB", size, (30, 90, 160))
    return _saved(lambda file: picture.save(file, kind, **options))


def photograph_with_place() -> bytes:
    """A JPEG as a telephone takes it: sideways, with where and with what."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Telephone"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    exif.get_ifd(0x8825)[1] = "N"
    return image("JPEG", (64, 48), exif=exif.tobytes(), comment=b"taken at home")


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def mac_archive() -> bytes:
    resource = b"\x00\x05\x16\x07" + struct.pack(">L", 0x20000) + bytes(20)
    return zipped({"note.pdf": pdf(), "__MACOSX/._note.pdf": resource})


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()


def scanned() -> dict[str, bytes]:
    """Pictures of pages, as a photocopier sends them: one page, several, in grey."""
    found = {}
    for mode, pages in (("RGB", 1), ("RGB", 4), ("L", 2)):
        sheets = [Image.new(mode, (620, 877), 240 if mode == "L" else (250, 250, 245))] * pages
        options = {"save_all": True, "append_images": sheets[1:]}
        content = _saved(lambda file, s=sheets, o=options: s[0].save(file, "PDF", **o))
        found[f"scan-{mode}-{pages}.pdf"] = content
    return found


def typeset() -> dict[str, bytes]:
    """PDF as a typesetter writes it, tagged and not, with links and with compressed objects."""
    source = b'#set document(title: [Livret])\n#set text(lang: "fr")\n= Livret\nBonjour '
    source += b'#link("https://example.org/")[ici].\n#pagebreak()\nFin.'
    return {
        "tagged.pdf": typst.compile(source, pdf_standards=["ua-1"]),
        "untagged.pdf": typst.compile(source, pdf_tags=False),
        "archive.pdf": typst.compile(source, pdf_standards=["a-2b"]),
    }


def good_files() -> dict[str, bytes]:
    """The harmless files, by file name: forty and more."""
    text = "nom;présents\nCoop des Trois Rivières;42\n"
    files = {f"pdf-{n}.pdf": pdf(n) for n in (1, 2, 3, 8, 20, 60)}
    files |= {f"word-{n}.docx": word(n) for n in (0, 1, 5, 200, 2000)}
    files |= {"word-picture.docx": word(picture=True), "word-link.docx": word(link=True)}
    files |= {"slides.pptx": slides(), "slides-chart.pptx": slides(chart=True)}
    files |= {f"sheet-{n}.xlsx": workbook(n) for n in (1, 50, 3000)}
    kinds = {"odt": "text", "odp": "presentation", "ods": "spreadsheet"}
    files |= {f"open.{ext}": open_document(kind) for ext, kind in kinds.items()}
    files |= {f"open-long.{ext}": open_document(kind, "mot " * 99) for ext, kind in kinds.items()}
    files |= {"accents.csv": text.encode(), "bom.csv": text.encode("utf-8-sig")}
    files |= {"windows.csv": text.encode("cp1252"), "minus.csv": b"a,-1\r\nb,+2\r\n"}
    files |= {"Majuscules.PDF": pdf(), "Une pièce jointe (1).pdf": pdf()}
    files |= {"p.png": image("PNG"), "p.jpg": image("JPEG"), "p.jpeg": image("JPEG")}
    files |= {"p.webp": image("WEBP"), "big.png": image("PNG", (5000, 4900))}
    files |= {"progressive.jpg": image("JPEG", (600, 400), progressive=True)}
    files |= {"place.jpg": photograph_with_place()}
    files |= {"kit.zip": zipped({"a.pdf": pdf(), "dossier/b.docx": word()})}
    files |= {f"libreoffice-{path.name}": path.read_bytes() for path in sorted(DATA.iterdir())}
    files |= scanned() | typeset()
    files |= {"mac.zip": mac_archive(), "stored.zip": zipped({"a.csv": b"a,b"}, zipfile.ZIP_STORED)}
    return files
