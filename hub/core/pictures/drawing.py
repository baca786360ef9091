"""A first page drawn from its words, for files that hold no picture of it."""

from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[1] / "static" / "core" / "fonts"
PORTRAIT, LANDSCAPE = (720, 1018), (720, 405)
MARGIN = 64
INK, SOFT, RULE = "#1d2b2d", "#445254", "#0d4a50"
ENOUGH = 4_000  # signs: more never fits
SLIDES = ("pptx", "odp")


def page_of_words(title: str, text: str, file_format: str) -> Image.Image:
    """A sheet of paper, or a slide, with the title and the beginning of the text."""
    size = LANDSCAPE if file_format in SLIDES else PORTRAIT
    paper = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(paper)
    top = _write(pen, title[:300], _font("bold", 38), MARGIN, size, INK, rows=3)
    pen.rectangle((MARGIN, top + 6, MARGIN + 96, top + 11), fill=RULE)
    _write(pen, _without(title, text)[:ENOUGH], _font("regular", 21), top + 36, size, SOFT)
    return paper


def _write(
    pen: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, top: float,
    size: tuple[int, int], colour: str, rows: int = 100,
) -> float:  # fmt: skip
    """Write what fits, line by line; return where the next thing may stand."""
    step = font.size * 1.4
    for line in _lines(text, font, size[0] - 2 * MARGIN)[:rows]:
        if top + step > size[1] - MARGIN / 2:
            break
        pen.text((MARGIN, top), line, font=font, fill=colour)
        top += step
    return top


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and font.getlength(longer) > width:
                lines.append(line)
                longer = word
            line = longer[:120]
        lines.append(line)
    return lines


def _without(title: str, text: str) -> str:
    """The text, which often begins with the title that stands above it already."""
    stripped = text.lstrip()
    return stripped[len(title) :].lstrip() if stripped.startswith(title) else stripped


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"atkinson-hyperlegible-{weight}.woff2", size)
