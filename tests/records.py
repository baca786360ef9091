"""Records to import: made from a number, always the same for it."""

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

WORDS = (
    "quorum convocation pouvoir buffet visio résolution dividende parts gouvernance témoignage "
    "invitation horaire quartier livret accueil budget vote collège administrateur sociétaire"
).split()
STEPS = ("avant", "pendant", "apres")
TYPES = ("guide", "glossary", "report", "document", "video", "tool", "kit")


def record(number: int, **changes: Any) -> dict[str, Any]:
    """One record to import, always the same for a number."""
    chance = random.Random(number)
    words = chance.choices(WORDS, k=60)
    made = {
        "id": f"r{number:05d}",
        "type": TYPES[number % len(TYPES)],
        "title": f"{' '.join(words[:4]).capitalize()} {number}",
        "summary": " ".join(words[4:16]),
        "body": " ".join(words),
        "themes": [f"Thème {chance.randrange(12)}"],
        "steps": chance.sample(STEPS, k=chance.randrange(1, 3)),
        "audience": [f"Public {chance.randrange(6)}"],
        "year": 2015 + chance.randrange(11),
        "organisation": f"Coopérative exemple {chance.randrange(40)}",
    }
    return made | changes


def records(count: int) -> Iterator[dict[str, Any]]:
    return (record(number) for number in range(1, count + 1))


def as_lines(path: Path, items: Iterable[dict[str, Any]]) -> Path:
    """Write records as JSON lines."""
    path.write_text(
        "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8"
    )
    return path
