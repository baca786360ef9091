"""Makes small real videos: pictures that Pillow encodes, laid in the boxes of WebM and MP4.

A lossy WebP picture is a key frame of VP8, an AVIF picture one of AV1: no program but Python is
needed, and the same film comes out each time. One picture a second, its number drawn in it.
"""

import io
import struct

from PIL import Image, ImageDraw

SIZE = (160, 90)


def picture(number: int) -> Image.Image:
    image = Image.new("RGB", SIZE, (13, 74, 80 + number % 100))
    ImageDraw.Draw(image).text((60, 35), f"{number // 60}:{number % 60:02d}", (255, 255, 255))
    return image


# -- WebM ----------------------------------------------------------------------------------------
def element(number: int, *content: bytes) -> bytes:
    """An element whose length is written on eight bytes."""
    body = b"".join(content)
    length = (number.bit_length() + 7) // 8
    return number.to_bytes(length, "big") + struct.pack(">Q", len(body) | 1 << 56) + body


def whole(value: int) -> bytes:
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big")


def vp8(number: int) -> bytes:
    out = io.BytesIO()
    picture(number).save(out, "WEBP", quality=20, method=0)
    content = out.getvalue()
    at = content.index(b"VP8 ")
    return content[at + 8 : at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")]


def webm(
    seconds: int = 90,
    *,
    doctype: bytes = b"webm",
    codec: bytes = b"V_VP8",
    duration: bool = True,
    cues: bool = True,
    besides: bytes = b"",
) -> bytes:
    """A film of ``seconds`` without sound; the options make it wrong in one way each."""
    head = _head(doctype)
    length = element(0x4489, struct.pack(">d", seconds * 1000.0)) if duration else b""
    info = element(
        0x1549A966, element(0x2AD7B1, whole(1_000_000)), length,
        element(0x4D80, b"films"), element(0x5741, b"films"),
    )  # fmt: skip
    sides = element(0xB0, whole(SIZE[0])), element(0xBA, whole(SIZE[1]))
    track = element(
        0xAE, element(0xD7, b"\1"), element(0x73C5, b"\1"), element(0x83, b"\1"),
        element(0x86, codec), element(0xE0, *sides),
    )  # fmt: skip
    tracks = element(0x1654AE6B, track)
    clusters = [_cluster(number) for number in range(seconds)]
    points = _points(clusters, len(info) + len(tracks))
    index = element(0x1C53BB6B, *points) if cues else b""
    return head + element(0x18538067, info, tracks, *clusters, index, besides)


def _head(doctype: bytes) -> bytes:
    return element(
        0x1A45DFA3,
        element(0x4286, b"\1"), element(0x42F7, b"\1"), element(0x42F2, b"\4"),
        element(0x42F3, b"\10"), element(0x4282, doctype), element(0x4287, b"\2"),
        element(0x4285, b"\2"),
    )  # fmt: skip


def _points(clusters: list[bytes], at: int) -> list[bytes]:
    """Where each picture stands, the first at ``at``."""
    points = []
    for number, cluster in enumerate(clusters):
        place = element(0xB7, element(0xF7, b"\1"), element(0xF1, whole(at)))
        points.append(element(0xBB, element(0xB3, whole(number * 1000)), place))
        at += len(cluster)
    return points


def _cluster(number: int) -> bytes:
    block = b"\x81\0\0\x80" + vp8(number)
    return element(0x1F43B675, element(0xE7, whole(number * 1000)), element(0xA3, block))


# -- MP4 -----------------------------------------------------------------------------------------
def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full(kind: bytes, *content: bytes, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", flags), *content)


def av1(number: int) -> tuple[bytes, bytes]:
    """A key frame of AV1 and the box that tells how it is encoded."""
    out = io.BytesIO()
    picture(number).save(out, "AVIF", quality=30, speed=10)
    content = out.getvalue()
    at = content.index(b"av1C") - 4
    config = content[at : at + int.from_bytes(content[at : at + 4], "big")]
    at = content.index(b"mdat") - 4
    return content[at + 8 : at + int.from_bytes(content[at : at + 4], "big")], config


MATRIX = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


def mp4(
    seconds: int = 8,
    *,
    brand: bytes = b"isom",
    codec: bytes = b"av01",
    handler: bytes = b"vide",
    duration: bool = True,
    elsewhere: bool = False,
) -> bytes:
    """A film of ``seconds`` without sound; the options make it wrong in one way each."""
    frames = [av1(number) for number in range(seconds)]
    samples = [frame for frame, _config in frames]
    head = box(b"ftyp", brand, bytes(4), brand, b"av01" if brand == b"isom" else brand)
    length = seconds * 1000 if duration else 0
    offset = len(head) + len(_moov(samples, frames[0][1], 0, length, codec, handler, elsewhere)) + 8
    moov = _moov(samples, frames[0][1], offset, length, codec, handler, elsewhere)
    return head + moov + box(b"mdat", *samples)


def _table(samples: list[bytes], config: bytes, offset: int, codec: bytes) -> bytes:
    entry = box(
        codec, bytes(6), struct.pack(">H", 1), bytes(16), struct.pack(">HH", *SIZE),
        struct.pack(">II", 72 << 16, 72 << 16), bytes(4), struct.pack(">H", 1), bytes(32),
        struct.pack(">Hh", 24, -1), config,
    )  # fmt: skip
    sizes = [struct.pack(">I", len(sample)) for sample in samples]
    return box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 1), entry),
        full(b"stts", struct.pack(">III", 1, len(samples), 1000)),
        full(b"stsc", struct.pack(">IIII", 1, 1, len(samples), 1)),
        full(b"stsz", struct.pack(">II", 0, len(samples)), *sizes),
        full(b"stco", struct.pack(">II", 1, offset)),
    )


def _moov(
    samples: list[bytes], config: bytes, offset: int, length: int, codec: bytes, handler: bytes,
    elsewhere: bool,
) -> bytes:  # fmt: skip
    table = _table(samples, config, offset, codec)
    name = b"http://elsewhere.example/\0" if elsewhere else b""
    reference = full(b"url ", name, flags=not elsewhere)
    media = box(
        b"mdia",
        full(b"mdhd", struct.pack(">IIIIHH", 0, 0, 1000, len(samples) * 1000, 0x55C4, 0)),
        full(b"hdlr", bytes(4), handler, bytes(12), b"films\0"),
        box(
            b"minf", full(b"vmhd", bytes(8), flags=1),
            box(b"dinf", full(b"dref", struct.pack(">I", 1), reference)), table,
        ),
    )  # fmt: skip
    track = full(
        b"tkhd", struct.pack(">IIIII", 0, 0, 1, 0, length), bytes(8), bytes(8), MATRIX,
        struct.pack(">II", SIZE[0] << 16, SIZE[1] << 16), flags=3,
    )  # fmt: skip
    whole_film = full(
        b"mvhd", struct.pack(">IIII", 0, 0, 1000, length), struct.pack(">IH", 1 << 16, 0x100),
        bytes(10), MATRIX, bytes(24), struct.pack(">I", 2),
    )  # fmt: skip
    return box(b"moov", whole_film, box(b"trak", track, media))
