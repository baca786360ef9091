"""The figures as Markdown tables. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean

from tests.ablation.figures import Figures

OVERALL = ("nDCG@10", "success@1", "recall@20", "none-ok", "unsure")


def table(rows: Sequence[tuple[str, Figures]]) -> Iterator[str]:
    """Everything first, then what is lost (-) or won (+) without each mechanism, the dearest first."""
    (name, whole), *others = rows
    classes = list(whole.classes)
    yield from _head("Without", (*OVERALL, *classes))
    yield _row(f"**{name}**", [_figure(value) for value in _overall(whole)], whole.classes.values())
    for without, found in sorted(others, key=lambda item: item[1].ndcg):
        overall = [_change(a, b) for a, b in zip(_overall(found), _overall(whole), strict=True)]
        by_class = [_change(found.classes[name], whole.classes[name]) for name in classes]
        yield "| " + " | ".join([without, *overall, *by_class]) + " |"


def crossed_table(
    whole: Figures, folds: Sequence[tuple[Mapping[str, float], Figures, Figures]]
) -> Iterator[str]:
    """The figures in force beside those of the queries that tuning never saw."""
    yield from _head("Settings", OVERALL)
    yield _row("in force, every query", [_figure(value) for value in _overall(whole)])
    for title, place in (("tuned, on the half known", 1), ("tuned, on the half unseen", 2)):
        both = [_overall(fold[place]) for fold in folds]  # type: ignore[arg-type]
        yield _row(title, [_figure(fmean(values)) for values in zip(*both, strict=True)])
    for number, (chosen, _known, _unseen) in enumerate(folds, 1):
        said = ", ".join(f"`{name}` {value:g}" for name, value in chosen.items())
        yield f"\nHalf {number} chose: {said or 'the settings in force'}."


def rules_table(rows: Iterable[tuple[str, float, int]]) -> Iterator[str]:
    """What is lost or won without each rule, and how many queries it changes; the worst first."""
    yield from _head("Without the rule", ("nDCG@10", "queries changed"))
    for line, change, changed in sorted(rows, key=lambda row: -row[1]):
        yield f"| {line} | {change:+.4f} | {changed} |"


def _overall(found: Figures) -> tuple[float, ...]:
    return found.ndcg, found.first, found.recall, found.none_ok, found.unsure


def _head(first: str, names: Sequence[str]) -> Iterator[str]:
    yield "| " + " | ".join([first, *names]) + " |"
    yield "|" + "---|" * (len(names) + 1)


def _row(name: str, overall: Iterable[str], more: Iterable[float] = ()) -> str:
    return "| " + " | ".join([name, *overall, *(_figure(value) for value in more)]) + " |"


def _figure(value: float) -> str:
    return "—" if math.isnan(value) else f"{value:.3f}"


def _change(value: float, whole: float) -> str:
    if math.isnan(whole):
        return "—"
    return "·" if abs(value - whole) < 0.0005 else f"{value - whole:+.3f}"
