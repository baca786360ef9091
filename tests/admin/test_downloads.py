"""The report of downloads: the screen and the spreadsheet add up to what was counted."""

import csv
import io
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hub.core.models import DownloadCount
from tests.factories import stored_file
from tests.security.site import SiteCase


class Report(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.files = [stored_file(title) for title in ("Livret", "=FLYER()")]
        cls.days = [date(2026, 3, 1) + timedelta(days=n) for n in range(10)]
        for n, day in enumerate(cls.days):
            for file in cls.files:
                for kind in DownloadCount.Kind:
                    DownloadCount.objects.create(document=file, day=day, kind=kind, number=n + 1)

    def setUp(self) -> None:
        self.sign_in("chief")
        self.address = reverse("downloads:index")

    def rows(self, **asked: str) -> list[dict[str, str]]:
        response = self.client.get(self.address, {"export": "csv", **asked})
        text = b"".join(response.streaming_content).decode()
        return list(csv.DictReader(io.StringIO(text)))

    def test_the_spreadsheet_adds_up_to_what_was_counted(self) -> None:
        rows = self.rows()
        assert len(rows) == 40
        assert sum(int(row["Téléchargements"]) for row in rows) == 4 * 55
        assert "'=FLYER()" in {row["Fichier"] for row in rows}

    def test_the_screen_and_the_spreadsheet_agree_on_a_period(self) -> None:
        period = {"day_from": "2026-03-02", "day_to": "2026-03-04"}
        assert sum(int(row["Téléchargements"]) for row in self.rows(**period)) == 4 * (2 + 3 + 4)
        text = self.client.get(self.address, period).content.decode()
        assert "36 téléchargements pendant cette période" in text
        assert "18" in text

    def test_a_kind_alone(self) -> None:
        assert len(self.rows(kind="older")) == 20

    def test_a_period_without_downloads_says_so(self) -> None:
        text = self.client.get(self.address, {"day_from": "2030-01-01"}).content.decode()
        assert "Aucun fichier n’a été téléchargé" in text

    def test_its_cost_does_not_grow(self) -> None:
        self.client.get(self.address)
        with CaptureQueriesContext(connection) as few:
            self.client.get(self.address)
        for number in range(10):
            DownloadCount.objects.create(
                document=stored_file(f"F{number}"), day=self.days[0], kind="newest", number=1
            )
        with CaptureQueriesContext(connection) as many:
            self.client.get(self.address)
        assert len(many) <= len(few)

    def test_contributors_do_not_see_it(self) -> None:
        self.sign_in("contributor")
        assert self.client.get(self.address).status_code == 302
