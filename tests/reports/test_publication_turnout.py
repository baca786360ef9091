"""The turnout of a co-op stands on its page when it says so, as it is defined, and not otherwise."""

import pytest

from resources.reports import moderation, sharing
from resources.reports.exports.choosing import Which
from resources.reports.exports.table import Table
from tests.reports import moderated
from tests.reports.roads import following

pytestmark = pytest.mark.django_db
ATTENDANCE = "Taux de participation (présents ÷ convoqués)"
EXPRESSION = "Taux d’expression (présents, représentés et votants à distance ÷ convoqués)"
TURNOUT = {
    "locataires": {"convoques": 400, "presents": 22, "representes": 10, "votants_distance": 8},
    "accedants": {"convoques": 88, "presents": 39},
    "autres": {"presents": 3},  # nobody knows how many were summoned
}


def facts(page):
    return {fact["label"]: fact["text"].replace("\u00a0", " ") for fact in page.told_facts}


def published(table=TURNOUT, **values):
    return moderated.published({"participation": table, "participation_publier": True} | values)


def test_both_rates_stand_on_the_page_with_their_numbers(site, client):
    page = published()
    told = facts(page)
    assert told[ATTENDANCE] == (
        "Toutes catégories : 12,5 % (61 sur 488), Locataires : 5,5 % (22 sur 400), "
        "Accédants et copropriétaires : 44,3 % (39 sur 88)"
    )
    assert told[EXPRESSION].startswith("Toutes catégories : 16,2 % (79 sur 488), ")
    html = client.get(page.url).content.decode()
    assert ATTENDANCE in html
    assert "12,5" in html


@pytest.mark.parametrize("answered", [{}, {"participation_publier": False}])
def test_not_unless_the_co_op_said_so(site, client, answered):
    page = moderated.published({"participation": TURNOUT} | answered)
    assert "Taux de" not in str(page.told_facts)
    assert "488" not in client.get(page.url).content.decode()
    assert "participation" not in exported(page)


def exported(page):
    (told,) = [
        told
        for _a, _about, told in Table(page.publication.answer.campaign, Which.PUBLISHABLE).answers()
    ]
    return told


def test_few_people_are_not_told_of_apart(site):
    """Two staff members: who came would be known, by subtracting too."""
    few = {"convoques": 2, "presents": 1}
    told = facts(published(TURNOUT | {"salaries": few}))
    assert told[ATTENDANCE] == "Toutes catégories : 12,7 % (62 sur 490)"


def test_too_few_in_all_are_not_told(site):
    page = published({"salaries": {"convoques": 4, "presents": 1}})
    assert "Taux de" not in str(page.told_facts)


def test_an_export_to_publish_tells_as_much_as_the_page(site):
    assert set(exported(published())["participation"]) == {"locataires", "accedants"}


def test_on_a_page_without_names_numbers_tell_the_size_of_nobody(site):
    answer = moderated.in_review(
        {"consent_niveau": "anonyme", "participation": TURNOUT, "participation_publier": True}
    )
    with following():
        moderation.accept_without_names(answer, {}, moderation.By("Une modératrice"))
    moderated.step(answer, "published")
    page = moderated.page_of(answer)
    assert facts(page)[ATTENDANCE] == "environ 13 % (n : environ 500)"
    assert "488" not in str(page.facts)
    assert sharing.told(answer)
    assert "participation" not in exported(page)


def test_a_translated_reader_reads_them_in_english(site):
    page = published()
    english = next(fact for fact in page.facts if "attendance" in fact["label"]["en"].lower())
    assert english["values"][0]["en"] == "All categories: 12.5% (61 of 488)"
