"""The inbox of requests, as the federation works with it."""

import csv
import io
import uuid
from datetime import UTC, datetime

import openpyxl
from django.core import mail
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.test.utils.form_data import querydict_from_html

from hub.core.spreadsheets import inert
from resources.models import LegalRecord, SupportRequest, ToolPage
from tests.alerts import work
from tests.security.site import SiteCase, index_of, publish

FORMULA = '=HYPERLINK("http://evil.example","x")'


def address(name: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_resources_supportrequest:{name}", args=args)


class Inbox(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        tool = publish(ToolPage(title="Registre", summary="x"), index_of("tool"))
        for year, coop in ((2025, "Coop A"), (2026, "Coop B"), (2026, FORMULA)):
            kept = SupportRequest.objects.create(
                tool=tool, coop=coop, name="Une personne", email="a@example.org",
                message="-1+1", submission_key=uuid.uuid4(),
            )  # fmt: skip
            moment = datetime(year, 5, 1, tzinfo=UTC)
            SupportRequest.objects.filter(pk=kept.pk).update(created_at=moment)

    def setUp(self) -> None:
        self.sign_in("chief")

    def test_it_lists_counts_by_season_and_filters(self):
        response = self.client.get(address("list"))
        text = response.content.decode()
        for shown in ("Coop A", "Coop B", "Registre", "2026", "2025"):
            assert shown in text
        assert "add/" not in text
        only = self.client.get(address("list"), {"season": "2025"}).content.decode()
        assert "Coop A" in only
        assert "Coop B" not in only
        none = self.client.get(address("list"), {"state": "done"}).content.decode()
        assert "Coop A" not in none

    def test_its_state_changes_and_nothing_else_does(self):
        kept = SupportRequest.objects.get(coop="Coop A")
        self.follow_up("Coop A", state="done", coop="Autre")
        kept.refresh_from_db()
        assert (kept.state, kept.coop) == ("done", "Coop A")

    def follow_up(self, of: str, **fields: str) -> SupportRequest:
        """Save the screen of a request as an editor does, with these fields changed."""
        kept = SupportRequest.objects.get(coop=of)
        edit = address("edit", kept.pk)
        page = self.client.get(edit).content.decode()
        index = next(i for i in range(9) if "state" in querydict_from_html(page, form_index=i))
        data = querydict_from_html(page, form_index=index).dict()
        assert self.client.post(edit, {**data, **fields}).status_code == 302
        kept.refresh_from_db()
        return kept

    def test_whoever_asked_is_told_once_when_it_is_done(self):
        self.follow_up("Coop A", state="called-back", outcome="Un atelier le 3 mars.")
        work()
        assert mail.outbox == []
        self.follow_up("Coop A", state="done", notes="Une remarque de la maison.")
        self.follow_up("Coop A", state="done", notes="Une autre.")
        work()
        [told] = mail.outbox
        assert told.to == ["a@example.org"]
        assert told.subject == "Votre demande a reçu sa réponse"
        assert "«\xa0Registre\xa0»" in told.body
        assert "Un atelier le 3 mars." in told.body
        assert "remarque" not in told.body

    def test_taken_up_again_it_is_told_again_when_done(self):
        for state in ("done", "received", "done"):
            kept = self.follow_up("Coop A", state=state)
            assert (kept.closed_at is not None) == (state == "done")
        work()
        assert len(mail.outbox) == 2

    def test_nobody_writes_one_in_the_admin(self):
        self.sign_in("superuser")
        assert self.client.get(address("add")).status_code == 302
        assert SupportRequest.objects.count() == 3

    def test_spreadsheets_hold_no_formula(self):
        text = b"".join(self.client.get(address("list"), {"export": "csv"}).streaming_content)
        cells = [cell for row in csv.reader(io.StringIO(text.decode())) for cell in row]
        assert f"'{FORMULA}" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        book = self.client.get(address("list"), {"export": "xlsx"})
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
        assert "f" not in {cell.data_type for row in sheet for cell in row}
        assert FORMULA in [cell.value for row in sheet for cell in row]

    def test_cells_that_a_program_would_compute_are_marked(self):
        for text in ("=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "\n=1"):
            assert inert(text) == f"'{text}"
        assert inert("Coop = bien") == "Coop = bien"
        assert inert(3) == 3

    def test_a_moderator_reads_and_changes_nothing(self):
        kept = SupportRequest.objects.first()
        self.sign_in("moderator")
        assert self.client.get(address("list")).status_code == 200
        assert self.client.get(address("inspect", kept.pk)).status_code == 200
        self.client.post(address("edit", kept.pk), {"state": "done"})
        kept.refresh_from_db()
        assert kept.state == "received"


class LegalValues(SiteCase):
    def test_they_are_listed_by_state_with_their_next_review(self):
        LegalRecord.objects.create(title="Délai", key="a", value="15", source="s")
        LegalRecord.objects.create(
            title="Quorum", key="b", value="1/5", source="s", state="to-review"
        )
        self.sign_in("chief")
        listing = reverse("wagtailsnippets_resources_legalrecord:list")
        text = self.client.get(listing, {"state": "to-review"}).content.decode()
        assert "Quorum" in text
        assert "Délai" not in text

    def test_the_usage_of_one_names_the_pages_that_quote_it(self):
        from resources.models import GuidePage

        record = LegalRecord.objects.create(title="Délai", key="a", value="15", source="s")
        guide = GuidePage(title="Convoquer", summary="x", body=[("legal_value", record)])
        publish(guide, index_of("guide"))
        self.sign_in("chief")
        usage = reverse("wagtailsnippets_resources_legalrecord:usage", args=[record.pk])
        assert "Convoquer" in self.client.get(usage).content.decode()


class Menu(SiteCase):
    def test_each_finds_what_is_theirs_in_the_menu(self):
        expected = {
            "chief": {"requests", "reference-data", "search", "documents", "images"},
            "contributor": {"documents", "images"},
            "moderator": {"requests"},
        }
        everything = set().union(*expected.values())
        for actor, names in expected.items():
            self.sign_in(actor)
            request = self.client.get(reverse("wagtailadmin_home")).wsgi_request
            shown = {item.name for item in admin_menu.menu_items_for_request(request)}
            assert shown & everything == names, actor
            assert "snippets" not in shown
