"""Two-fold cross-validation: settings tuned on one half of the queries, measured on the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from search.concepts import Tuning
from search.ranking import Weights
from tests.ablation.figures import Figures, Judged, halves
from tests.ablation.hub import measured

SEED = 20261127
ROUNDS = 2
# The settings that are tuned, with what each may be; the value in force is tried first.
GRID: dict[str, tuple[float, ...]] = {
    "synonym": (0.4, 0.65, 0.9),
    "completion": (0.7, 0.9),
    "other_language": (0.6, 0.8),
    "faint": (0.15, 0.3, 0.5),
    "saturation": (3.0, 5.0, 8.0),
    "said_otherwise": (0.2, 0.4, 0.6),
    "coverage_power": (0.0, 0.35, 0.7, 1.0),
    "title_share": (0.0, 0.35, 0.7),
    "proximity": (0.0, 0.25, 0.5),
    "requested_type": (0.5, 1.0, 1.5),
    "confident_at": (0.55, 0.62, 0.7),
}
Settings = dict[str, float]


def cross_validated(
    queries: Sequence[Judged], say: Callable[[str], None]
) -> list[tuple[Settings, Figures, Figures]]:
    """For each half: the settings tuned on it, its own figures, and those of the half never looked at."""
    first, second = halves(queries, SEED)
    found = []
    for known, unseen in ((first, second), (second, first)):
        chosen = tuned(known)
        say(f"tuned on {len(known)} queries: {chosen or 'as they are'}")
        found.append((chosen, with_settings(known, chosen), with_settings(unseen, chosen)))
    return found


def tuned(queries: Sequence[Judged]) -> Settings:
    """The best settings of the grid for these queries, one setting at a time, several times over."""
    chosen: Settings = {}
    best = worth(with_settings(queries, chosen))
    for _round in range(ROUNDS):
        before = dict(chosen)
        for name, values in GRID.items():
            for value in values:
                tried = chosen | {name: value}
                score = worth(with_settings(queries, tried))
                if score > best + 1e-6:
                    best, chosen = score, tried
        if chosen == before:
            break
    return chosen


def worth(found: Figures) -> float:
    """What tuning looks for: the right order, without doubting everything nor claiming anything."""
    return found.ndcg + 0.1 * found.none_ok - 0.2 * found.unsure


def with_settings(queries: Sequence[Judged], chosen: Settings) -> Figures:
    """The figures with these settings, the others as they are."""
    tuning, weights = Tuning(), Weights()
    return measured(
        queries,
        replace(tuning, **_of(tuning, chosen)),
        replace(weights, **_of(weights, chosen)),
    )


def _of(settings: object, chosen: Settings) -> dict[str, Any]:
    return {name: value for name, value in chosen.items() if hasattr(settings, name)}
