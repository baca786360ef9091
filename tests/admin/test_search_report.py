"""The report of searches: what many people look for, never what a few do."""

import csv
import io
from datetime import timedelta

import openpyxl
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile

from search.models import SearchCount
from tests.security.site import SiteCase

REPORT = "search_searches:index"


def counted(query, searches, without_result=0, clicks=0, days_ago=0, locale="fr"):
    SearchCount.objects.create(
        day=timezone.localdate() - timedelta(days=days_ago),
        locale=locale,
        query=query.lower(),
        shown=query,
        searches=searches,
        without_result=without_result,
        clicks=clicks,
    )


class Report(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")

    def rows(self, **chosen):
        """The searches shown, in order."""
        response = self.client.get(reverse(REPORT), chosen)
        return [row["shown"] for row in response.context["object_list"]]

    def test_it_adds_the_days_up_and_puts_the_most_frequent_first(self):
        counted("Quorum", 2)
        counted("quorum", 3, clicks=1, days_ago=1)
        counted("Buffet", 4)
        response = self.client.get(reverse(REPORT))
        first, second = response.context["object_list"]
        assert (first["shown"], first["searches"], first["clicks"]) == ("quorum", 5, 1)
        assert second["shown"] == "Buffet"

    def test_what_fewer_than_three_searched_for_is_hidden_exports_too(self):
        counted("Secret", 1)
        counted("secret", 1, days_ago=1)
        counted("Quorum", 3, without_result=3)
        assert self.rows() == ["Quorum"]
        assert self.rows(show="nothing") == ["Quorum"]
        for kind in ("csv", "xlsx"):
            response = self.client.get(reverse(REPORT), {"export": kind})
            content = b"".join(response.streaming_content)
            assert b"ecret" not in content
        assert "ecret" not in self.client.get(reverse(REPORT)).content.decode()

    def test_it_shows_what_finds_nothing_and_what_nobody_opens(self):
        counted("Licorne", 5, without_result=5)
        counted("Quorum", 9, clicks=9)
        counted("Buffet", 6, without_result=1)
        counted("Salle", 6, clicks=1)
        counted("Vote", 7, days_ago=1)
        counted("Vote", 7, clicks=2)
        counted("Pouvoir", 4)
        assert self.rows(show="nothing") == ["Licorne", "Buffet"]
        assert self.rows(show="unopened") == ["Buffet", "Pouvoir"]

    def test_it_keeps_to_a_period_and_a_language(self):
        counted("Semaine", 3, days_ago=6)
        counted("Mois", 4, days_ago=29)
        counted("Trimestre", 5, days_ago=89)
        counted("An", 6, days_ago=390)
        counted("Week", 7, days_ago=6, locale="en")
        assert self.rows() == ["Week", "Mois", "Semaine"]
        assert self.rows(period="7") == ["Week", "Semaine"]
        assert self.rows(period="90", locale="fr") == ["Trimestre", "Mois", "Semaine"]
        assert self.rows(period="396") == ["Week", "An", "Trimestre", "Mois", "Semaine"]
        assert self.rows(locale="en") == ["Week"]
        assert self.rows(period="nonsense")

    def test_each_search_is_one_click_from_a_synonym_a_promotion_and_a_try(self):
        counted("verre de l’amitié", 3)
        page = self.client.get(reverse(REPORT)).content.decode()
        for name, form, field in [
            ("wagtailsnippets_search_synonym:add", "w-editor-form", "words"),
            ("wagtailsnippets_search_promotedanswer:add", "w-editor-form", "queries"),
            ("search_try:index", None, "query"),
        ]:
            link = page.split(f'href="{reverse(name)}?')[1].split('"')[0].replace("&amp;", "&")
            opened = self.client.get(f"{reverse(name)}?{link}").content.decode()
            if form:
                data = querydict_from_html(opened, form_id=form)
                assert data[field].strip() == "verre de l’amitié"
            else:
                assert 'value="verre de l’amitié"' in opened

    def test_exports_hold_no_formula(self):
        counted("=1+1", 3)
        counted("@somme", 3)
        text = b"".join(self.client.get(reverse(REPORT), {"export": "csv"}).streaming_content)
        cells = [cell for row in csv.reader(io.StringIO(text.decode())) for cell in row]
        assert "'=1+1" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        book = self.client.get(reverse(REPORT), {"export": "xlsx"})
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
        assert "f" not in {cell.data_type for row in sheet for cell in row}

    def test_exports_speak_the_language_of_who_asks(self):
        counted("Quorum", 3)
        for language, headings in [("fr", ["Recherches", "Clics"]), ("en", ["Searches", "Clicks"])]:
            UserProfile.objects.update_or_create(
                user=self.people["chief"], defaults={"preferred_language": language}
            )
            for kind in ("csv", "xlsx"):
                answer = self.client.get(reverse(REPORT), {"export": kind})
                content = b"".join(answer.streaming_content)
                if kind == "csv":
                    first = next(csv.reader(io.StringIO(content.decode())))
                else:
                    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
                    first = [cell.value for cell in next(sheet.iter_rows())]
                assert [first[2], first[4]] == headings, (language, kind)

    def test_it_says_when_there_is_nothing_to_show(self):
        assert "3 fois" in self.client.get(reverse(REPORT)).content.decode()
