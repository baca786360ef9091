"""What is wrong with a synonym rule is named."""

import pytest

from search.synonym_checks import Fault, RuleBook, problems
from search.synonyms import parse_rule


def faults(line, *others, indexed=lambda stem: True):
    """What is wrong with a rule beside others, as (fault, words, the other rule)."""
    rules = {number: parse_rule(other) for number, other in enumerate(others)}
    found = problems(parse_rule(line), RuleBook.of(rules), indexed)
    return [(p.fault, p.words, others[p.other] if p.other is not None else None) for p in found]


def names(*arguments, **options):
    return [fault for fault, _words, _other in faults(*arguments, **options)]


def test_a_good_rule_has_no_problem():
    assert faults("pouvoir, procuration", "quorum, majorité", "buffet => pot") == []


@pytest.mark.parametrize(
    "line",
    ["réunion, réunions", "Réunion, REUNION", "réunion => réunions", "l’assemblée, assemblée"],
)
def test_words_that_share_one_stem_already_meet(line):
    assert names(line) == [Fault.ONE_STEM]


def test_words_that_meet_in_one_language_only_are_left_alone():
    assert names("universe, university") == []


@pytest.mark.parametrize("line", ["le, la", "de, quorum", "le => quorum", "quorum => le"])
def test_a_rule_that_stop_words_empty_does_nothing(line):
    assert names(line) == [Fault.ONLY_STOP_WORDS]


def test_one_stop_word_among_others_is_left_out():
    assert faults("pouvoir, procuration, avec") == [(Fault.STOP_WORD, ("avec",), None)]


def test_the_board_is_no_stop_word():
    assert faults("CA, conseil") == []


def test_words_of_another_rule_are_named_once_for_each_rule():
    found = faults("pouvoir, procuration, mandat", "Pouvoirs, mandats, vote", "procuration => vote")
    assert found == [
        (Fault.ELSEWHERE, ("pouvoir", "mandat"), "Pouvoirs, mandats, vote"),
        (Fault.ELSEWHERE, ("procuration",), "procuration => vote"),
    ]


@pytest.mark.parametrize("other", ["pouvoir, procuration", "procuration, pouvoirs, mandat"])
def test_a_rule_that_another_says_already_does_nothing(other):
    assert faults("pouvoir, procuration", other) == [(Fault.REPEATS, (), other)]
    assert faults("pouvoir => procuration", other) == [(Fault.REPEATS, (), other)]


def test_equivalents_say_more_than_one_way():
    assert Fault.REPEATS not in names("pouvoir, procuration", "pouvoir => procuration")


def test_a_rule_does_not_repeat_itself():
    rule = parse_rule("pouvoir, procuration")
    book = RuleBook.of({7: rule})
    assert problems(rule, book, lambda stem: True, own=7) == []


def test_a_way_and_its_reverse_are_one_rule_of_equivalents():
    found = faults("pot => buffet", "buffet => pot")
    assert found == [(Fault.REVERSE, ("buffet",), "buffet => pot")]
    assert Fault.REVERSE not in names("pot => buffet", "buffet => cocktail")


def test_words_that_no_page_says_find_nothing():
    indexed = {"quorum"}.__contains__
    assert names("licorne, dragon", indexed=indexed) == [Fault.ABSENT]
    assert names("quorum => licorne", indexed=indexed) == [Fault.ABSENT]
    assert names("licorne => quorum", indexed=indexed) == []
    assert names("quorum, licorne", indexed=indexed) == []


def test_an_expression_stands_in_the_index_when_all_its_words_do():
    assert names("moment convivial, licorne", indexed={"convivial"}.__contains__) == [Fault.ABSENT]
