"""Files that must never be taken in: programs in disguise, active documents, bombs, chimeras."""

import io
import stat
import struct
import zipfile
import zlib

from tests.security import good_files as good
from tests.security.bad_pictures import pictures

EXECUTABLE = b"MZ\x90\x00" + bytes(200) + b"This program cannot be run in DOS mode."
ELF = b"\x7fELF\x02\x01\x01" + bytes(200)
PAGE = b"<!doctype html><script>alert(1)</script>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
# The standard test string of virus scanners, in pieces: no scanner takes this file for it.
EICAR = (
    b"X5O!P%@AP[4" + b"\\" + b"PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def with_parts(package: bytes, parts: dict[str, bytes]) -> bytes:
    """The same office document with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return good.zipped(members | parts)


def part_of(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


def word_with_relationship(kind: str, target: str) -> bytes:
    package = good.word()
    rels = part_of(package, "word/_rels/document.xml.rels")
    extra = (
        f'<Relationship Id="rX" Type="{RELATIONSHIPS}{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )
    changed = rels.replace(b"</Relationships>", extra.encode())
    return with_parts(package, {"word/_rels/document.xml.rels": changed})


MACRO_TYPES = {
    b"wordprocessingml.document.main+xml": b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"spreadsheetml.sheet.main+xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    b"presentationml.presentation.main+xml": (
        b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    ),
}


def with_macro_type(package: bytes) -> bytes:
    """The same office document, that says of itself that it may hold macros."""
    types = part_of(package, "[Content_Types].xml")
    for plain, macro in MACRO_TYPES.items():
        types = types.replace(b"application/vnd.openxmlformats-officedocument." + plain, macro)
    return with_parts(package, {"[Content_Types].xml": types})


def macro_word() -> bytes:
    return with_macro_type(good.word())


def word_with_dtd(encoding: str = "utf-8") -> bytes:
    settings = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    return with_parts(good.word(), {"word/settings.xml": settings.encode(encoding)})


def pdf_with(entry: bytes) -> bytes:
    """A PDF whose catalogue carries ``entry``."""
    return (
        good.pdf()
        .replace(b"/Type /Catalog", b"/Type /Catalog " + entry)
        .replace(b"/Type/Catalog", b"/Type/Catalog " + entry)
    )


def pdf_with_hidden_object(label: bytes = b"/ObjStm") -> bytes:
    """The script stands in a compressed object stream, where no plain search sees it."""
    text = b"7 0 8 40 " + b"<</S/JavaScript/JS(app.alert(1))>>".ljust(40) + b"<<>>"
    stream = b"9 0 obj<</Type%s/N 2/First 9/Filter/FlateDecode>>stream\n" % label
    return good.pdf().replace(b"%%EOF", stream + zlib.compress(text) + b"\nendstream endobj\n%%EOF")


def bomb(size: int = 150 * 1024 * 1024) -> bytes:
    return good.zipped({"a.csv": b"a" * size})


def lying_bomb() -> bytes:
    """The directory announces 10 bytes; the data unpacks to 40 MB."""
    packed = bytearray(good.zipped({"a.csv": b"a" * (40 * 1024 * 1024)}))
    real = struct.pack("<L", 40 * 1024 * 1024)
    return bytes(packed).replace(real, struct.pack("<L", 10))


def crowd() -> bytes:
    return good.zipped({f"{n}.csv": b"a" for n in range(1001)})


def nested() -> bytes:
    return good.zipped({"in.zip": good.zipped({"a.csv": b"a"})})


def overlapping() -> bytes:
    """Two entries of the directory share the same data."""
    packed = good.zipped({"a.csv": b"a" * 999, "b.csv": b"a" * 999})
    directory = packed.rindex(b"PK\x01\x02")
    return packed[: directory + 42] + struct.pack("<L", 0) + packed[directory + 46 :]


def archive_of(name: str, content: bytes = b"a,b", mode: int = 0o644) -> bytes:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(info, content)
    return target.getvalue()


def link() -> bytes:
    return archive_of("a.csv", b"/etc/passwd", stat.S_IFLNK | 0o777)


def bad_files() -> dict[str, tuple[str, bytes]]:
    """Each hostile file by what it tries: the name it is sent under, and its bytes."""
    disguised = programs() | odd_names() | mislabelled()
    return disguised | office() | open_documents() | pdfs() | chimeras() | archives() | pictures()


def programs() -> dict[str, tuple[str, bytes]]:
    kinds = ("pdf", "docx", "png", "csv", "zip", "odt")
    files = {f"exe as {kind}": (f"a.{kind}", EXECUTABLE) for kind in kinds}
    files |= {f"elf as {kind}": (f"a.{kind}", ELF) for kind in ("pdf", "jpg", "csv")}
    files |= {f"html as {kind}": (f"a.{kind}", PAGE) for kind in ("pdf", "csv", "png", "docx")}
    files |= {f"svg as {kind}": (f"a.{kind}", DRAWING) for kind in ("csv", "png", "webp")}
    plain = {
        "exe": EXECUTABLE,
        "html": PAGE,
        "svg": DRAWING,
        "js": b"alert(1)",
        "docm": good.word(),
    }
    files |= {f"plain {ext}": (f"a.{ext}", content) for ext, content in plain.items()}
    return files


def odd_names() -> dict[str, tuple[str, bytes]]:
    return {
        "last extension counts": ("a.pdf.exe", good.pdf()),
        "no extension": ("pdf", good.pdf()),
        "gif": ("a.gif", b"GIF89a" + bytes(30)),
        "eicar": ("a.csv", EICAR),
        "empty": ("a.pdf", b""),
        "one byte": ("a.pdf", b"%"),
        "csv with NUL": ("a.csv", b"a,\x00b"),
        "right to left": ("a\u202efdp.csv", b"a,b"),
        "line feed in the name": ("a\n.csv", b"a,b"),
        "NUL in the name": ("a\x00.csv", b"a,b"),
    }


def mislabelled() -> dict[str, tuple[str, bytes]]:
    pdf = good.pdf()
    return {
        "docx as xlsx": ("a.xlsx", good.word()),
        "odt as ods": ("a.ods", good.open_document("text")),
        "zip as docx": ("a.docx", good.zipped({"a.csv": b"a"})),
        "png as jpg": ("a.jpg", good.image("PNG")),
        "truncated pdf": ("a.pdf", pdf[: len(pdf) // 2]),
        "truncated docx": ("a.docx", good.word()[:-40]),
        "truncated png": ("a.png", good.image("PNG", (900, 900))[:-30]),
        "junk before pdf": ("a.pdf", bytes(50) + pdf),
    }


def office() -> dict[str, tuple[str, bytes]]:
    vba = {"vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    return {
        "docm renamed": ("a.docx", macro_word()),
        "xlsm renamed": ("a.xlsx", with_macro_type(good.workbook())),
        "pptm renamed": ("a.pptx", with_macro_type(good.slides())),
        "vba in docx": (
            "a.docx",
            with_parts(good.word(), {"word/" + n: c for n, c in vba.items()}),
        ),
        "vba in xlsx": (
            "a.xlsx",
            with_parts(good.workbook(), {"xl/" + n: c for n, c in vba.items()}),
        ),
        "vba in pptx": (
            "a.pptx",
            with_parts(good.slides(), {"ppt/" + n: c for n, c in vba.items()}),
        ),
        "ole": ("a.docx", with_parts(good.word(), {"word/embeddings/oleObject1.bin": b"x"})),
        "packed program": ("a.docx", with_parts(good.word(), {"word/embeddings/a.exe": b"MZ"})),
        "bad workbook": ("a.pptx", with_parts(good.slides(), {"ppt/embeddings/b.xlsx": b"MZ"})),
        "activex": ("a.docx", with_parts(good.word(), {"word/activeX/activeX1.xml": b"<a/>"})),
        "dtd": ("a.docx", word_with_dtd()),
        "dtd in utf-16": ("a.docx", word_with_dtd("utf-16")),
        "template": ("a.docx", word_with_relationship("attachedTemplate", "http://evil.example/t")),
        "remote picture": ("a.docx", word_with_relationship("image", "http://evil.example/p.png")),
        "script link": ("a.docx", word_with_relationship("hyperlink", "javascript:alert(1)")),
    }


def open_documents() -> dict[str, tuple[str, bytes]]:
    odf = {"content.xml": b'<a xlink:href="vnd.sun.star.script:x?language=Basic"/>'}
    remote = b'<i xlink:href="http://evil.example/x.png" xlink:actuate="onLoad"/>'
    return {
        "odf macro": ("a.odt", with_parts(good.open_document("text"), {"Basic/m.xml": b"<m/>"})),
        "odf script": ("a.odt", with_parts(good.open_document("text"), odf)),
        "odf remote": ("a.odt", with_parts(good.open_document("text"), {"content.xml": remote})),
    }


def pdfs() -> dict[str, tuple[str, bytes]]:
    script = b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    return {
        "pdf script": ("a.pdf", pdf_with(script)),
        "pdf script spelled": ("a.pdf", pdf_with(script.replace(b"/Java", b"/J#61va"))),
        "pdf launch": ("a.pdf", pdf_with(b"/OpenAction<</S/Launch/F(cmd.exe)>>")),
        "pdf file": ("a.pdf", pdf_with(b"/Names<</EmbeddedFiles<</Names[]>>>>")),
        "pdf encrypted": ("a.pdf", pdf_with(b"/Encrypt 9 0 R")),
        "pdf hidden script": ("a.pdf", pdf_with_hidden_object()),
        "pdf mislabelled script": ("a.pdf", pdf_with_hidden_object(b"/Metadata")),
    }


def chimeras() -> dict[str, tuple[str, bytes]]:
    inner = good.zipped({"a.exe": EXECUTABLE})
    return {
        "pdf and zip": ("a.pdf", good.pdf() + inner),
        "png and zip": ("a.png", good.image("PNG") + inner),
        "jpg and html": ("a.jpg", good.image("JPEG", comment=PAGE)),
        "png and html": ("a.png", good.image("PNG") + PAGE),
        "gif and html as png": ("a.png", b"GIF89a/*" + PAGE + b"*/"),
        "pdf and html": ("a.pdf", good.pdf().replace(b"%%EOF", PAGE) + b"trailing"),
        "zip after junk": ("a.zip", EXECUTABLE + good.zipped({"a.csv": b"a"})),
        "zip before junk": ("a.zip", good.zipped({"a.csv": b"a"}) + PAGE),
        "csv and zip": ("a.csv", b"a,b\n" + inner),
    }


def archives() -> dict[str, tuple[str, bytes]]:
    return {
        "bomb": ("a.zip", bomb()),
        "bomb in docx": ("a.docx", with_parts(good.word(), {"word/x.xml": b" " * 60_000_000})),
        "lying bomb": ("a.zip", lying_bomb()),
        "crowd": ("a.zip", crowd()),
        "nested": ("a.zip", nested()),
        "overlapping": ("a.zip", overlapping()),
        "link": ("a.zip", link()),
        "climbing": ("a.zip", archive_of("../../a.csv")),
        "absolute": ("a.zip", archive_of("/etc/a.csv")),
        "drive": ("a.zip", archive_of("C:/a.csv")),
        "program inside": ("a.zip", archive_of("a.exe", EXECUTABLE)),
        "macro inside": ("a.zip", archive_of("a.docx", macro_word())),
        "no entry": ("a.zip", good.zipped({})),
    }
