"""Sends answers in processes that are killed on the way, each at its own statement.

``python -m tests.send_child`` works on the database of its data folder, and prints as JSON what is left
of each: whether the sending was acknowledged, and everything that a whole or a missing one would show.
"""

import json
from pathlib import Path
from typing import Any

from tests.prepared import told_by

POINTS = 32  # a sending takes fewer statements: the last ones come after it
REQUIRED = {
    "date_ag": "2026-05-14",
    "type_ag": {"chosen": ["ago"]},
    "mode_ag": {"chosen": ["presentiel"]},
    "consent_niveau": "anonyme",
}


def run(folder: Path) -> list[dict[str, Any]]:
    """What is left after each point, on the hub in ``folder``."""
    return list(json.loads(told_by("tests.send_child", folder)))
