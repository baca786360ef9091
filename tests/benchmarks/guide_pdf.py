"""``python -m tests.benchmarks.guide_pdf``: the PDF of an invented guide of a hundred pages.

Its chapters are those of the guides of the site, over and over, each with its own title, until the
file has as many pages. Nothing here fails: numbers are for people.
"""

import copy
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.site import run
from tests.prepared import copy_of

PAGES = 100


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="vie-coop-bench-") as place:
        folder = Path(place)
        copy_of("loaded", folder)
        print(run(folder, "-m", "tests.benchmarks.guide_pdf", "--inside"), end="")


def longer(guide: Any, real: list[Any]) -> Any:
    """The guide with the chapters ``real`` once more, each with a title of its own."""
    more = copy.deepcopy(real)
    for offset, chapter in enumerate(more, start=len(guide.chapters) + 1):
        chapter["value"]["title"] += f", {offset}"
        chapter["value"]["slug"] = f"chapitre-{offset}"
    guide.chapters = [*guide.chapters.raw_data, *more]
    guide.save()
    return type(guide).objects.get(pk=guide.pk)


def inside() -> None:
    """In the hub: measure the whole of what the worker does."""
    import django

    django.setup()
    from resources.guide_pdf.compiling import compile_pdf
    from resources.guide_pdf.content import content_of
    from resources.models import GuidePage

    guide = max(GuidePage.objects.all(), key=lambda page: len(page.chapters))
    real = copy.deepcopy(list(guide.chapters.raw_data))
    pages = 0
    while pages < PAGES:
        guide = longer(guide, real)
        start = time.monotonic(), time.process_time()
        content = content_of(guide)
        read = time.monotonic()
        made = compile_pdf(content)
        end = time.monotonic(), time.process_time()
        pages = made.pages
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{pages} pages, {len(guide.chapters)} chapters, {len(made.content):,} bytes")
    print(f"content {read - start[0]:.2f} s, compiling {end[0] - read:.2f} s")
    print(f"in all {end[0] - start[0]:.2f} s ({end[1] - start[1]:.2f} s of CPU), {memory} MB")


if __name__ == "__main__":
    inside() if "--inside" in sys.argv else main()
