"""The invented seasons: coherent, said to be invented, loaded once, left to the editors."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from home.loader import load
from home.loader.load import load_all
from home.loader.sources import digest_of
from home.models import LoadedItem
from hub.core.models import OutboxItem
from resources.models import ExperienceReportPage, Organisation
from resources.reports import workflow
from resources.reports.models import (
    Answer,
    Campaign,
    Contact,
    Participant,
    ReviewEvent,
    SynthesisPage,
)
from resources.reports.questionnaire import schema, values, visibility
from resources.reports.questionnaire.conditions import parse
from resources.reports.questionnaire.evaluation import holds
from resources.reports.questionnaire.typing_again import typed
from tests.posted import posted

SEASONS = "exemple-retours-ag"


def state():
    return (
        list(Campaign.objects.order_by("pk").values("pk", "title_fr", "latest_revision_id")),
        list(Answer.objects.order_by("pk").values("pk", "values", "state", "sent_at")),
        list(Participant.objects.order_by("pk").values()),
        list(Contact.objects.order_by("pk").values()),
        ReviewEvent.objects.count(),
        list(told_pages().values("pk", "title", "latest_revision_id", "first_published_at")),
        list(SynthesisPage.objects.order_by("pk").values("pk", "title", "latest_revision_id")),
    )


def told_pages():
    pages = ExperienceReportPage.objects.filter(publication__answer__campaign__is_example=True)
    return pages.order_by("pk")


def again(monkeypatch):
    monkeypatch.setattr(load, "content_digest", lambda: "another")
    return load_all()


def test_two_seasons_are_closed_and_one_is_open_whatever_the_day(loaded_site):
    past = Campaign.objects.filter(season__in=(2024, 2025))
    assert [(c.season, c.phase()) for c in past] == [(2025, "closed"), (2024, "closed")]
    ours = Campaign.objects.open_at(timezone.now()).get(is_example=True)
    assert ours.closes_at > timezone.now() + timedelta(days=30)
    told = Answer.objects.filter(campaign__in=past)
    assert told.count() == 40
    assert {campaign.answers.counted().count() for campaign in past} == {16, 22}
    assert set(Answer.objects.values_list("state", flat=True)) >= {
        "draft", "received", "in-review", "change-asked", "accepted", "anonymised", "refused",
        "withdrawn", "published",
    }  # fmt: skip
    assert all(answer.sent_at.year == answer.campaign.season for answer in told)


def test_loading_again_changes_nothing(loaded_site, monkeypatch):
    before = state()
    counts = again(monkeypatch).counts
    assert (counts["created"], counts["changed"], counts["kept"]) == (0, 0, 0)
    assert state() == before


def test_another_day_changes_nothing_either(loaded_site, monkeypatch):
    before, later = state(), timezone.localdate() + timedelta(days=100)
    monkeypatch.setattr(timezone, "localdate", lambda *args: later)
    assert again(monkeypatch).counts["changed"] == 0
    assert state() == before


def test_what_an_editor_removed_or_renamed_stays_so(loaded_site, monkeypatch):
    gone = Answer.objects.filter(campaign__season=2025).first()
    gone.delete()
    Campaign.objects.filter(season=2024).update(title_fr="Renommée")
    again(monkeypatch)
    assert not Answer.objects.filter(key=gone.key).exists()
    assert Answer.objects.filter(campaign__season=2025).count() == 22
    assert Campaign.objects.get(season=2024).title_fr == "Renommée"


def test_everything_says_that_it_is_invented(loaded_site):
    campaigns = Campaign.objects.filter(slug__startswith=SEASONS)
    assert campaigns.count() == 3
    for campaign in campaigns:
        assert campaign.is_example
        assert "(exemple)" in campaign.title_fr
        assert "inventées" in campaign.intro_fr
        assert "invented" in campaign.intro_en
    coops = Organisation.objects.filter(participations__campaign__in=campaigns).distinct()
    assert coops.count() == 30
    assert all(coop.is_example and "(exemple)" in coop.name for coop in coops)
    answers = Answer.objects.filter(campaign__in=campaigns)
    assert all(answer.organisation.is_example for answer in answers)
    assert all("(exemple)" in answer.values["nom_coop"] for answer in answers)
    assert not Answer.objects.filter(organisation__is_example=False).exists()


def test_nobody_can_be_written_to(loaded_site):
    addresses = Contact.objects.values_list("email", flat=True)
    assert addresses
    assert all(address.endswith("@coop.example") for address in addresses)
    assert not Contact.objects.filter(participant__campaign__season__lt=2026).exists()
    assert "coop.example" not in str(list(OutboxItem.objects.values_list("payload", flat=True)))


@pytest.mark.parametrize("season", [2024, 2025, None])
def test_each_answer_is_one_that_the_form_takes(loaded_site, season):
    seasons = [season] if season else Campaign.objects.filter(season__gt=2025).values("season")
    for answer in Answer.objects.filter(campaign__season__in=seasons).select_related("campaign"):
        shape = answer.campaign.shape
        assert visibility.answers(shape, answer.values) == answer.values, answer
        for key, value in answer.values.items():
            question = shape.questions[key]
            assert values.read(question, posted(typed(question, value))).value == value, (
                answer,
                key,
            )
        if answer.state != "draft":
            for question in visibility.shown(shape, answer.values):
                assert not values.missing(question, answer.values.get(question.key)), answer


def test_the_figures_of_a_co_op_hold_together(loaded_site):
    for answer in Answer.objects.exclude(state="draft").select_related("campaign"):
        rows = answer.values["participation"]
        for counts in rows.values():
            took_part = counts["presents"] + counts["representes"] + counts["votants_distance"]
            assert took_part <= counts["convoques"], answer
        least, most = {
            "moins_100": (1, 99), "de_100_499": (100, 499), "de_500_1999": (500, 1999),
            "plus_2000": (2000, 9999),
        }[answer.values["taille"]["chosen"][0]]  # fmt: skip
        assert least <= sum(counts["convoques"] for counts in rows.values()) <= most, answer
        for question in answer.campaign.shape:
            for rule in question.rules if question.type != schema.MATRIX else ():
                condition = parse(rule.check, answer.campaign.shape.questions.keys())
                given = answer.values.get(question.key)
                assert given is None or holds(condition, answer.values), (answer, rule.check)


def test_some_answers_are_published_with_and_without_the_name(loaded_site):
    seasons = told_pages().values_list("year", "consent")
    assert {year: [y for y, _c in seasons].count(year) for year in (2024, 2025)} == {
        2024: 4,
        2025: 8,
    }
    for year in (2024, 2025):
        assert {consent for y, consent in seasons if y == year} == {"named", "anonymised"}
    for page in told_pages():
        assert page.live
        assert page.worked
        assert page.practice_links.exists()
        assert page.publication.accepted_by.answer_id == page.publication.answer_id


def test_each_step_of_moderation_has_its_line_and_its_words(loaded_site):
    for answer in Answer.objects.filter(campaign__is_example=True).exclude(state="draft"):
        steps = [(event.before, event.after) for event in answer.events.all()]
        assert steps[0] == ("draft", "received")
        assert steps[-1][1] == answer.state
    asked = Answer.objects.get(state="change-asked")
    assert asked.question.endswith("(question inventée)")
    for state in ("refused", "withdrawn"):
        assert ReviewEvent.objects.filter(after=state).latest("made_at").why
    changed = ReviewEvent.objects.filter(answer__state="published", changes__has_key="texts")
    assert changed.values("answer").distinct().count() == 12


def test_no_reader_takes_an_invented_report_for_a_real_one(loaded_site, client):
    for page in told_pages():
        assert page.is_example
        assert page.title.startswith("Exemple fictif\u00a0:")
        assert page.summary.startswith("Récit inventé.")
        html = client.get(page.url).content.decode()
        assert "inventé pour montrer à quoi ressemble un retour" in html
    for word in ("convocation", "pouvoir", "quorum", "buffet", "horaire", "participation", "lieu"):
        found = client.get("/api/search", {"q": word}).json()["results"][:3]
        assert not [hit["title"] for hit in found if "fictif" in hit["title"]], word


def test_they_are_no_news(loaded_site, client):
    for page in told_pages():
        assert page.first_published_at.year == page.year
    shown = [card.title for card in client.get("/").context["latest"]]
    assert not [title for title in shown if "fictif" in title]


def test_the_synthesis_of_2025_is_published_in_both_languages(loaded_site, client):
    campaign = Campaign.objects.get(season=2025)
    french, english = campaign.syntheses.order_by("locale__language_code").reverse()
    assert (french.live, english.live) == (True, True)
    assert french.title.startswith("Exemple fictif\u00a0:")
    assert english.title.startswith("Made-up example:")
    for page, told, invented in (
        (french, "Trois choses reviennent", "ont été inventées"),
        (english, "Three things come back", "were made up"),
    ):
        html = client.get(page.url).content.decode()
        assert told in html
        assert invented in html
        assert html.count('class="chart"') >= 5
        assert client.get(page.csv_url).status_code == client.get(page.json_url).status_code == 200
        with override(page.locale.language_code):
            door = client.get(campaign.get_absolute_url()).content.decode()
        assert f'href="{page.url}"' in door
    assert campaign.synthesis_on


def test_each_quote_of_the_synthesis_is_read_by_everybody(loaded_site, client):
    page = SynthesisPage.objects.get(locale__language_code="fr")
    ticked = [b for b in page.parts if b.block_type == "said" and b.value["shown"]]
    assert len(ticked) == 18
    html = client.get(page.url).content.decode()
    assert html.count("<blockquote") == len(ticked)
    assert "Les Logis du Canal (exemple)" in html  # published with its name


def test_an_older_site_goes_on_from_where_its_answers_stand(loaded_site, monkeypatch):
    """Its answers were written before any was published, and nobody has touched them since."""
    answer = told_pages().first().publication.answer
    for step in ("in-review", "anonymised"):  # as they were then: nothing tells what was accepted
        workflow.move(answer, step, who=workflow.BY_THE_HUB)
    item = LoadedItem.objects.get(key__startswith="answer:", object_id=answer.pk)
    stands = Answer.objects.filter(pk=answer.pk).values("values", "state", "version").first()
    item.source_digest, item.result_digest = "older", digest_of(stands)
    item.save()
    assert again(monkeypatch).counts["changed"] == 1
    assert Answer.objects.get(pk=answer.pk).state == "published"
    assert all(page.live for page in told_pages())
