"""Compares what libraries find in the same files: the figures of docs/adr/0011-text-from-files.md.

Usage: python -m tests.core.extraction_figures. A library that is not installed is left out; files
that LibreOffice makes are left out without ``soffice``. Each measure is a process of its own, held
to the memory of the product. Every text is cleaned as the product does; the share of words found
counts those on their own page. Each library is asked for all the text, with one thread.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx
import xlsxwriter
from pptx import Presentation

from hub.core.extraction.cleaning import cleaned, with_whole_words
from hub.core.extraction.pdf import CUT_MARKS
from tests.core.extraction_files import saved, typst_pdf
from tests.prepared import ROOT

SENTENCES = """La coopérative d’habitation réunit ses sociétaires chaque printemps autour d’un buffet.
L’assemblée vote le budget prévisionnel, l’affectation du résultat et les travaux d’efficacité.
La vice-présidente rappelle que chaque procuration doit être signée avant l’ouverture de la séance.
Les bénévoles organisent l’affichage dans les cages d’escalier, les boîtes aux lettres, la buanderie.
Un coefficient d’occupation supérieur à la moyenne justifie une réfection des canalisations.
Où trouver un médiateur quand le voisinage se déchire à propos d’un porte-monnaie oublié ?
Noël approche : la kermesse, le maïs grillé et la fanfare redonnent du cœur à l’ouvrage collectif.
Pouvez-vous garder les enfants pendant le vote, demande la trésorière en souriant à l’assistance.
L’éco-rénovation du bâtiment différera d’une année si la subvention n’est pas confirmée.""".split(
    "\n"
)
Truth = list[str]
BEFORE = "import sys, json, resource, time; path = sys.argv[1]; kind = path.rsplit('.')[-1]\n"
LIMIT = "resource.setrlimit(resource.RLIMIT_AS, (512 << 20,) * 2)\n"
AFTER = """
status = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines())
peaks = [int(status[name].split()[0]) // 1024 for name in ("VmPeak", "VmHWM")]
print(json.dumps([pages, time.process_time(), *peaks]))
"""
IMPORTS = {
    "this project": """
import importlib
from hub.core.extraction.collector import Collector
from hub.core.extraction.formats import READERS
read, collector = importlib.import_module(READERS[kind]).read, Collector()
""",
    "pypdf": "import pypdf\n",
    "python-docx": "import docx\n",
    "python-pptx": "import pptx\n",
    "openpyxl": "import openpyxl\n",
    "kreuzberg": "import kreuzberg as k\n",
}
WORK = {
    "this project": """
read(open(path, "rb"), collector)
pages = [page.text for page in collector.result().pages]
""",
    "pypdf": "pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]",
    "python-docx": "pages = [p.text for p in docx.Document(path).paragraphs]",
    "python-pptx": """
slides = pptx.Presentation(path).slides
pages = ["\\n".join(s.text_frame.text for s in d.shapes if s.has_text_frame) for d in slides]
""",
    "openpyxl": """
sheets = openpyxl.load_workbook(path, read_only=True)
pages = ["\\n".join(" ".join(map(str, row)) for row in sheet.values) for sheet in sheets]
""",
    "kreuzberg": """
whole = k.ContentFilterConfig(
    include_headers=True, include_footers=True, strip_repeating_text=False
)
config = k.ExtractionConfig(
    use_cache=False,
    pages=k.PageConfig(extract_pages=True),
    content_filter=whole,
    concurrency=k.ConcurrencyConfig(max_threads=1),
)
result = k.extract_file_sync(path, config=config)
pages = [page["content"] for page in result.pages or []]
pages = pages if any(pages) else [result.content]
""",
}
READS = {"pypdf": "pdf", "python-docx": "docx", "python-pptx": "pptx", "openpyxl": "xlsx"}


def paragraphs(rng: random.Random, number: int) -> list[str]:
    return [" ".join(rng.choices(SENTENCES, k=4)) for _paragraph in range(number)]


def write_files(folder: Path) -> dict[str, Truth]:
    """Write the files; return the words of each page of each."""
    rng = random.Random(11)
    truths: dict[str, Truth] = {}
    for name, pages, columns in (("one-column", 20, 1), ("two-columns", 20, 2), ("long", 500, 1)):
        texts = [paragraphs(rng, 6) for _page in range(pages)]
        layout = f"#set page(columns: {columns}, numbering: none)\n#set par(justify: true)\n"
        content = typst_pdf(["\n\n".join(text) for text in texts], layout)
        (folder / f"{name}.pdf").write_bytes(content)
        truths[f"{name}.pdf"] = [" ".join(text) for text in texts]
    truths["book.docx"] = write_word(
        folder / "book.docx", [paragraphs(rng, 4) for _n in range(300)]
    )
    truths["deck.pptx"] = write_slides(
        folder / "deck.pptx", [paragraphs(rng, 1) for _n in range(60)]
    )
    truths["book.xlsx"] = write_workbook(folder / "book.xlsx")
    for source, kinds in {
        "book.docx": ("pdf", "odt"),
        "deck.pptx": ("odp",),
        "book.xlsx": ("ods",),
    }.items():
        for kind in kinds:
            if shutil.which("soffice"):
                command = ["soffice", "--headless", "--convert-to", kind, "--outdir", str(folder)]
                subprocess.run([*command, str(folder / source)], check=True, capture_output=True)
                truths[f"{source.split('.')[0]}.{kind}"] = truths[source]
    return truths


def write_word(path: Path, chapters: list[list[str]]) -> Truth:
    document = docx.Document()
    for number, texts in enumerate(chapters, start=1):
        document.add_heading(
            f"Chapitre {number}", level=1
        ).paragraph_format.page_break_before = True
        for text in texts:
            document.add_paragraph(text)
        document.add_table(1, 1).cell(0, 0).text = "Procurations reçues"
    path.write_bytes(saved(document.save))
    return [
        " ".join([f"Chapitre {number}", *texts, "Procurations reçues"])
        for number, texts in enumerate(chapters, start=1)
    ]


def write_slides(path: Path, texts: list[list[str]]) -> Truth:
    deck = Presentation()
    for number, words in enumerate(texts, start=1):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Diapositive {number}"
        slide.placeholders[1].text = " ".join(words)
        slide.notes_slide.notes_text_frame.text = "Souffler la réponse"
    path.write_bytes(saved(deck.save))
    return [
        " ".join([f"Diapositive {number}", *words, "Souffler la réponse"])
        for number, words in enumerate(texts, start=1)
    ]


def write_workbook(path: Path) -> Truth:
    rows = [f"lot {number} {SENTENCES[number % 9]}" for number in range(3_000)]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for position, row in enumerate(rows):
            sheet.write_row(position, 0, row.split(" ", 2))
    return [" ".join(rows)]


def measured(library: str, path: Path) -> tuple[Truth, float, int, int] | None:
    """Pages, CPU seconds, peak address space and memory in MB; None for a library that fails."""
    program = BEFORE + IMPORTS[library] + LIMIT + WORK[library] + AFTER
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    pages, seconds, space, memory = json.loads(done.stdout)
    texts = [cleaned(page.translate(CUT_MARKS)) for page in pages]
    return with_whole_words(texts), seconds, space, memory


def share_found(pages: Truth, truth: Truth) -> float:
    """Words on their page; without pages that match, words of the whole."""
    if len(pages) != len(truth):
        pages, truth = [" ".join(pages)], [" ".join(truth)]
    wanted = [Counter(text.split()) for text in truth]
    found = [Counter(text.split()) for text in pages]
    missing = sum((w - f).total() for w, f in zip(wanted, found, strict=True))
    return 1 - missing / sum(w.total() for w in wanted)


def rows(folder: Path) -> Iterator[list[str]]:
    yield ["file", "library", "pages", "words found", "CPU", "address space", "memory"]
    for name, truth in write_files(folder).items():
        for library in WORK:
            if READS.get(library, name.rsplit(".")[-1]) != name.rsplit(".")[-1]:
                continue
            result = measured(library, folder / name)
            if result is None:
                yield [name, library, "fails or is not installed", "", "", "", ""]
                continue
            pages, seconds, space, memory = result
            found = f"{share_found(pages, truth):.2%}"
            yield [
                name,
                library,
                str(len(pages)),
                found,
                f"{seconds:.2f} s",
                f"{space} MB",
                f"{memory} MB",
            ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        for cells in rows(Path(directory)):
            print("| " + " | ".join(cells) + " |")
