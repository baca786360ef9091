"""Files made to exhaust or to deceive whoever reads them: bombs, loops, entities, wild numbers."""

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from tests.core import extraction_files as files
from tests.core import raw_pdf
from tests.core.raw_pdf import CATALOGUE, FLATE, FONT, packed, page, pages, shown, stream, written

Hostile = dict[str, tuple[str, bytes]]
WORD = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ONE_PAGE = {1: CATALOGUE, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 4: FONT}
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
FORM_RESOURCES = b"/XObject<</X %d 0 R>>"
WITH_A_WORD = {**ONE_PAGE, 3: page(5), 5: stream(shown("mot"))}


def hostile_files(secret: Path) -> Hostile:
    """Each file by what it tries: the extension it is read as, and its bytes.

    ``secret`` is a file whose words an external entity asks for.
    """
    pdf = pdf_bombs() | pdf_structures() | pdf_pages() | pdf_tables()
    cases: Hostile = {f"pdf: {name}": ("pdf", content) for name, content in pdf.items()}
    return cases | packages() | entities(secret) | shapes() | delimited()


def pdf_bombs() -> dict[str, bytes]:
    two, three = b"/Filter[/FlateDecode/FlateDecode]", b"/Filter[/FlateDecode/RunLengthDecode]"
    many = b"/Filter[" + b"/FlateDecode" * 500 + b"]"
    return {
        "300 MB of spaces": pages([stream(packed(b" ", 300 << 20), FLATE)]),
        "600 MB of spaces, packed twice": pages([stream(packed(b" ", 600 << 20, 2), two)]),
        "run lengths, packed": pages([stream(packed(b"\x81 ", 20 << 20), three)]),
        "600 MB of spaces by LZW": pages([stream(lzw_bomb(85), b"/Filter/LZWDecode")]),
        "a page of two million letters": pages([bomb_of_letters(40_000)]),
        "a page of twenty million letters": pages([bomb_of_letters(400_000)]),
        "many filters": pages([stream(packed(b"x", 9_999), many)]),
        "a form that takes the processor": endless_pdf(),
        "a hundred slow pages": pages([stream(packed(b"/F1 12 Tf ", 900_000), FLATE)] * 100),
    }


def lzw_bomb(rounds: int) -> bytes:
    """Spaces, seven megabytes a round: each code stands for one space more than that before it."""
    growing = "".join(
        f"{code:0{9 + sum(position + 258 >= step for step in (512, 1024, 2048))}b}"
        for position, code in enumerate([32, *range(258, 4094)])
    )
    again = f"{256:012b}" + growing
    text = f"{256:09b}" + growing + again * (rounds - 1)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def endless_pdf() -> bytes:
    """It takes half a minute, and little memory."""
    return form(packed(b"q Q ", 5_000_000), b"/X Do " * 60)


def bomb_of_letters(times: int) -> bytes:
    body = b"BT /F1 12 Tf " + (b"(" + b"a" * 48 + b") Tj ") * times + b"ET"
    return stream(zlib.compress(body, 9), FLATE)


def form(content: bytes, calls: bytes, entries: bytes = FLATE, resources: bytes = b"") -> bytes:
    """A page that draws form X, again and again."""
    return written(
        {
            **ONE_PAGE,
            3: page(5, FORM_RESOURCES % 6),
            5: stream(calls),
            6: stream(content, entries + FORM + b"/Resources<<%s>>" % resources),
        }
    )


def pdf_structures() -> dict[str, bytes]:
    grown = {
        n: stream(b"/X Do " * 10, FORM + b"/Resources<<%s>>" % (FORM_RESOURCES % (n + 1)))
        for n in range(10, 40)
    }
    tower = {**ONE_PAGE, 3: page(5, FORM_RESOURCES % 10), 5: stream(b"/X Do"), **grown}
    tree = b"<</Type/Catalog/Pages 2 0 R/X "
    return {
        "a form that draws itself": form(b"/X Do /X Do", b"/X Do", b"", FORM_RESOURCES % 6),
        "forms in forms, ten times each": written(tower),
        "a million brackets in a page": pages([stream(b"[" * 1_000_000 + shown("mot"))]),
        "a million saved states": pages([stream(b"q " * 1_000_000 + shown("mot"))]),
        "deep arrays": written(WITH_A_WORD | {1: tree + b"[" * 400_000 + b">>"}),
        "deep dictionaries": written(WITH_A_WORD | {1: tree + b"<</X" * 100_000}),
        "ten million numbers": written(WITH_A_WORD | {9: b"[" + b"0 " * 10_000_000 + b"]"}),
    }


def pdf_pages() -> dict[str, bytes]:
    nodes = b"<</Type/Pages/Kids[%d 0 R]/Parent %d 0 R/Count 2147483647>>"
    descendants = b"<</Type/Font/Subtype/Type0/DescendantFonts[4 0 R]>>"
    changes: dict[str, dict[int, bytes]] = {
        "pages that contain themselves": {2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>"},
        "pages that contain each other": {2: nodes % (3, 3), 3: nodes % (2, 2)},
        "two billion pages": {2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"},
        "fewer than no pages": {2: b"<</Type/Pages/Kids[3 0 R]/Count -5>>"},
        "a length in the air": {5: b"<</Length 9 0 R>>\nstream\nBT ET\nendstream"},
        "a length of its own": {5: b"<</Length 5 0 R>>\nstream\nBT ET\nendstream"},
        "a page of pages": {3: page(2)},
        "a font of itself": {4: descendants},
        "a wild box": {3: page(5).replace(b"595 842", b"1e99 -1e99")},
    }
    return {name: written(WITH_A_WORD | change) for name, change in changes.items()}


def pdf_tables() -> dict[str, bytes]:
    good = written(WITH_A_WORD)
    inside = stream(zlib.compress(b"7 0 " + b"[" * 5_000_000), b"/Type/ObjStm/N 1/First 4" + FLATE)
    own = stream(zlib.compress(b"9 0 <<>>"), b"/Type/ObjStm/N 1/First 4/Extends 9 0 R" + FLATE)
    return {
        "a table that comes before itself": written(WITH_A_WORD, b"/Prev 9"),
        "a table far away": good.replace(b"startxref\n", b"startxref\n99999999999"),
        "no table": good[: good.index(b"xref")],
        "only a header": b"%PDF-1.7\n",
        "nothing": b"",
        "wide rows": raw_pdf.with_table_stream(WITH_A_WORD, b"/W[1 2147483647 1]"),
        "rows of no width": raw_pdf.with_table_stream(WITH_A_WORD, b"/W[0 0 0]"),
        "negative rows": raw_pdf.with_table_stream(WITH_A_WORD, b"/W[-1 4 -1]"),
        "rows for two billion objects": raw_pdf.with_table_stream(
            WITH_A_WORD, b"/W[1 4 1]/Index[0 2147483647]"
        ),
        "a table of tables": raw_pdf.with_table_stream(WITH_A_WORD, b"/W[1 4 1]/Prev 0"),
        "objects in a deep object": raw_pdf.with_table_stream({**WITH_A_WORD, 8: inside}),
        "objects in themselves": raw_pdf.with_table_stream({**WITH_A_WORD, 9: own}),
        "an unknown cipher": written(
            {**WITH_A_WORD, 6: b"<</Filter/Standard/V 99/R 99/O()/U()/P 0>>"}, b"/Encrypt 6 0 R"
        ),
        "a cipher of itself": written(WITH_A_WORD, b"/Encrypt 1 0 R/ID[()()]"),
    }


def document_of(body: str) -> bytes:
    return f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'.encode()


def packages() -> Hostile:
    good = files.word()
    parts = files.unzipped(good)
    spaces = files.with_parts(good, {WORD: document_of(" " * 160_000_000)})
    lying = bytearray(files.with_parts(good, {WORD: document_of("<w:p/>" * 2_000_000)}))
    size = len(document_of("<w:p/>" * 2_000_000)).to_bytes(4, "little")
    return {
        "docx: 160 MB of spaces": ("docx", spaces),
        "docx: a size that lies": ("docx", bytes(lying).replace(size, b"\x0a\x00\x00\x00")),
        "docx: packed in an unusual way": ("docx", files.zipped(parts, zipfile.ZIP_LZMA)),
        "docx: a password on each part": ("docx", _marked_as_enciphered(good)),
        "docx: the same part twice": ("docx", _with_twice(parts)),
        "docx: thirty thousand parts": ("docx", _crowd(parts)),
        "docx: no document": ("docx", files.zipped({"a.xml": b"<a/>"})),
        "docx: no part": ("docx", files.zipped({})),
        "docx: a slide show": ("docx", files.slides()),
        "pptx: a text": ("pptx", good),
        "docx: nothing": ("docx", b""),
        "odt: nothing inside": ("odt", files.zipped({})),
        "xlsx: a part that is a folder": ("xlsx", files.zipped({"_rels/.rels/": b""})),
        "docx: relations to outside": (
            "docx",
            files.with_parts(good, {"_rels/.rels": parts["_rels/.rels"].replace(b"word/", b"../../")}),
        ),
    }  # fmt: skip


def _marked_as_enciphered(package: bytes) -> bytes:
    changed = bytearray(package)
    position = changed.find(b"PK\x01\x02")
    while position >= 0:
        changed[position + 8] |= 1
        position = changed.find(b"PK\x01\x02", position + 4)
    return bytes(changed)


def _with_twice(parts: Mapping[str, bytes]) -> bytes:
    twin = WORD.replace("word", "ward")
    package = files.zipped({**parts, twin: b"<a>"})
    return package.replace(twin.encode(), WORD.encode())


def _crowd(parts: Mapping[str, bytes]) -> bytes:
    return files.zipped(
        {**parts, **{f"p/{number}": b"" for number in range(30_000)}}, zipfile.ZIP_STORED
    )


def entities(secret: Path) -> Hostile:
    """Declarations that grow, or that name other files."""
    laughs = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    declarations = {
        "a billion laughs": (f"[{laughs}]", "&a9;"),
        "a long entity many times": (f'[<!ENTITY b "{"b" * 99_999}">]', "&b;" * 9_999),
        "another file": (f'[<!ENTITY c SYSTEM "{secret.as_uri()}">]', "&c;"),
        "another file by parameter": (f'[<!ENTITY % d SYSTEM "{secret.as_uri()}"> %d;]', "mot"),
        "another site": ('SYSTEM "http://localhost:9/x.dtd" []', "&e;"),
    }
    cases: Hostile = {}
    for name, (declared, used) in declarations.items():
        body = f"<w:p><w:r><w:t>{used}</w:t></w:r></w:p>"
        text = document_of(body).decode().replace("?>", f"?><!DOCTYPE x {declared}>", 1)
        wide = text.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")
        cases[f"docx: {name}"] = ("docx", files.with_parts(files.word(), {WORD: text.encode()}))
        cases[f"docx: {name}, wide"] = ("docx", files.with_parts(files.word(), {WORD: wide}))
        odf = {"content.xml": text.encode()}
        cases[f"odt: {name}"] = ("odt", files.with_parts(files.open_text(), odf))
    return cases


def shapes() -> Hostile:
    """Well-formed, and out of all proportion."""
    long = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>T</w:t></w:r></w:p>'
    bodies = {
        "a paragraph of 100 MB": long.format("mot " * 25_000_000),
        "a word of 3 MB": long.format("a" * 3_000_000),
        "hyphens at the end of every line": long.format("a-\n" * 1_000_000),
        "soft hyphens and tabs": long.format("\u00ad" + "\t" * 1_000_000),
        "twenty thousand headings": heading * 20_000,
        "paragraphs in paragraphs": "<w:p>" * 100_000 + "</w:p>" * 100_000,
        "two hundred thousand attributes": "<w:p "
        + " ".join(f'a{n}=""' for n in range(200_000))
        + "/>",
    }
    cases: Hostile = {
        f"docx: {name}": ("docx", files.with_parts(files.word(), {WORD: document_of(body)}))
        for name, body in bodies.items()
    }
    text = "<text:p>" * 100_000 + "mot" + "</text:p>" * 100_000
    cases["odt: paragraphs in paragraphs"] = ("odt", files.open_document("text", text))
    sheets = '<table:table table:name="a"/>' * 100_000
    cases["ods: a hundred thousand sheets"] = ("ods", files.open_document("spreadsheet", sheets))
    return cases | _workbooks()


def _workbooks() -> Hostile:
    rows = "<worksheet><sheetData>{}</sheetData></worksheet>".format
    bodies = {
        "cells that point nowhere": rows(
            '<row><c t="s"><v>-9</v></c><c t="s"><v>99999</v></c></row>'
        ),
        "cells that point at no number": rows('<row><c t="s"><v>mot</v></c></row>'),
        "a number of five thousand digits": rows(f'<row><c t="s"><v>{"9" * 5000}</v></c></row>'),
        "a row of 100 000 cells": rows("<row>" + "<c><v>1</v></c>" * 100_000 + "</row>"),
    }
    sheet = "xl/worksheets/sheet1.xml"
    cases: Hostile = {
        f"xlsx: {name}": ("xlsx", files.with_parts(files.shared_workbook(), {sheet: body.encode()}))
        for name, body in bodies.items()
    }
    shared = f"<sst><si><t>{'mot ' * 500_000}</t></si></sst>".encode()
    again = rows("<row>" + '<c t="s"><v>0</v></c>' * 1_000 + "</row>").encode()
    parts = {sheet: again, "xl/sharedStrings.xml": shared}
    cases["xlsx: 2 MB in every cell"] = ("xlsx", files.with_parts(files.shared_workbook(), parts))
    return cases


def delimited() -> Hostile:
    return {
        "csv: a quotation that never ends": ("csv", b'"' + b"mot\n" * 3_000_000),
        "csv: nothing but separators": ("csv", b";" * 9_000_000),
        "csv: no byte of text": ("csv", bytes(1_000_000)),
        "csv: every byte": ("csv", bytes(range(256)) * 9_999),
        "csv: lines without an end": ("csv", b"a" * 9_000_000),
    }
