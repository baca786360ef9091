"""Promoted answers: written by editors, in force for their days, with what stands in their way."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex
from wagtail.test.utils.form_data import querydict_from_html

from search.engines.base import SearchRequest
from search.models import PromotedAnswer
from search.service import search
from tests.security.site import SiteCase, guide

LIST = "wagtailsnippets_search_promotedanswer:list"
ADD = "wagtailsnippets_search_promotedanswer:add"


def on_top(query):
    return [hit.page_id for hit in search(SearchRequest(query=query, locale="fr")).promoted]


class Promotions(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.page = guide("Le guide de la saison")
        cls.today = timezone.localdate()

    def setUp(self) -> None:
        self.sign_in("chief")

    def write(self, queries, page=None, **more):
        data = {"queries": queries, "page": (page or self.page).pk, "position": "1", **more}
        return self.client.post(reverse(ADD), data)

    def said(self, response):
        """What the next page tells, once."""
        shown = self.client.get(response.url).context["messages"]
        return " ".join(str(message) for message in shown)

    def days(self, days):
        return (self.today + timedelta(days=days)).isoformat()

    def test_a_page_comes_on_top_of_the_queries_written_line_by_line(self):
        assert self.write("Assemblée générale\nag 2026").status_code == 302
        assert on_top("assemblee GENERALE") == [self.page.pk]
        assert on_top("ag 2026") == [self.page.pk]
        assert on_top("ag") == []

    def test_only_within_its_days(self):
        self.write("demain", starts_on=self.days(1))
        self.write("hier", ends_on=self.days(-1))
        self.write("aujourd’hui", starts_on=self.days(0), ends_on=self.days(0))
        assert [on_top(q) for q in ("demain", "hier", "aujourd’hui")] == [[], [], [self.page.pk]]

    def test_the_list_says_where_each_stands(self):
        draft = guide("Brouillon")
        draft.unpublish()
        for queries, page, dates in [
            ("un", self.page, {"starts_on": self.days(1)}),
            ("deux", self.page, {}),
            ("trois", self.page, {"ends_on": self.days(-1)}),
            ("quatre", draft, {}),
        ]:
            self.write(queries, page, **dates)
        page = self.client.get(reverse(LIST)).content.decode()
        for state in ("à venir", "en cours", "terminée", "page non visible"):
            assert page.count(state) == 1, state

    def test_a_page_that_nobody_sees_is_said(self):
        draft = guide("Un brouillon")
        draft.unpublish()
        said = self.said(self.write("salle", draft))
        assert "Un brouillon" in said
        assert "n’est pas visible" in said

    def test_a_page_that_the_search_does_not_show_is_said(self):
        home = self.page.get_site().root_page
        assert "ne figure pas parmi" in self.said(self.write("accueil", home))

    def test_two_answers_to_one_query_are_said_unless_their_days_differ(self):
        other = guide("Autre guide")
        self.said(self.write("Salle", other, ends_on=self.days(3)))
        assert "Autre guide" in self.said(self.write("une salle\nsalle"))
        third = guide("Troisième guide")
        assert "Autre guide" not in self.said(self.write("salle", third, starts_on=self.days(4)))

    def test_the_same_page_twice_for_a_query_is_refused_on_the_same_days(self):
        self.write("Salle\nbuffet", ends_on=self.days(3))
        refused = self.write("une fête\nsalle")
        assert refused.status_code == 200
        assert "déjà promue pour « salle »" in refused.content.decode().replace("\xa0", " ")
        assert self.write("salle", starts_on=self.days(4)).status_code == 302
        answer = PromotedAnswer.objects.get(starts_on=None)
        edit = reverse("wagtailsnippets_search_promotedanswer:edit", args=[answer.pk])
        data = {"queries": "salle", "page": self.page.pk, "position": "2"}
        assert self.client.post(edit, data).status_code == 200
        assert self.client.post(edit, data | {"ends_on": self.days(2)}).status_code == 302

    def test_a_page_comes_once_however_often_it_is_written(self):
        self.write("salle\nSALLE")
        PromotedAnswer.objects.create(queries="salle", page=self.page)
        assert on_top("salle") == [self.page.pk]
        told = self.client.get("/api/search", {"q": "salle"}).json()["promoted"]
        assert [page["id"] for page in told] == [self.page.pk]

    def test_a_query_longer_than_the_search_reads_is_refused(self):
        assert self.write("salle\n" + "a" * 200).status_code == 302
        refused = self.write("fête\n" + "a" * 201)
        assert refused.status_code == 200
        assert "200 caractères" in refused.content.decode()

    def test_what_would_never_be_shown_is_refused(self):
        for wrong in (
            self.write("?!"),
            self.write("salle", starts_on=self.days(2), ends_on=self.days(1)),
        ):
            assert wrong.status_code == 200
        assert PromotedAnswer.objects.count() == 0

    def test_each_refusal_says_one_thing(self):
        for queries, said in [("", "requis"), ("?!", "au moins une recherche")]:
            (told,) = self.write(queries).context["form"].errors["queries"]
            assert said in told

    def test_the_form_starts_with_the_query_of_the_address(self):
        page = self.client.get(reverse(ADD), {"query": "verre de l’amitié"}).content.decode()
        data = querydict_from_html(page, form_id="w-editor-form")
        assert data["queries"].strip() == "verre de l’amitié"

    def test_the_page_says_that_it_is_promoted_and_takes_its_promotion_away_with_it(self):
        self.write("salle")
        answer = PromotedAnswer.objects.get()
        references = ReferenceIndex.get_references_to(self.page)
        assert str(answer.pk) in {reference.object_id for reference in references}
        usage = self.client.get(reverse("wagtailadmin_pages:usage", args=[self.page.pk]))
        assert "salle" in usage.content.decode()
        delete = reverse("wagtailadmin_pages:delete", args=[self.page.pk])
        assert "utilis" in self.client.get(delete).content.decode()
        self.client.post(delete)
        assert not PromotedAnswer.objects.exists()
        assert on_top("salle") == []
