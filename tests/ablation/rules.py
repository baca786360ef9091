"""What each default synonym rule is worth. Imported once Django is ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from unittest import mock

from search import service
from search.steering import steering
from search.synonyms import Rule, compile_rules, read_default_rules
from tests.ablation.figures import Judged
from tests.ablation.hub import measured


def worth_of_rules(
    queries: Sequence[Judged], say: Callable[[str], None]
) -> Iterator[tuple[str, float, int]]:
    """For each rule: its line, the change of nDCG@10 without it, and how many queries it changes."""
    rules = read_default_rules()
    alone = {query["qid"]: measured([query]).ndcg for query in queries if query["relevant"]}
    for number, rule in enumerate(rules):
        others = rules[:number] + rules[number + 1 :]
        touched = [query for query in queries if query["qid"] in alone and _says(rule, query)]
        changes = [change for query in touched if (change := _without(others, query, alone))]
        say(f"{number + 1}/{len(rules)}")
        yield _line(rule), sum(changes) / len(alone), len(changes)


def _without(rules: Sequence[Rule], query: Judged, alone: dict[str, float]) -> float:
    fewer = replace(steering("fr"), synonyms=compile_rules(rules, "fr"))
    with mock.patch.object(service, "steering", return_value=fewer):
        return measured([query]).ndcg - alone[query["qid"]]


def _says(rule: Rule, query: Judged) -> bool:
    """Whether a rule may change what a query finds: it knows a stretch of its words."""
    stems = tuple(word.token.stem for word in service.parse(query["query"], "fr").words)
    return any(compile_rules([rule], "fr").spans(stems))


def _line(rule: Rule) -> str:
    words = ", ".join(rule.words)
    return f"{words} => {', '.join(rule.targets)}" if rule.targets else words
