"""What editors read of the answers: rates with their number, seasons, comments, exports."""

import csv
import io
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from resources.models import ReaderAnswer
from tests.factories import resource
from tests.security.site import SiteCase

REPORT, COMMENTS = "reader_answers:index", "wagtailsnippets_resources_readeranswer:list"


def answered(page, helped, comment="", year=2026):
    ReaderAnswer.objects.create(page=page, day=date(year, 5, 2), helped=helped, comment=comment)


class ReaderReport(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")
        self.liked, self.disliked = resource("practice", "Aimée"), resource("kit", "Mal aimé")
        for helped in (True, True, True, False):
            answered(self.liked, helped)
        answered(self.liked, False, year=2025)
        answered(self.disliked, False, "=1+1 il manque le modèle")

    def rows(self, **chosen):
        return list(self.client.get(reverse(REPORT), chosen).context["object_list"])

    def test_what_helps_least_stands_first_with_its_number(self):
        first, second = self.rows()
        assert (first["title"], first["rate"]) == ("Mal aimé", "0 % (n = 1)")
        assert (second["yes"], second["no"], second["rate"]) == (3, 2, "60 % (n = 5)")
        assert second["trend"] == "2025 : 0 % (n = 1) · 2026 : 75 % (n = 4)"

    def test_it_is_filtered_by_type_season_and_comments(self):
        assert [row["title"] for row in self.rows(type="kit")] == ["Mal aimé"]
        assert [(row["title"], row["number"]) for row in self.rows(season="2025")] == [("Aimée", 1)]
        assert [row["title"] for row in self.rows(commented="true")] == ["Mal aimé"]

    def test_comments_are_one_click_away_and_can_be_deleted(self):
        page = self.client.get(reverse(REPORT)).content.decode()
        link = f"{reverse(COMMENTS)}?page={self.disliked.pk}&amp;commented=true"
        assert link in page
        listed = self.client.get(link.replace("&amp;", "&")).content.decode()
        assert "il manque le modèle" in listed
        row = ReaderAnswer.objects.exclude(comment="").get()
        self.client.post(reverse("wagtailsnippets_resources_readeranswer:delete", args=[row.pk]))
        assert not ReaderAnswer.objects.exclude(comment="").exists()

    def test_exports_hold_no_formula(self):
        for name in (REPORT, COMMENTS):
            answer = self.client.get(reverse(name), {"export": "csv"})
            text = b"".join(answer.streaming_content).decode()
            cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))], name

    def test_it_costs_as_many_queries_for_many_resources(self):
        def spent():
            with CaptureQueriesContext(connection) as captured:
                self.client.get(reverse(REPORT))
            return len(captured)

        spent()
        before = spent()
        for number in range(5):
            answered(resource("practice", f"Pratique {number}"), True, "Un mot")
        assert spent() == before

    def test_it_says_when_nobody_answered(self):
        ReaderAnswer.objects.all().delete()
        assert "Aucun lecteur" in self.client.get(reverse(REPORT)).content.decode()

    def test_who_only_writes_does_not_read_what_readers_say(self):
        self.sign_in("contributor")
        for name in (REPORT, COMMENTS):
            assert "il manque" not in self.client.get(reverse(name), follow=True).content.decode()
