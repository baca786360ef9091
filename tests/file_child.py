"""Writes files in processes that are killed on the way: what is served then, what is swept.

``python -m tests.file_child`` works on the hub of its data folder, whose database is put back before
each kill, and prints as JSON what became of each.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.prepared import told_by

BIG = b"a;b\n" * 700_000  # bytes: too many to be held in memory on their way
HALF = 300  # bytes: fewer than any file here has
SPREAD = 4  # kills between the first statement and the last
Work = Callable[[], object]


def run(folder: Path) -> dict[str, Any]:
    """What became of each kind of file, on the hub in ``folder``."""
    return dict(json.loads(told_by("tests.file_child", folder)))
