"""The results of a campaign in the administration: who sees them, what they show and hide."""

import re

from django.urls import reverse

from resources.reports.figures.crossing import Crossing
from resources.reports.figures.records import load
from resources.reports.models import Answer
from tests.campaigns import answer as answer_of
from tests.campaigns import campaign, coop, participant
from tests.reports.seasons import coops, season
from tests.security.site import SiteCase

FIGURES_QUERIES = 15  # of which 9 are of the administration itself
PAGES = ("figures", "cross", "trends", "texts")


def page(name: str, of: object, **asked: str) -> tuple[str, dict[str, str]]:
    return reverse(f"campaign_results:{name}", args=[of.pk]), asked


class Results(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.coops = coops(40)
        cls.campaign = season(2026, cls.coops)

    def setUp(self) -> None:
        self.sign_in("chief")

    def shown(self, name: str, of: object = None, **asked: str) -> str:
        response = self.client.get(*page(name, of or self.campaign, **asked))
        assert response.status_code == 200, response
        return response.content.decode()

    def test_only_those_who_see_results_do(self):
        for actor, sees in {
            "administrator": True, "chief": True, "moderator": False, "translator": False,
            "contributor": False, "nobody": False,
        }.items():  # fmt: skip
            self.sign_in(actor)
            for name in PAGES:
                status = self.client.get(*page(name, self.campaign)).status_code
                assert status == (200 if sees else 302), (actor, name)
            index = self.client.get(reverse("campaign_results:index"))
            target = reverse("campaign_results:figures", args=[self.campaign.pk])
            assert (index["Location"] == target) is sees

    def test_a_campaign_that_is_not_there_is_not_found(self):
        for name in PAGES:
            address = reverse(f"campaign_results:{name}", args=[987_654])
            assert self.client.get(address).status_code == 404

    def test_the_menu_leads_there_those_who_may_see(self):
        index = reverse("campaign_results:index")
        assert index in self.client.get(reverse("wagtailadmin_home")).content.decode()
        self.sign_in("moderator")
        assert index not in self.client.get(reverse("wagtailadmin_home")).content.decode()

    def test_without_a_campaign_the_page_says_so(self):
        Answer.objects.all().delete()
        self.campaign.participants.all().delete()
        self.campaign.delete()
        content = self.client.get(reverse("campaign_results:index")).content.decode()
        assert "Il n’y a pas encore de campagne" in content

    def test_each_question_has_a_chart_with_a_name_its_words_and_its_table(self):
        content = self.shown("figures")
        charts = re.findall(r"<svg class=\"chart\".*?</svg>", content, re.DOTALL)
        assert len(charts) > 30
        for chart in charts:
            named = re.search(r'aria-labelledby="(\S+) (\S+)"', chart)
            assert f'id="{named[1]}"' in chart
            assert f'id="{named[2]}"' in chart
            assert "style=" not in chart
        assert content.count("La même chose en tableau") == len(charts)
        ids = re.findall(r'\bid="([^"]+)"', content)
        assert len(ids) == len(set(ids))

    def test_both_rates_are_named_defined_and_stand_apart(self):
        content = self.shown("figures")
        assert "Taux de participation" in content
        assert "Taux d’expression" in content
        assert "présents ÷ convoqués" in content
        assert "(présents + représentés + votants à distance) ÷ convoqués" in content

    def test_before_the_first_answer_and_below_five_there_is_no_figure(self):
        new = campaign(season=2027, slug="ag-2027")
        assert "Pas encore de réponse." in self.shown("figures", new)
        for place in range(4):
            one = participant(new, coop(f"Coop {place}"))
            answer_of(one, {"jour": {"chosen": ["samedi"]}}, state="received", sent_at=new.opens_at)
        content = self.shown("figures", new)
        assert "à partir de 5 réponses" in content
        assert '<svg class="chart"' not in content
        one = participant(new, coop("La cinquième"))
        answer_of(one, {"jour": {"chosen": ["samedi"]}}, state="received", sent_at=new.opens_at)
        assert "Sur 5 réponses" in self.shown("figures", new)

    def test_what_does_not_count_is_in_no_figure(self):
        before = len(load(self.campaign))
        Answer.objects.filter(pk__in=Answer.objects.values("pk")[:1]).update(state="refused")
        Answer.objects.filter(pk__in=Answer.objects.values("pk")[1:2]).update(is_test=True)
        assert len(load(self.campaign)) == before - 2

    def test_a_filter_keeps_its_answers_and_one_that_would_tell_is_refused(self):
        crossing = Crossing(load(self.campaign))
        only, members = next(iter(crossing.offered.items()))
        content = self.shown("figures", only=f"{only.key}:{only.option}")
        assert f"– {members.bit_count()} réponses" in content
        for refused in ("region:corse", "nulle:part", "jour", "'\"<script>"):
            content = self.shown("figures", only=refused)
            assert "Ce filtre n’est pas proposé" in content
            assert "Toutes les réponses – 40 réponses" in content

    def test_two_questions_are_crossed(self):
        content = self.shown("cross", rows="jour", columns="creneau")
        assert "En semaine" in content
        assert "ne veut pas dire" in content
        assert "Choisissez deux questions différentes" in self.shown(
            "cross", rows="jour", columns="jour"
        )
        assert "Choisissez deux questions." in self.shown(
            "cross", rows="jour", columns="ce_qui_a_marche"
        )

    def test_what_was_written_is_shown_as_text(self):
        one = Answer.objects.order_by("pk")[0]
        one.values["ce_qui_a_marche"] = "<script>alert(1)</script> Un pot"
        one.save()
        content = self.shown("texts", question="ce_qui_a_marche")
        assert "&lt;script&gt;alert(1)&lt;/script&gt; Un pot" in content
        assert "Propos inventé" in content
        assert "Propos inventé" not in self.shown("texts", question="jour")

    def test_nothing_grows_with_the_answers(self):
        with self.assertNumQueries(FIGURES_QUERIES):
            self.shown("figures")
        Answer.objects.filter(pk__in=Answer.objects.values("pk")[:30]).delete()
        with self.assertNumQueries(FIGURES_QUERIES):
            self.shown("figures")

    def test_the_seasons_are_drawn_and_their_table_says_the_same(self):
        season(2025, self.coops)
        content = self.shown("trends", question="mode_ag")
        charts = re.findall(r"<svg class=\"chart\".*?</svg>", content, re.DOTALL)
        assert len(charts) == 3  # the question, and each of both rates
        drawn = re.findall(r"<text class=\"chart__figure\".*?>(\S+\s%) \((\d+)\)</text>", charts[0])
        assert drawn
        for share, count in drawn:
            assert f"<td>{share} ({count})</td>" in content
        for chart in charts:
            named = re.search(r'aria-labelledby="(\S+) (\S+)"', chart)
            assert f'id="{named[1]}"' in chart
            assert f'id="{named[2]}"' in chart
            assert "style=" not in chart
        assert "2025" in charts[0]
        assert content.count('class="crosstab"') == 2
