"""Many processes that save answers at once, while others read them, on one SQLite file.

``python -m tests.writers_child TRANSACTIONS`` works on the database of its data folder: eight writers with
so many saves each, sixteen readers until they are done. Prints as JSON what failed, and how long a save took.
"""

import json
from pathlib import Path
from typing import Any

from tests.prepared import told_by

WRITERS, READERS = 8, 16
PAUSE = 0.1  # seconds between two reads: they look for locks, not for the last of the processor


def run(folder: Path, transactions: int) -> dict[str, Any]:
    """What became of it, on the hub in ``folder``."""
    return dict(json.loads(told_by("tests.writers_child", folder, str(transactions))))
