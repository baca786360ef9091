"""``make bench [SIZES="1000 10000 100000"]``: the pages of the site, then the engines of the search."""

import sys
import tempfile
from pathlib import Path

from tests.benchmarks import engines, site

SIZES = (1_000, 10_000)


def main(sizes: list[int]) -> None:
    site.main()
    with tempfile.TemporaryDirectory(prefix="vie-coop-bench-") as place:
        hubs = list(engines.measured(sizes, Path(place)))
        engines.report(hubs)
        engines.judged(Path(place))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
