"""Pictures that must never be taken in: a few bytes that unpack to gigabytes, films too long."""

import io
import struct
import zlib

from PIL import Image


def huge_png(side: int) -> bytes:
    """The header announces ``side`` × ``side`` pixels; there is hardly any data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        )

    header = struct.pack(">LLBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(100))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def flat_png(side: int) -> bytes:
    """Real pixels, all alike: a few hundred kilobytes that unpack to gigabits."""
    rows = zlib.compress((b"\0" + b"\xff" * (side // 8)) * side, 9)
    header = struct.pack(">LLBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    chunks = (
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def film(frames: int, side: int) -> bytes:
    pictures = [Image.new("RGB", (side, side), (n % 2 * 255, n * 4, 0)) for n in range(frames)]
    target = io.BytesIO()
    pictures[0].save(target, "WEBP", save_all=True, append_images=pictures[1:], quality=1, method=0)
    return target.getvalue()


def pictures() -> dict[str, tuple[str, bytes]]:
    return {
        "30k square": ("a.png", huge_png(30_000)),
        "13k square": ("a.png", huge_png(13_000)),
        "11.3k square": ("a.png", huge_png(11_300)),
        "6k square": ("a.png", huge_png(6_000)),
        "png bomb of one colour": ("a.png", flat_png(12_000)),
        "film of 61": ("a.webp", film(61, 8)),
        "film too large": ("a.webp", film(30, 1000)),
    }
