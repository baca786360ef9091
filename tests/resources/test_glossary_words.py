"""How terms are recognised in a text: forms, longest first, ambiguous words by their company."""

import pytest

from resources.glossary.forms import Term
from resources.glossary.linking import Linker
from resources.glossary.senses import RuleError, Verdict, parsed


def linker(*terms, language="fr"):
    return Linker(terms, language)


def found(text, *terms, language="fr"):
    return [text[m.start : m.end] for m in linker(*terms, language=language).find(text)]


QUORUM = Term("quorum", "Quorum", variants=("atteindre le quorum",))
AG = Term("ag", "Assemblée générale", "AG", ("assemblée des associés",))
AGE = Term("age", "Assemblée générale extraordinaire", "AGE")
PV = Term("pv", "Procès-verbal", "PV", ("PV d’AG",))
MEMBER = Term("cooperateur", "Coopérateur, coopératrice")
HOLDER = Term("associe", "Associé, associée", ambiguous=True)
VOICE = Term("voix", "Une personne, une voix")
COURT = Term("cour", "Cour", variants=("cour d’honneur",), ambiguous=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Les QUORUMS et le Quorum", ["QUORUMS", "Quorum"]),
        ("l’assemblee generale, l'Assemblée Générale", ["assemblee generale", "Assemblée Générale"]),
        ("deux assemblées générales", ["assemblées générales"]),
        ("une assemblée\u00a0générale", ["assemblée\u00a0générale"]),
        ("une assemblée, générale", []),
        ("Une assemblée. Générale !", []),
        ("l’AG, les AG, l’A.G.", ["AG", "AG", "A.G."]),
        ("ag, Ag et agent", []),
        ("le procès verbal, les procès-verbaux", ["procès verbal", "procès-verbaux"]),
        ("une coopératrice, des coopératrices", ["coopératrice", "coopératrices"]),
        ("les coopérateur·rice·s, les coopérateur(trice)s", ["coopérateur·rice·s", "coopérateur(trice)s"]),
        ("une personne, une voix ; une personne une voix", ["une personne, une voix", "une personne une voix"]),
    ],
)  # fmt: skip
def test_a_term_is_found_as_people_write_it(text, words):
    assert found(text, QUORUM, AG, PV, MEMBER, VOICE) == words


def test_an_age_is_no_extraordinary_meeting():
    assert found("l’âge, l’age, l’AGE", AGE) == ["AGE"]


def test_in_a_line_all_in_capitals_an_age_needs_a_term_beside_it():
    assert found("NOM, PRÉNOM ET AGE", AGE) == []
    assert found("VOTRE AGE ET VOTRE ADRESSE", AGE) == []
    assert found("ORDRE DU JOUR DE L’AGE ET QUORUM", AGE, QUORUM) == ["AGE", "QUORUM"]


def test_initials_bear_no_accent():
    board = Term("ca", "Conseil d’administration", "CA")
    assert found("Le CA vote. ÇA ALORS !", board) == ["CA"]


def test_what_follows_tells_a_term_of_several_words_too():
    bureau = Term("bureau", "Bureau de l’assemblée", variants=("membres du bureau",))
    assert found("Les membres du bureau signent.", bureau) == ["membres du bureau"]
    assert found("Les membres du bureau du club de boules.", bureau) == []


def test_to_have_is_not_a_preposition():
    assert found("Chaque associé a une voix.", HOLDER) == ["associé"]
    assert found("Le parking associé à une place.", HOLDER) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("La souscription d’une assurance est libre.", []),
        ("La souscription d’une part est libre.", ["souscription"]),
        ("La souscription est libre.", ["souscription"]),
    ],
)
def test_what_is_elided_after_a_word_is_read(text, words):
    assert found(text, Term("souscription", "Souscription", variants=("souscrire",))) == words


def test_the_longest_term_wins_and_none_stands_over_another():
    matches = linker(AG, AGE).find("L’assemblée générale extraordinaire suit l’assemblée générale.")
    assert [m.term.slug for m in matches] == ["age", "ag"]


def test_a_variant_that_only_puts_the_word_in_its_company_links_the_word():
    assert found("Il faut atteindre le quorum.", QUORUM) == ["quorum"]
    assert found("Le PV d’AG est prêt.", AG, PV) == ["PV"]
    assert found("Le PV d’AG est prêt. L’AG vote.", AG, PV) == ["PV", "AG"]


def test_a_final_accent_makes_another_word():
    assert found("Un associé s’associe aux travaux.", HOLDER) == ["associé"]
    assert found("UN ASSOCIE, UNE ASSOCIEE", HOLDER) == ["ASSOCIE", "ASSOCIEE"]


def test_an_everyday_word_without_rules_is_a_term_in_good_company_only():
    assert found("Les enfants jouent dans la cour.", COURT, QUORUM) == []
    assert found("La cour d’honneur est ouverte.", COURT, QUORUM) == ["cour"]
    assert found("La cour vérifie le quorum. La cour est vide.", COURT, QUORUM) == [
        "cour",
        "quorum",
    ]


def test_english_makes_its_plurals():
    terms = (
        Term("share", "Co-operative share"),
        Term("body", "Governing body"),
        Term("term", "Term of office"),
    )
    text = "Co-operative shares, governing bodies and terms of office"
    assert found(text, *terms, language="en") == [
        "Co-operative shares",
        "governing bodies",
        "terms of office",
    ]


def test_texts_without_words_or_terms_hold_nothing():
    assert found("", QUORUM) == found("… — !", QUORUM) == found("quorum") == []
    assert found("quorum", Term("x", "…"), Term("y", "")) == []


# -- The rules of ambiguous words ----------------------------------------------------------------
RULES = """
@owners = mon son
@few = @owners une   // a list may hold another
[cour|cours]
no: au _ de *
yes: la _ ~ale
near: @few _
otherwise: no
"""


def test_the_first_rule_that_fits_decides():
    senses = parsed(RULES)
    sense = senses["cour"]
    assert senses["cours"] is sense
    assert sense.verdict("la ^ ", "royale $ ") is Verdict.YES
    assert sense.verdict("+au ^ ", "de la journee $ ") is Verdict.NO
    assert sense.verdict("son dans ^ ", "$ ") is Verdict.NEAR
    assert sense.verdict("^ ", "$ ") is Verdict.NO


@pytest.mark.parametrize(
    "line", ["maybe: la _", "yes: la cour", "yes: @nobody _", "yes: la|le?|un _"]
)
def test_a_rule_that_cannot_be_read_is_named(line):
    with pytest.raises(RuleError, match="is not a rule"):
        parsed(f"[cour]\n{line}\notherwise: no")
