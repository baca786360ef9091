"""What is understood of the text that a person types."""

from __future__ import annotations

import pytest

from search.intents import find_intents, registered_intents
from search.query import MAX_CHARACTERS, MAX_PHRASES, MAX_TERMS, clean, parse
from search.spelling import KnownWord as Known
from search.spelling import corrections, likely, split_word
from search.synonyms import SynonymError, compile_rules, parse_rule, run_of


def types_of(text: str) -> tuple[str, ...]:
    found = find_intents(clean(text), registered_intents())
    return found[0].intent.types if found else ()


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  le \t quorum\n", "le quorum"),
        ("quo\x00rum", "quo rum"),
        ("quorum\ud800", "quorum"),
        ("\u202equorum\u202c", "quorum"),
        ("ｑｕｏｒｕｍ", "quorum"),
        (None, ""),
        (12, ""),
    ],
)
def test_cleaning(text: object, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_query_is_bounded() -> None:
    assert len(clean("a" * 10_000)) == MAX_CHARACTERS
    assert len(clean("\ufdfa" * 10_000)) <= MAX_CHARACTERS
    assert len(parse(" ".join(f"m{i}" for i in range(500))).words) <= MAX_TERMS


@pytest.mark.parametrize(
    "quoted", ['"moment convivial"', "« moment convivial »", "“moment convivial”"]
)
def test_quotes_make_a_phrase(quoted: str) -> None:
    assert parse(quoted).phrases == (("moment", "convivial"),)


def test_phrases_are_bounded_together() -> None:
    quoted = " ".join(f'"{word} pour chacun de nous"' for word in ("un", "deux", "six", "neuf"))
    assert sum(map(len, parse(quoted).phrases)) == MAX_TERMS
    assert len(parse('"a1" "b2" "c3" "d4" "e5" "f6"').phrases) == MAX_PHRASES


def test_a_phrase_keeps_its_stop_words() -> None:
    assert parse('"une personne, une voix"').phrases == (("une", "personne", "une", "voix"),)


def test_an_open_quote_is_not_a_phrase() -> None:
    assert parse('"moment conv').phrases == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("vidéo gouvernance", "video"),
        ("VIDEOS gouvernance", "video"),
        ("définition quorum", "glossary"),
        ("c’est quoi le quitus", "glossary"),
        ("qu'est-ce qu’une procuration", "glossary"),
        ("que veut dire quitus ?", "glossary"),
        ("kit AG", "kit"),
        ("boîte à outils AG", "kit"),
        ("outil budget", "tool"),
        ("guide accessibilité", "guide"),
        ("retour d’expérience visio", "report"),
        ("retours d'expérience visio", "report"),
    ],
)
def test_a_type_can_be_asked_for(text: str, kind: str) -> None:
    assert types_of(text) == (kind,)


@pytest.mark.parametrize(
    "text", ["gouvernance", "kitchenette", "guidage", "outillage", "est-ce que je peux voter"]
)
def test_a_word_that_looks_like_one_asks_for_nothing(text: str) -> None:
    assert types_of(text) == ()


def test_the_wording_of_a_type_is_not_the_subject() -> None:
    parsed = parse("vidéo gouvernance", intents=registered_intents())
    assert [word.written for word in parsed.subject] == ["gouvernance"]


def test_alone_it_is_the_subject() -> None:
    assert [word.written for word in parse("vidéo", intents=registered_intents()).subject] == [
        "vidéo"
    ]


def test_a_question_of_place_asks_for_a_place() -> None:
    assert parse("où organiser notre AG ?").words[0].token.stem == "lieu"


def test_the_likeliest_words_are_those_that_the_fewest_changes_make() -> None:
    words = ["convocation", "convocations", "vocation", "quorum"]
    assert likely("convocaton", words) == ["convocation"]
    assert likely("cnovocation", words) == ["convocation"]
    assert likely("pot", ["lot"]) == []


def known(*words: str) -> list[Known]:
    return [Known(word, word, 1) for word in words]


def test_a_slip_is_corrected_even_in_the_first_letter() -> None:
    assert corrections("xuorum", known("quorum", "forum", "vote"))[0].words[0].word == "quorum"


def test_a_short_word_is_left_alone() -> None:
    assert corrections("xot", known("pot", "lot")) == ()


def test_stuck_words_are_parted() -> None:
    words = {word.word: word for word in known("assemblee", "generale", "assem")}
    cut = split_word("assembleegenerale", words)
    assert cut is not None
    assert [word.word for word in cut.words] == ["assemblee", "generale"]


def test_synonyms_are_equivalent_or_one_way() -> None:
    rules = [parse_rule("pot, verre de l'amitié"), parse_rule("childcare => garde d'enfants")]
    targets = compile_rules(rules, "fr").targets
    assert targets[run_of("verre de l’amitié", "fr")] == (run_of("pot", "fr"),)
    assert run_of("verre de l'amitié", "fr") in targets[run_of("pot", "fr")]
    assert run_of("garde d'enfants", "fr") not in targets


@pytest.mark.parametrize("line", ["", ",", "seul", "a =>", "=> b"])
def test_a_rule_that_says_nothing_is_refused(line: str) -> None:
    with pytest.raises(SynonymError):
        parse_rule(line)
