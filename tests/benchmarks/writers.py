"""``python -m tests.benchmarks.writers [SAVES]``: eight processes that save answers, sixteen that read.

200 saves each unless said otherwise, on one SQLite file. Prints what failed, and the 99th of a hundred saves.
"""

import sys
import tempfile
from pathlib import Path

from tests.prepared import copy_of
from tests.writers_child import run

SAVES = 200


def main(saves: int) -> None:
    with tempfile.TemporaryDirectory(prefix="vie-coop-bench-") as folder:
        print(run(copy_of("empty", Path(folder) / "hub"), saves))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SAVES)
