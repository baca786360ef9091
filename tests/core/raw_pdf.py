"""PDF files written object by object, to say what no program would: loops, bombs, wrong keys."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
FLATE = b"/Filter/FlateDecode"
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
IDENTIFIER = b"0123456789abcdef"


def written(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A whole PDF; object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets: dict[int, int] = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % offsets.get(number, 0)
    end = (size, trailer, table)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % end)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def shown(words: str) -> bytes:
    """Page content that draws ``words``."""
    return b"BT /F1 12 Tf 50 700 Td (%s) Tj ET" % words.encode("cp1252")


def page(content: int, resources: bytes = b"", parent: int = 2) -> bytes:
    return (
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>%s>>"
        b"/Contents %d 0 R>>" % (parent, resources, content)
    )


def pages(contents: Iterable[bytes], others: Mapping[int, bytes] | None = None) -> bytes:
    """One page for each content, which is a stream object; ``others`` are objects from 5 to 9."""
    objects = {1: CATALOGUE, 4: FONT, **(others or {})}
    kids = []
    for number, content in enumerate(contents):
        objects[10 + 2 * number], objects[11 + 2 * number] = page(11 + 2 * number), content
        kids.append(b"%d 0 R" % (10 + 2 * number))
    objects[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return written(objects)


def protected(words: str, *, password: bytes) -> bytes:
    """A page of ``words``, enciphered in the oldest of ways (RC4, 40 bits)."""
    padded = (password + PADDING)[:32]
    owner = _rc4(hashlib.md5(PADDING).digest()[:5], padded)
    permissions = b"\xfc\xff\xff\xff"
    key = hashlib.md5(padded + owner + permissions + IDENTIFIER).digest()[:5]
    own = hashlib.md5(key + b"\x05\x00\x00\x00\x00").digest()[:10]
    entries = (owner.hex().encode(), _rc4(key, PADDING).hex().encode())
    objects = {
        1: CATALOGUE,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page(5),
        4: FONT,
        5: stream(_rc4(own, shown(words))),
        6: b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % entries,
    }
    identifier = IDENTIFIER.hex().encode()
    return written(objects, b"/Encrypt 6 0 R/ID[<%s><%s>]" % (identifier, identifier))


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def packed(piece: bytes, times: int, rounds: int = 1) -> bytes:
    """``piece`` repeated, compressed ``rounds`` times, without ever holding it whole."""
    chunk = piece * max(1, 65_536 // len(piece))
    repeats = times * len(piece) // len(chunk)
    source: Iterable[bytes] = (chunk for _chunk in range(repeats))
    for _round in range(rounds):
        source = _compressed(source)
    return b"".join(source)


def _compressed(source: Iterable[bytes]) -> Iterable[bytes]:
    machine = zlib.compressobj(1)
    for chunk in source:
        yield machine.compress(chunk)
    yield machine.flush()


def with_table_stream(objects: Mapping[int, bytes], entries: bytes = b"/W[1 4 1]") -> bytes:
    """A PDF whose table of objects is itself a compressed object; ``entries`` describe it."""
    out = bytearray(b"%PDF-1.7\n")
    number = max(objects) + 1
    rows = [b"\x00" * 6] * (number + 1)
    for key, body in objects.items():
        rows[key] = b"\x01" + len(out).to_bytes(4, "big") + b"\x00"
        out += b"%d 0 obj\n%s\nendobj\n" % (key, body)
    rows[number] = b"\x01" + len(out).to_bytes(4, "big") + b"\x00"
    start = len(out)
    head = b"/Type/XRef/Size %d/Root 1 0 R%s%s" % (number + 1, entries, FLATE)
    table = stream(zlib.compress(b"".join(rows)), head)
    return bytes(out + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, table, start))
