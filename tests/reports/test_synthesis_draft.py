"""The draft of a synthesis: right figures, readable sentences, quotes that were agreed to."""

import json
import re
from collections import Counter

import pytest

from resources.reports.models import Answer, Campaign
from resources.reports.questionnaire.visibility import answers as visible
from resources.reports.synthesis import open_data, phrasing, shown
from resources.reports.synthesis.building import build
from resources.reports.synthesis.gathering import gather
from resources.reports.synthesis.words import recurring


@pytest.fixture
def season(loaded_site):
    return Campaign.objects.get(season=2025)


@pytest.fixture
def pages(season):
    """A first draft: the site comes with one that was finished."""
    for page in season.syntheses.all():
        page.delete()
    return build(season)


def texts_of(page, kind="sentence"):
    return [b.value["text"] for b in page.parts if b.block_type == kind]


def given(season):
    """The counted answers, straight from the table: another way to the same figures."""
    left_out = ("draft", "refused", "withdrawn")
    rows = Answer.objects.filter(campaign=season).exclude(state__in=left_out)
    return [visible(season.shape, row.values) for row in rows]


def test_every_count_is_the_one_that_the_answers_give(season):
    built, answers = gather(season), given(season)
    assert built["n"] == len(answers) == 22
    counted = 0
    for key, figure in built["figures"].items():
        if figure["kind"] not in ("choice", "choices"):
            continue
        told = Counter(
            option for values in answers for option in values.get(key, {}).get("chosen", ())
        )
        assert figure["n"] == sum(1 for values in answers if key in values)
        for cell in figure["cells"]:
            if cell["count"] is not None:
                assert cell["count"] == told[cell["key"]], (key, cell)
                counted += 1
    assert counted > 40


def test_the_rates_are_the_median_of_the_co_ops(season):
    rates = sorted(
        100 * sum(row["presents"] for row in rows) / sum(row["convoques"] for row in rows)
        for rows in (values["participation"].values() for values in given(season))
    )
    whole = gather(season)["figures"]["participation"]["rows"]["ensemble"]["attendance"]
    assert whole["n"] == len(rates) == 22
    assert whole["median"] == round((rates[10] + rates[11]) / 2, 1)


def test_no_figure_stands_for_fewer_than_the_limit(season):
    for row in open_data.rows(gather(season)):
        if row["measure"] in ("count", "written"):
            assert row["value"] is None or row["value"] == 0 or row["value"] >= 5, row
            assert row["n"] is None or row["n"] == 0 or row["n"] >= 5, row


def test_what_is_for_the_federation_alone_is_no_figure(season):
    told = gather(season)["figures"]
    assert not {"objectifs", "consent_niveau", "participation_publier"} & {
        k.split(".")[0] for k in told
    }


def test_each_sentence_names_a_figure_of_the_page(pages):
    for page in pages:
        figures = page.built["figures"]
        sentences = [b.value for b in page.parts if b.block_type in ("sentence", "chart")]
        assert len(sentences) > 40
        for value in sentences:
            assert value["figure"] in figures or value["origin"] == "evolution.prudence"


def test_the_french_reads_as_french(pages):
    french = texts_of(pages[0])
    assert (
        "12 coopératives sur 22 (55\u00a0%) ont réécrit leur convocation en langage clair."
        in french
    )
    start = (
        "Le moment de la journée le plus choisi\u00a0: en fin de journée (14 coopératives sur 22"
    )
    assert any(text.startswith(start) for text in french)
    for text in french:
        assert not re.search(r"(?<!\u00a0)[:;?!»%]|«(?!\u00a0)|'|co-operative|None", text), text


def test_the_english_reads_as_english(pages):
    english = texts_of(pages[1])
    assert (
        "12 co-operatives out of 22 (55%) rewrote their notice of meeting in plain language."
        in english
    )
    assert pages[1].title.startswith("Synthesis: General meeting reports")
    assert "oopératives" not in " ".join(english)


def test_nothing_claims_a_cause(pages):
    causes = re.compile(
        r"parce qu|grâce à|à cause|permet d|because|thanks to|leads to", re.IGNORECASE
    )
    for page in pages:
        assert not causes.search(" ".join(texts_of(page)))


def test_what_changed_says_both_seasons_with_their_n(pages):
    changes = [
        b.value["text"]
        for b in pages[0].parts
        if b.block_type == "sentence" and b.value["origin"].startswith("evolution.")
    ]
    assert 3 <= len(changes) <= 7
    for text in changes[:-1]:
        assert re.search(
            r"\d+\u00a0% en 2025 \(n\u00a0=\u00a0\d+\), \d+\u00a0% en 2024 \(n\u00a0=\u00a0\d+\)",
            text,
        )
    assert "rien ici ne dit pourquoi" in changes[-1]


def test_quotes_come_from_those_who_agreed_under_the_name_that_they_agreed_to(pages, season):
    quotes = [b.value for b in pages[0].parts if b.block_type == "said"]
    assert len(quotes) > 20
    assert 10 < sum(quote["shown"] for quote in quotes) < len(quotes)
    answers = {str(answer.key): answer for answer in season.answers.all()}
    for quote in quotes:
        answer = answers[quote["answer"]]
        assert answer.values["consent_niveau"] in ("nom", "anonyme")
        assert answer.state in ("accepted", "anonymised", "published")
        assert season.shape.questions[quote["question"]].publish == "public"
    for part in shown.parts(pages[0]):
        if part["kind"] == "said":
            named = [a for a in answers.values() if a.organisation.name == part["name"]]
            assert not part["name"] or named[0].values["consent_niveau"] == "nom"


def test_an_answer_among_many_keeps_what_makes_it_a_name():
    assert phrasing.small("Le soir") == "le soir"
    assert phrasing.small("SMS") == "SMS"
    assert phrasing.small("À la signature") == "à la signature"
    assert phrasing.small("Scic (société)") == "Scic (société)"


def test_words_come_back_only_when_enough_wrote_them():
    said = ["Un modèle de convocation"] * 4 + ["Des modèles d’affiche", "Convocation courte"]
    assert recurring(said, 5) == [("convocation", 5), ("modèle", 5)]
    assert recurring(said[:4], 5) == []


def test_what_is_kept_is_plain_data(season):
    built = gather(season)
    assert json.loads(json.dumps(built))["n"] == built["n"]
