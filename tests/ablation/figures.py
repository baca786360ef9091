"""What a run of judged queries is worth: nDCG@10 by class, first answers, what is claimed or doubted. Pure."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from tests.search.judged import ndcg

Judged = Mapping[str, Any]
NONE = "none"


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids found for a query, best first, and whether the page is sure of them."""

    ids: Sequence[str]
    confident: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a run over judged queries; `classes` holds the nDCG@10 of each class.

    `none_ok` is the share of the queries without answer for which nothing is claimed, `unsure` that
    of the others for which the page is not sure.
    """

    ndcg: float
    first: float
    recall: float
    none_ok: float
    unsure: float
    classes: Mapping[str, float] = field(default_factory=dict)


def figures(judged: Sequence[tuple[Judged, Answer]]) -> Figures:
    """The figures of some answers."""
    good = [(query, answer) for query, answer in judged if query["relevant"]]
    empty = [answer for query, answer in judged if not query["relevant"]]
    classes: dict[str, list[float]] = defaultdict(list)
    for query, answer in good:
        classes[query["class"]].append(ndcg(query["relevant"], answer.ids))
    return Figures(
        ndcg=_mean([ndcg(query["relevant"], answer.ids) for query, answer in good]),
        first=_mean([is_first_right(query, answer) for query, answer in good]),
        recall=_mean([recall(query, answer) for query, answer in good]),
        none_ok=_mean([not _claims(answer) for answer in empty]),
        unsure=_mean([not _claims(answer) for _query, answer in good]),
        classes={name: fmean(scores) for name, scores in sorted(classes.items())},
    )


def recall(query: Judged, answer: Answer) -> float:
    """Share of the judged documents among the first twenty."""
    return len(set(query["relevant"]) & set(answer.ids[:20])) / len(query["relevant"])


def is_first_right(query: Judged, answer: Answer) -> bool:
    """Whether the first answer is a good one; when a type is asked for, it must be the best one."""
    grades = query["relevant"]
    most = max(grades.values())
    wanted = most if query["class"] == "intent" else min(2, most)
    return bool(answer.ids) and grades.get(answer.ids[0], 0) >= wanted


def halves(queries: Sequence[Judged], seed: int) -> tuple[list[Judged], list[Judged]]:
    """Two halves that hold as much of each class, always the same for a seed."""
    by_class: dict[str, list[Judged]] = defaultdict(list)
    for query in queries:
        by_class[query["class"]].append(query)
    chance = random.Random(seed)
    both: tuple[list[Judged], list[Judged]] = ([], [])
    for name in sorted(by_class):
        for query in chance.sample(by_class[name], k=len(by_class[name])):
            # Within a class the two halves take turns: the shorter one takes the next.
            both[len(both[0]) > len(both[1])].append(query)
    return both


def _claims(answer: Answer) -> bool:
    return bool(answer.ids) and answer.confident


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else math.nan
