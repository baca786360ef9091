"""The problems of synonym rules, looked for among the rules in force and said in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.models import IndexTerm, Synonym
from search.synonym_checks import Fault, Problem, RuleBook, problems, stems_of
from search.synonyms import Rule, SynonymError, parse_rule

BATCH = 900


class Checker:
    """Checks rules against those in force and against the index, each read once."""

    def __init__(self) -> None:
        self.lines: dict[int, str] = {}
        rules: dict[int, Rule] = {}
        for synonym in Synonym.objects.filter(enabled=True).order_by("pk"):
            rule = rule_of(synonym)
            if rule:
                rules[synonym.pk] = rule
                self.lines[synonym.pk] = synonym.line
        self.book = RuleBook.of(rules)
        self._indexed: dict[str, bool] = {}

    def problems(self, rule: Rule, own: int | None = None) -> list[Problem]:
        """All that is wrong with a rule; `own` is its number when it is one of those in force."""
        self._look_up(stems_of(rule))
        return problems(rule, self.book, self._indexed.__getitem__, own)

    def with_problems(self, synonyms: Iterable[Synonym]) -> dict[int, list[Problem]]:
        """The problems of each of these rules that has some, those not in force left out."""
        rules = {s.pk: rule for s in synonyms if s.enabled and (rule := rule_of(s))}
        self._look_up({stem for rule in rules.values() for stem in stems_of(rule)})
        found = {pk: self.problems(rule, pk) for pk, rule in rules.items()}
        return {pk: faults for pk, faults in found.items() if faults}

    def _look_up(self, stems: set[str]) -> None:
        unknown = sorted(stems - self._indexed.keys())
        self._indexed |= dict.fromkeys(unknown, False)
        for start in range(0, len(unknown), BATCH):
            terms = IndexTerm.objects.filter(
                kind=IndexTerm.STEM, text__in=unknown[start : start + BATCH]
            )
            self._indexed |= dict.fromkeys(terms.values_list("text", flat=True), True)

    # -- In plain words --------------------------------------------------------------------------
    def sentence(self, problem: Problem) -> SafeString:
        """What is wrong, and what to do about it; other rules are links."""
        other = self._link(problem.other)
        words = _quoted(problem.words)
        if problem.fault is Fault.ONLY_STOP_WORDS:
            told = ngettext(
                "This rule does nothing: {words} is too common a word to be looked for alone.",
                "This rule does nothing: {words} are too common to be looked for alone.",
                len(problem.words),
            )
        elif problem.fault is Fault.ONE_STEM:
            told = _("This rule does nothing: the search already takes {words} for the same word.")
        elif problem.fault is Fault.REPEATS:
            told = _("This rule does nothing more: {other} already says all of it.")
        elif problem.fault is Fault.STOP_WORD:
            told = _("{words} is left out: it is too common a word to be looked for alone.")
        elif problem.fault is Fault.ELSEWHERE:
            told = ngettext(
                "{words} also stands in the rule {other}: both rules apply.",
                "{words} also stand in the rule {other}: both rules apply.",
                len(problem.words),
            )
        elif problem.fault is Fault.REVERSE:
            told = _(
                "The rule {other} leads the other way: one rule of equivalent words would do for both."
            )
        else:
            told = _("No page of the site says {words}: for now, this rule finds nothing.")
        return format_html(told, words=words, other=other)

    def _link(self, number: int | None) -> SafeString:
        if number is None:
            return SafeString()
        edit = reverse("wagtailsnippets_search_synonym:edit", args=[number])
        return format_html('<a href="{}">{}</a>', edit, _quote(self.lines[number]))


def rule_of(synonym: Synonym) -> Rule | None:
    """The rule of a row, or nothing for one that says nothing."""
    try:
        return parse_rule(synonym.line)
    except SynonymError:
        return None


def _quote(text: str) -> str:
    return _("“%(text)s”") % {"text": text}


def _quoted(words: Iterable[str]) -> SafeString:
    return format_html_join(", ", "{}", ((_quote(word),) for word in words))
