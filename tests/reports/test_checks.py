"""What an editor is told of a questionnaire that cannot work, problem by problem."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from resources.reports.questionnaire import protection
from resources.reports.questionnaire.checks import Problem, problems, said
from resources.reports.questionnaire.default import default_questionnaire
from resources.reports.questionnaire.keys import filled, proposed
from resources.reports.questionnaire.schema import (
    KEY,
    Option,
    Question,
    Questionnaire,
    Rule,
    Section,
    Words,
)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def options(*keys: str) -> tuple[Option, ...]:
    return tuple(Option(key, Words(key)) for key in keys)


def asked(key: str, kind: str = "text", **fields) -> Question:
    return Question(key, kind, Words(key.capitalize()), **fields)


PLACE = asked("lieu", "choice", options=options("siege", "salle"), other=True)
NUMBER = asked("nombre", "integer", minimum=0, maximum=100)
CHANNELS = asked("canaux", "choices", options=options("mail", "sms"))
TABLE = asked(
    "tableau", "matrix", rows=options("a", "b"), columns=options("x", "y"), cell="integer"
)
FIRST = (PLACE, NUMBER, CHANNELS, TABLE, asked("change", "yes_no"), asked("mot", "statement"))


def sheet(*second: Question, when: str = "", first: tuple[Question, ...] = FIRST) -> Questionnaire:
    return Questionnaire(
        (
            Section("un", Words("Un"), questions=first),
            Section("deux", Words("Deux"), when=when, questions=second),
        )
    )


def told(questionnaire: Questionnaire) -> list[str]:
    return [said(questionnaire, problem) for problem in problems(questionnaire)]


def told_of(condition: str) -> str:
    return " | ".join(told(sheet(asked("suite", when=condition))))


def test_the_questionnaire_that_ships_has_no_problem():
    assert told(default_questionnaire()) == []


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "lieu = autre",
        "lieu in (siege, salle)",
        "canaux has sms",
        "change",
        "not change",
        "change = no",
        "lieu is answered",
        "nombre > 10 and nombre <= 100",
        "tableau.a.x > 0",
        "tableau.a.x <= tableau.a.y",
        "nombre < 5 or (lieu = siege and not canaux has mail)",
    ],
)
def test_a_condition_that_works_is_left_alone(condition):
    assert told_of(condition) == ""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("lieu =", "too early"),
        ("lieu = siege siege", "expected"),
        ("(lieu = siege", "missing"),
        ("lieu ~ siege", "read"),
        ("(" * 30 + "change", "parentheses"),
        ("lieux = siege", "Did you mean “lieu”"),
        ("rien = siege", "no question"),
        ("suite = 'x'", "read"),
        ('suite = "x"', "its own answer"),
        ("lieu = sale", "Did you mean “salle”"),
        ("lieu = musee", "siege, salle, autre"),
        ("lieu > siege", "no more and no less"),
        ("lieu has siege", "“has”"),
        ("nombre = beaucoup", "no answer"),
        ("change = siege", "no answer"),
        ("mot is answered", "without a question"),
        ("lieu.siege = 1", "no table"),
        ("tableau > 0", "which cell"),
        ("tableau.c.x > 0", "no row “c”"),
        ("tableau.a.z > 0", "no column “z”"),
        ("nombre > 100", "No answer makes"),
        ("change and not change", "No answer makes"),
        ("lieu = siege and lieu = salle", "No answer makes"),
        ("row.x = 1", "no question"),
    ],
)
def test_what_is_wrong_with_a_condition_is_said(condition, words):
    said_words = told_of(condition)
    assert words in said_words
    assert said_words.startswith("Section 2 “Deux”, question 1 “Suite”")


def test_a_later_question_and_a_circle_are_not_the_same_mistake():
    later = sheet(asked("a", when="b is answered"), asked("b"))
    assert "comes later" in told(later)[0]
    circle = sheet(asked("a", when="b is answered"), asked("b", when="a is answered"))
    assert "a → b → a" in told(circle)[0]


def test_a_section_waits_for_earlier_sections_only():
    assert told(sheet(asked("suite"), when="change")) == []
    assert "circle" in told(sheet(asked("suite"), when="suite is answered"))[0]


def test_a_question_behind_one_that_never_appears_is_dead_too():
    dead = sheet(asked("a", when="nombre > 100"), asked("b", when="a is answered"))
    assert [problem.question for problem in problems(dead)] == [0, 1]


def test_keys_are_checked_and_the_copy_is_the_one_that_is_named():
    found = told(sheet(replace(NUMBER, label=Words("La copie"))))
    assert len(found) == 1
    assert "“La copie”" in found[0]
    assert "“Nombre”" in found[0]
    assert "not possible" in told(sheet(asked("Clé")))[0]
    assert "not possible" in told(sheet(asked("a" * 41)))[0]
    assert "word of the conditions" in told(sheet(asked("answered")))[0]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (asked("q", "choice", options=options("a")), "two answers"),
        (asked("q", "choices"), "two answers"),
        (asked("q", "choice", options=options("a", "a")), "used twice"),
        (asked("q", "choice", options=options("a", "autre")), "tick “Other”"),
        (asked("q", "choice", options=options("a", "B!")), "not possible"),
        (asked("q", "matrix", columns=options("x")), "needs rows"),
        (asked("q", "matrix", rows=options("x")), "needs columns"),
        (asked("q", "integer", minimum=5, maximum=1), "less than"),
        (asked("q", prefill="organisation.phone"), "organisation.status"),
        (asked("q", prefill="last:"), "fill in from"),
        (asked("q", theme="cuisine"), "cuisine"),
        (asked("q", publish="everybody"), "everybody"),
        (asked("q", "slider"), "slider"),
        (replace(asked("q"), label=Words()), "in French"),
        (asked("q", rules=(Rule("q = 3", Words("x")),)), "no answer"),
        (asked("q", "integer", rules=(Rule("row.x < 1", Words("x")),)), "tables only"),
        (replace(TABLE, key="q", rules=(Rule("row.z < 1", Words("x")),)), "no column"),
        (asked("q", rules=(Rule(" ", Words("x")),)), "should hold"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(question, words):
    found = " ".join(told(sheet(question)))
    assert words in found
    assert "Section 2" in found


@pytest.mark.parametrize("source", ["last", "last:lieu", "last:tableau.a.x", "organisation.size"])
def test_sources_to_fill_in_from(source):
    assert told(sheet(asked("q", prefill=source))) == []


def test_what_was_answered_is_protected_and_nothing_else():
    before = sheet()
    count = protection.counted([{"lieu": {"chosen": ["siege"]}, "tableau": {"a": {"x": 1}}}])
    assert protection.protected(before, before, count) == []
    emptied = sheet(first=FIRST[1:3])
    gone = protection.protected(before, emptied, count)
    assert [("lieu" in p.message, "tableau" in p.message) for p in gone] == [
        (True, False),
        (False, True),
    ]
    narrowed = replace(PLACE, options=options("salle"), other=False)
    lost = protection.protected(before, sheet(first=(narrowed, *FIRST[1:])), count)
    assert [(p.section, p.question, p.field) for p in lost] == [(0, 0, "options")]
    changed = replace(TABLE, rows=options("b"), columns=options("y"))
    lost = protection.protected(before, sheet(first=(*FIRST[:3], changed)), count)
    assert [p.field for p in lost] == ["rows", "columns"]
    retyped = replace(PLACE, type="text", options=(), other=False)
    lost = protection.protected(before, sheet(first=(retyped, *FIRST[1:])), count)
    assert [isinstance(p, Problem) and "type" in p.message for p in lost] == [True]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("À quelle heure l’AG a-t-elle commencé ?", "heure_ag_commence"),
        ("Nombre d’associés présents", "nombre_associes_presents"),
        ("60 à 100", "n_60_100"),
        ("Œuvre", "oeuvre"),
        ("", "question"),
        ("???", "question"),
        ("not", "not_2"),
        ("mot " * 30, "mot_mot_mot_mot"),
        ("x" * 90, "x" * 40),
    ],
)
def test_keys_are_proposed_from_the_words(words, key):
    assert proposed(words, ()) == key
    assert KEY.fullmatch(key)


def test_a_key_is_never_proposed_twice():
    taken: list[str] = []
    for _again in range(12):
        taken.append(proposed("x" * 90, taken))
        assert KEY.fullmatch(taken[-1])
    assert len(set(taken)) == 12


def test_keys_that_stand_are_kept():
    raw = [{"type": "section", "value": {"key": " ma_cle ", "title_fr": "Autre", "questions": []}}]
    assert filled(raw)[0]["value"]["key"] == "ma_cle"
