"""``python -m tests.ablation CORPUS.jsonl QUERIES.json``: what each mechanism is worth, as a table.

Without files, the judged set of the tests. ``--rules`` tries every default synonym rule instead,
``--crossed`` adds the cross-validation, ``--shaken`` asks the queries with one slip in each.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.ablation.figures import Judged
from tests.ablation.hub import hub_of, measured
from tests.ablation.report import crossed_table, rules_table, table
from tests.ablation.shaking import shaken
from tests.records import as_lines
from tests.search.judged import documents, queries


def main() -> None:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="vie-coop-judged-") as place:
        corpus = asked.corpus or as_lines(Path(place, "documents.jsonl"), documents())
        judged = json.loads(asked.queries.read_text("utf-8")) if asked.queries else queries()
        with hub_of(corpus):
            _measure(shaken(judged) if asked.shaken else judged, asked)


def _measure(judged: Sequence[Judged], asked: argparse.Namespace) -> None:
    if asked.rules:
        from tests.ablation.rules import worth_of_rules

        print("\n".join(rules_table(worth_of_rules(judged, _say))))
        return
    from tests.ablation.mechanisms import MECHANISMS

    whole = measured(judged)
    rows = [("everything", whole)]
    for mechanism in MECHANISMS:
        _say(f"without {mechanism.name}")
        with mechanism.off() as (tuning, weights):
            rows.append((mechanism.name, measured(judged, tuning, weights)))
    print("\n".join(table(rows)))
    if asked.crossed:
        from tests.ablation.crossing import cross_validated

        print("\n" + "\n".join(crossed_table(whole, cross_validated(judged, _say))))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.ablation", description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", help="documents, as import_resources reads")
    parser.add_argument("queries", type=Path, nargs="?", help="judged queries, as search_run reads")
    parser.add_argument("--crossed", action="store_true", help="cross-validate the settings too")
    parser.add_argument("--rules", action="store_true", help="try every default synonym rule")
    parser.add_argument(
        "--shaken", action="store_true", help="ask the queries with one slip in each"
    )
    asked = parser.parse_args()
    if bool(asked.corpus) != bool(asked.queries):
        parser.error("give both the documents and the queries, or neither")
    return asked


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
