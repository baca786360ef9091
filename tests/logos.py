"""Logos as co-ops have them, and where one stands in a file."""

import io
from dataclasses import dataclass

import pypdfium2
from docx import Document as Word
from docx.oxml.ns import qn
from odfdo import Document as Open
from PIL import Image, ImageDraw
from pptx import Presentation

EMU = 36000  # to a millimetre
POINT = 25.4 / 72
CM = 10


def drawn(size, mode="RGB", ground="white"):
    """A picture whose left half is red and whose right half is blue: one sees if it is turned."""
    image = Image.new(mode, size, ground)
    draw = ImageDraw.Draw(image)
    middle = max(1, size[0] // 2)
    ink = {
        "RGBA": ((200, 30, 30, 255), (30, 30, 200, 255)),
        "CMYK": ((0, 220, 220, 30), (220, 220, 0, 30)),
    }
    left, right = ink.get(mode, ((200, 30, 30), (30, 30, 200)))
    draw.rectangle((0, 0, middle - 1, size[1]), fill=left)
    if size[0] > 1:
        draw.rectangle((middle, size[1] // 4, size[0], size[1] - size[1] // 4 - 1), fill=right)
    return image


def saved(image, kind, **options):
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6  # held sideways: to be shown a quarter turn to the right
    return saved(drawn((300, 200)), "JPEG", exif=exif)


# The name of each logo: the file it is sent as, its bytes, its width for a height of one.
LOGOS = {
    "plain": ("logo.png", saved(drawn((600, 400)), "PNG"), 1.5),
    "very wide": ("logo.png", saved(drawn((4000, 40)), "PNG"), 100),
    "very tall": ("logo.png", saved(drawn((30, 3000)), "PNG"), 0.01),
    "one pixel": ("logo.png", saved(drawn((1, 1)), "PNG"), 1),
    "transparent": ("logo.png", saved(drawn((500, 300), "RGBA", (0, 0, 0, 0)), "PNG"), 5 / 3),
    "palette": ("logo.png", saved(drawn((500, 250)).quantize(8), "PNG"), 2),
    "grey": ("logo.png", saved(drawn((500, 250)).convert("L"), "PNG"), 2),
    "cmyk": ("logo.jpg", saved(drawn((400, 200), "CMYK", (0, 0, 0, 0)), "JPEG"), 2),
    "turned": ("logo.jpeg", turned(), 2 / 3),
    "webp": ("logo.webp", saved(drawn((300, 400)), "WEBP"), 0.75),
}

NAMES = [
    "L’Habitat coopératif",
    'Été & Cie <habitat> « social » "l\'abri"',
    "Coopérative d’habitation des Hautes-Terres-et-du-Val-de-Loire",
    "A" * 60,
    "{{ 7*7 }} {% raw %} \\1 \\g<0>",
    "]]> &amp; <script>",
]


@dataclass
class Place:
    """Where a picture stands on its page, in millimetres, and what it is called."""

    page: tuple[float, float]
    left: float
    top: float
    width: float
    height: float
    words: str = ""

    def holds(self, other, slack=0.2):
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.left + other.width <= self.left + self.width + slack
            and other.top + other.height <= self.top + self.height + slack
        )


def places(extension, content):
    """Every picture that stands for a logo in a file, in the order of its pages."""
    return {"docx": _in_word, "pptx": _in_slides, "odt": _in_text, "pdf": _in_pdf}[extension](
        content
    )


def _in_word(content):
    document = Word(io.BytesIO(content))
    section = document.sections[0]
    page = section.page_width.mm, section.page_height.mm
    found = []
    for anchor in section.header._element.iter(qn("wp:anchor")):
        left, top = (
            int(anchor.find(f"{qn(side)}/{qn('wp:posOffset')}").text) / EMU
            for side in ("wp:positionH", "wp:positionV")
        )
        extent, about = anchor.find(qn("wp:extent")), anchor.find(qn("wp:docPr"))
        size = int(extent.get("cx")) / EMU, int(extent.get("cy")) / EMU
        found.append(Place(page, left, top, *size, about.get("descr")))
    return found


def _in_slides(content):
    deck = Presentation(io.BytesIO(content))
    page = deck.slide_width / EMU, deck.slide_height / EMU
    pictures = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13]
    return [
        Place(
            page, shape.left / EMU, shape.top / EMU, shape.width / EMU, shape.height / EMU,
            shape._element.nvPicPr.cNvPr.get("descr"),
        )
        for shape in pictures
    ]  # fmt: skip


def _in_text(content):
    document = Open(io.BytesIO(content))
    layout = document.get_style("page-layout", "Mpm1").get_element("style:page-layout-properties")

    def length(element, name):
        return float(element.get_attribute_string(name).removesuffix("cm")) * CM

    page = tuple(
        float(layout.get_attribute_string(name).removesuffix("mm"))
        for name in ("fo:page-width", "fo:page-height")
    )
    return [
        Place(page, *(length(frame, name) for name in ("svg:x", "svg:y", "svg:width", "svg:height")),
              frame.svg_description)
        for frame in document.body.get_elements("descendant::draw:frame[draw:image]")
    ]  # fmt: skip


def _in_pdf(content):
    document = pypdfium2.PdfDocument(content)
    width, height = document[0].get_size()
    found = []
    for thing in document[0].get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)):
        left, bottom, right, top = thing.get_bounds()
        found.append(
            Place(
                (width * POINT, height * POINT), left * POINT, (height - top) * POINT,
                (right - left) * POINT, (top - bottom) * POINT,
            )
        )  # fmt: skip
    return found


def picture_of(extension, content, zone):
    """What a person can look at: the page itself, or a plan of it where no program can show it."""
    if extension == "pdf":
        return pypdfium2.PdfDocument(content)[0].render(scale=1.5).to_pil()
    scale = 3
    plan = Image.new("RGB", tuple(round(side * scale) for side in zone.page), "white")
    draw = ImageDraw.Draw(plan)
    draw.rectangle((0, 0, plan.width - 1, plan.height - 1), outline="black")
    draw.rectangle(_corners(zone, scale), outline="grey")
    for place in places(extension, content):
        box = _corners(place, scale)
        draw.rectangle(box, fill="#c81e1e", outline="#1e1ec8")
        draw.text((box[0], box[3] + 4), place.words, fill="black")
    return plan


def _corners(place, scale):
    return (
        place.left * scale, place.top * scale, (place.left + place.width) * scale,
        (place.top + place.height) * scale,
    )  # fmt: skip
