"""The comparator of practices: what it says of planted data, and what it never says."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from resources.reports.figures.comparing import Comparison, Reading, comparisons, evidence_level
from resources.reports.figures.crossing import Crossing
from resources.reports.figures.records import Record, Records
from tests.campaigns import campaign, default_questionnaire
from tests.reports.seasons import coops, season

SIZES = ("moins_100", "de_100_499", "de_500_1999", "plus_2000")


def told(venue: str, size: str, attendance: float) -> dict[str, Any]:
    """The answer of a co-op of a size that met at a venue, with that percentage present."""
    return {
        "lieu": {"chosen": [venue]},
        "taille": {"chosen": [size]},
        "participation": {
            "salaries": {"convoques": 1_000, "presents": round(10 * attendance)},
        },
    }


def compared(answers: list[dict[str, Any]]) -> Comparison:
    records = Records(
        default_questionnaire(),
        tuple(Record(n, 2025 + n % 2, values) for n, values in enumerate(answers)),
    )
    found = comparisons(Crossing(records), ())
    return next(one for one in found if one.key == "lieu")


def confounded(seed: int = 1) -> list[dict[str, Any]]:
    """Small co-ops meet in a residence and small co-ops come in number: the venue changes nothing."""
    draw = random.Random(seed)
    usual = {"moins_100": 60, "de_100_499": 45, "de_500_1999": 30, "plus_2000": 15}
    share = {"moins_100": 24, "de_100_499": 16, "de_500_1999": 8, "plus_2000": 6}
    answers = []
    for size in SIZES:
        for place in range(30):
            venue = "residence" if place < share[size] else "siege"
            answers.append(told(venue, size, usual[size] + draw.uniform(-2, 2)))
    return answers


def by_venue(effect: float) -> list[dict[str, Any]]:
    return [
        told(venue, size, 20 + 10 * SIZES.index(size) + (effect if venue == "residence" else 0))
        for size in SIZES
        for venue in ("residence", "siege")
        for _each in range(8)
    ]


def test_a_size_that_explains_all_is_no_victory_of_a_venue():
    one = compared(confounded())
    medians = {option.key: option.attendance.median for option in one.options}
    assert medians["residence"] - medians["siege"] > 10
    assert one.reading == Reading.NOT_AT_EQUAL_SIZE


def test_a_difference_in_every_size_is_observed():
    assert compared(by_venue(12)).reading == Reading.AT_EQUAL_SIZE
    assert compared(by_venue(1)).reading == Reading.NO_DIFFERENCE


def test_when_each_size_has_its_own_venue_nothing_can_be_concluded():
    answers = [told("residence", "moins_100", 60) for _each in range(20)]
    answers += [told("siege", "plus_2000", 20) for _each in range(20)]
    assert compared(answers).reading == Reading.SIZE_UNKNOWN


def test_options_stand_in_the_order_of_the_questionnaire_whatever_they_show():
    order = [option.key for option in compared(confounded()).options]
    assert order == list(default_questionnaire().questions["lieu"].option_keys)
    assert order == [option.key for option in compared(by_venue(-15)).options]


def test_fewer_than_five_are_neither_shown_nor_compared():
    answers = [told("siege", "plus_2000", 20) for _each in range(20)]
    answers += [told("residence", "plus_2000", 90) for _each in range(4)]
    one = compared(answers)
    residence = next(option for option in one.options if option.key == "residence")
    assert residence.n is None
    assert residence.attendance.is_hidden
    assert residence.evidence == 1
    assert one.reading == Reading.TOO_FEW


def test_a_few_rates_among_many_answers_are_hidden_on_both_sides():
    answers = [told("siege", "plus_2000", 20) for _each in range(20)]
    answers += [told("residence", "plus_2000", 90) for _each in range(3)]
    answers += [told("residence", "plus_2000", 90) | {"participation": {}} for _each in range(9)]
    options = {option.key: option for option in compared(answers).options}
    assert options["residence"].n == 12
    assert options["residence"].attendance.is_hidden
    assert options["siege"].attendance.is_hidden


@pytest.mark.parametrize(
    ("n", "seasons", "sizes", "level"),
    [
        (None, 3, 4, 1), (4, 3, 4, 1), (5, 1, 0, 2), (14, 3, 4, 2), (40, 1, 4, 2),
        (15, 2, 1, 3), (29, 3, 4, 3), (30, 2, 1, 3), (30, 2, 2, 4),
    ],
)  # fmt: skip
def test_levels_of_evidence(n, seasons, sizes, level):
    assert evidence_level(n, seasons, sizes, 5) == level


def closed(year: int) -> dict[str, Any]:
    ended = timezone.now() - timedelta(days=30 * (2027 - year))
    return {"opens_at": ended - timedelta(days=60), "closes_at": ended}


def page(client: Any, **asked: str) -> str:
    response = client.get("/campagnes/comparer/", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_closed_campaign_the_page_says_so(site, client):
    assert "Il n’y a pas encore assez de réponses" in page(client)
    season(2026, coops(10))  # open: each new answer would show
    assert "Il n’y a pas encore assez de réponses" in page(client)
    campaign(season=2025, slug="vide", live=True, **closed(2025))
    assert "Il n’y a pas encore assez de réponses" in page(client)


def test_everybody_reads_it_in_both_languages(site, client):
    organisations = coops(40)
    season(2024, organisations, **closed(2024))
    season(2025, organisations, **closed(2025))
    content = page(client)
    assert "80 réponses" in content
    assert "saisons 2024, 2025" in content
    assert "observé, jamais prouvé" in content
    assert "Pour et contre" in content
    assert "Coop inventée" not in content
    assert "Propos inventé" not in content
    one = page(client, category="salaries")
    assert 'href="?category=salaries" aria-current="true"' in one
    assert one != content
    assert '?category=ensemble" aria-current=' in page(client, category="<script>")
    english = client.get("/en/campagnes/comparer/").content.decode()
    assert "observed, never proved" in english


def test_invented_seasons_leave_when_there_is_a_real_one(site, client):
    organisations = coops(12)
    season(2024, organisations, is_example=True, **closed(2024))
    assert "inventées, à titre d’exemple" in page(client)
    season(2025, organisations, **closed(2025))
    content = page(client)
    assert "12 réponses" in content
    assert "inventées" not in content


def test_a_question_for_the_federation_alone_is_not_compared(site, client):
    shape = default_questionnaire()
    made = season(2025, coops(20), shape, **closed(2025))
    assert 'id="compare-lieu"' in page(client)
    for section in made.sections.raw_data:
        for question in section["value"]["questions"]:
            if question["value"]["key"] == "lieu":
                question["value"]["publish"] = "federation"
    made.save()
    assert 'id="compare-lieu"' not in page(client)


def test_the_queries_do_not_grow(site, client, django_assert_max_num_queries):
    organisations = coops(12)
    for year in (2023, 2024, 2025):
        season(year, organisations, **closed(year))
    page(client)
    with django_assert_max_num_queries(25):
        page(client)
