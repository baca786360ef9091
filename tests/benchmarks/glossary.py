"""``python -m tests.benchmarks.glossary``: linking 100 KB of rich text against 1,000 terms.

The text is the annotated sentences, over and over, a heading now and then; the terms are those of the
project, and pairs of the words of the text, so that many forms begin in it. Shows the fastest of several
rounds, cold and then from what is remembered. Nothing here fails: numbers are for people.
"""

import csv
import json
import os
import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SENTENCES = ROOT / "tests" / "resources" / "data" / "glossary_sentences.json"
TERMS = ROOT / "home" / "content" / "glossary.csv"
SIZE, NUMBER, ROUNDS = 100_000, 1_000, 25


def fastest(work: Callable[[], Any]) -> float:
    """Milliseconds of CPU of the fastest round."""
    times = []
    for _round in range(ROUNDS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return min(times)


def rich_text() -> str:
    sentences = [item["html"] for item in json.loads(SENTENCES.read_text(encoding="utf-8"))]
    parts: list[str] = []
    size = 0
    while size < SIZE:
        for number, html in enumerate(sentences):
            html = html if html.startswith("<") else f"<p>{html}</p>"
            part = f"<h3>Partie {len(parts)}</h3>{html}" if number % 12 == 0 else html
            parts.append(part)
            size += len(part.encode())
    return "".join(parts)


def terms() -> list[Any]:
    from resources.glossary.forms import Term

    with TERMS.open(encoding="utf-8", newline="") as file:
        known = [
            Term(
                row["slug"],
                row["term"],
                row["acronym"],
                tuple(filter(None, row["variants"].split("|"))),
                row["ambiguous"] == "yes",
                f"/glossaire/{row['slug']}/",
                row["plain"],
            )
            for row in csv.DictReader(file)
        ]
    chance = random.Random(7)
    words = sorted(set(re.findall(r"[^\W\d_]{4,}", re.sub(r"<[^>]*>", " ", rich_text()))))
    while len(known) < NUMBER:
        pair = chance.sample(words, 2)
        variants = tuple(" ".join([pair[0], *chance.sample(words, 2)]) for _ in range(3))
        known.append(Term(f"t{len(known)}", " ".join(pair), "", variants, False, "/t/", "Un mot."))
    return known


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.test")
    django.setup()
    from resources.glossary.html import read
    from resources.glossary.linking import Linker
    from resources.glossary.placing import Section, first_uses
    from resources.glossary.state import Glossary
    from resources.glossary.words import words_of

    text, known = rich_text(), terms()
    linker = Linker(known, "fr")
    fragment = read(text)
    matches = first_uses(fragment, linker, Section())
    print(f"{len(text.encode()):,} bytes, {len(known):,} terms, {len(matches):,} links")
    print(f"compiling the terms          {fastest(lambda: Linker(known, 'fr')):8.1f} ms")
    print(
        f"linking, never seen          {fastest(lambda: Glossary(linker).link(text, Section())):8.1f} ms"
    )
    print(f"  of which reading the HTML  {fastest(lambda: read(text)):8.1f} ms")
    print(f"  of which cutting words     {fastest(lambda: words_of(fragment.text)):8.1f} ms")
    remembered = Glossary(linker)
    remembered.link(text, Section())
    print(
        f"linking, remembered          {fastest(lambda: remembered.link(text, Section())):8.1f} ms"
    )


if __name__ == "__main__":
    main()
