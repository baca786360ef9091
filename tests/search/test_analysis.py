"""What the analyser makes of French and English words."""

from __future__ import annotations

import time

import pytest

from search.analysis import analyser, fold

FRENCH = analyser("fr")

TOGETHER = [
    ("l’assemblée", "assemblee"),
    ("L'ASSEMBLÉE", "assemblées"),
    ("jusqu’au vote", "vote"),
    ("d’administrateur", "administratrices"),
    ("qu'une procuration", "procurations"),
    ("A.G.", "AG"),
    ("P.V.", "pv"),
    ("l’A.G.", "AG"),
    ("C.A", "CA"),
    ("AGs", "AG"),
    ("élu", "élection"),
    ("élus", "élue"),
    ("témoigner", "témoignages"),
    ("souscrire", "souscription"),
    ("convoquer", "convocations"),
    ("expliquées", "explication"),
    ("resolutions expliquees", "résolution expliquée"),
    ("accessibilite", "accessibles"),
    ("convivialité", "conviviales"),
    ("réviseur", "révisions"),
    ("salariée", "salaries"),
    ("associé", "associees"),
    ("lieux", "lieu"),
    ("vidéos", "video"),
    ("co\u00adopérative", "coopérative"),
    ("assemble\u0301e", "assemblée"),
    ("Coop’HLM", "coop hlm"),
    ("cœur", "coeur"),
    ("compte\u00a0rendu", "compte-rendu"),
    ("ﬁnance", "finance"),
]

APART = [
    ("coopérateur", "coopérative"),
    ("coopératrice", "coopération"),
    ("part", "partie"),
    ("part", "partir"),
    ("poste", "poster"),
    ("communication", "commune"),
    ("conseil", "consigne"),
    ("élu", "électronique"),
    ("garderie", "garder"),
    ("cas", "CA"),
]


@pytest.mark.parametrize(("left", "right"), TOGETHER)
def test_these_meet(left: str, right: str) -> None:
    assert FRENCH.stems(left) == FRENCH.stems(right) != ()


@pytest.mark.parametrize(("left", "right"), APART)
def test_these_do_not_meet(left: str, right: str) -> None:
    assert FRENCH.stems(left) != FRENCH.stems(right)


@pytest.mark.parametrize("acronym", ["CA", "AG", "CAC", "PV", "AGE", "AGO", "HLM", "ca", "ag"])
def test_acronyms_survive(acronym: str) -> None:
    assert FRENCH.stems(acronym) == (acronym.lower(),)


def test_stop_words_are_known_by_their_accents() -> None:
    assert FRENCH.stems("ça va au CA") == ("ca",)


def test_an_english_text_has_english_stems() -> None:
    assert analyser("en-GB").stems("the meetings of members") == ("meet", "member")


def test_offsets_are_those_of_the_original_text() -> None:
    text = "« L’assemble\u0301e des Coop’HLM », en\u00a0A.G."
    written = [text[token.start : token.end] for token in FRENCH.tokens(text) if token.stem]
    assert written == ["assemble\u0301e", "Coop", "HLM", "A.G."]


def test_folding_drops_case_accents_and_ligatures() -> None:
    assert fold("ŒUVRE Été") == "oeuvre ete"


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "'''", "...", "’", "🎉", "\u202e"])
def test_odd_texts_have_no_word(text: str) -> None:
    assert FRENCH.stems(text) == ()


def test_ten_thousand_documents_are_analysed_in_a_few_seconds() -> None:
    text = (
        "L’assemblée générale des coopérateurs examine les résolutions proposées par le conseil. "
        * 18
    )
    start = time.process_time()
    for _document in range(10_000):
        FRENCH.words_and_stems(text)
    assert time.process_time() - start < 15
