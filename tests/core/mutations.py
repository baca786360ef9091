"""Good files spoilt at random, always in the same way: a seed makes the same file everywhere."""

import random
import re
from collections.abc import Callable
from typing import Final

from tests.core import extraction_files as files
from tests.core import raw_pdf
from tests.core.raw_pdf import shown, stream

Spoil = Callable[[random.Random, bytearray], None]
NUMBER: Final = re.compile(rb"\d+")
WILD: Final = [b"-1", b"0", b"4294967296", b"2147483647", b"1e300", b"9" * 40]
OPENINGS: Final = [b"[", b"<<", b"(", b"<a>", b"</w:p>", b"\x00", b"\xff", b"&", b"stream\n"]
PER_FILE: Final = 20


def spoilt_files() -> dict[str, tuple[str, bytes]]:
    """By name: the extension each is read as, and its bytes."""
    cases = {}
    for name, (extension, content) in good_files().items():
        for seed in range(PER_FILE):
            rng = random.Random(f"{name} {seed}")
            spoil = _spoilt_inside if content.startswith(b"PK") and seed % 3 else _spoilt
            cases[f"{name}, seed {seed}"] = (extension, spoil(rng, content))
    return cases


def good_files() -> dict[str, tuple[str, bytes]]:
    lines = [stream(shown(words)) for words in ("Une page", "Deux pages")]
    plain = {1: raw_pdf.CATALOGUE, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: raw_pdf.page(5)}
    objects = {**plain, 4: raw_pdf.FONT, 5: lines[0]}
    return {
        "tagged pdf": ("pdf", files.pdf()),
        "plain pdf": ("pdf", raw_pdf.pages(lines)),
        "pdf with a compressed table": ("pdf", raw_pdf.with_table_stream(objects)),
        "scanned pdf": ("pdf", files.scanned_pdf(1)),
        "protected pdf": ("pdf", raw_pdf.protected("Secret", password=b"")),
        "docx": ("docx", files.word()),
        "pptx": ("pptx", files.slides()),
        "xlsx": ("xlsx", files.shared_workbook()),
        "odt": ("odt", files.open_text()),
        "odp": ("odp", files.open_slides()),
        "ods": ("ods", files.open_workbook()),
        "csv": ("csv", "nom;présents\nTrois Rivières;42\n".encode() * 40),
    }


def _spoilt(rng: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _time in range(rng.randint(1, 4)):
        rng.choice(SPOILERS)(rng, changed)
    return bytes(changed)


def _spoilt_inside(rng: random.Random, package: bytes) -> bytes:
    """Spoil parts of a package and pack it again: its checksums are right, its XML is not."""
    parts = files.unzipped(package)
    for name in rng.sample(sorted(parts), k=min(len(parts), 3)):
        parts[name] = _spoilt(rng, parts[name])
    main = max(parts, key=lambda name: len(parts[name]) * name.endswith(".xml"))
    return files.zipped(parts | {main: _spoilt(rng, parts[main])})


def _slice(rng: random.Random, content: bytearray) -> tuple[int, int]:
    start = rng.randrange(len(content) + 1)
    return start, min(len(content), start + rng.choice([1, 8, 64, 1024]))


def _flip(rng: random.Random, content: bytearray) -> None:
    for _bit in range(rng.choice([1, 4, 32, 256])):
        if content:
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def _truncate(rng: random.Random, content: bytearray) -> None:
    del content[rng.randrange(len(content) + 1) :]


def _cut(rng: random.Random, content: bytearray) -> None:
    start, end = _slice(rng, content)
    del content[start:end]


def _blank(rng: random.Random, content: bytearray) -> None:
    start, end = _slice(rng, content)
    content[start:end] = bytes(end - start)


def _repeat(rng: random.Random, content: bytearray) -> None:
    start, end = _slice(rng, content)
    content[start:start] = content[start:end] * rng.choice([1, 2, 50])


def _move(rng: random.Random, content: bytearray) -> None:
    start, end = _slice(rng, content)
    moved = content[start:end]
    del content[start:end]
    position = rng.randrange(len(content) + 1)
    content[position:position] = moved


def _grow_numbers(rng: random.Random, content: bytearray) -> None:
    found = [match.span() for match in NUMBER.finditer(content)]
    for start, end in sorted(rng.sample(found, k=min(len(found), 3)), reverse=True):
        content[start:end] = rng.choice(WILD)


def _open_without_closing(rng: random.Random, content: bytearray) -> None:
    position = rng.randrange(len(content) + 1)
    content[position:position] = rng.choice(OPENINGS) * rng.choice([1, 100, 20_000])


SPOILERS: Final[list[Spoil]] = [
    _flip, _truncate, _cut, _blank, _repeat, _move, _grow_numbers, _open_without_closing,
]  # fmt: skip
