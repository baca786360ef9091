"""The report of resources whose date of review has come."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.security.site import SiteCase, guide


class ToReview(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")
        self.report = reverse("to_review:index")
        today = timezone.localdate()
        self.late = guide("En retard", review_on=today - timedelta(days=2))
        self.soon = guide("Bientôt", review_on=today + timedelta(days=20))
        self.dateless = guide("Sans date")

    def titles(self, **chosen):
        page = self.client.get(self.report, chosen)
        return [row.title for row in page.context["object_list"]]

    def test_what_is_overdue_comes_first_and_what_comes_soon_when_asked(self):
        assert self.titles() == ["En retard"]
        assert self.titles(when="soon") == ["En retard", "Bientôt"]
        assert "Sans date" in self.titles(when="none")
        assert self.titles(type="kit") == []

    def test_it_goes_to_a_spreadsheet(self):
        sheet = b"".join(self.client.get(self.report, {"export": "csv"}).streaming_content)
        assert "En retard,Guide," in sheet.decode()

    def test_many_rows_cost_no_more_queries_than_few(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.client.get(self.report)
            return len(queries)

        cost()
        few = cost()
        for number in range(8):
            guide(f"Vieux {number}", review_on=timezone.localdate() - timedelta(days=9))
        assert cost() == few
