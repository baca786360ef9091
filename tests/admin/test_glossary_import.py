"""The screens where a sheet of terms is sent, compared and agreed to."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from resources.models import GlossaryIndexPage, GlossarySheet, GlossaryTermPage
from tests.factories import resource
from tests.security.site import SiteCase

SEND = "glossary_import:send"


class GlossaryImport(SiteCase):
    def setUp(self) -> None:
        self.term = resource(
            "glossary", "Quorum", plain_definition="Un nombre.", summary="Un nombre."
        )
        self.sign_in("chief")

    def send(self, text, name="termes.csv"):
        content = text.encode() if isinstance(text, str) else text
        return self.client.post(reverse(SEND), {"file": SimpleUploadedFile(name, content)})

    def changes(self, text):
        """The screen that shows what the file would change."""
        sent = self.send(text)
        assert sent.status_code == 302, sent.content.decode()
        return sent.url, self.client.get(sent.url)

    def agree(self, url, shown, then="publish"):
        return self.client.post(url, {"basis": shown.context["basis"], "then": then}, follow=True)

    def test_nothing_is_written_until_somebody_agrees(self):
        url, shown = self.changes("term,plain\nQuorum,Un seuil.\nTrampoline,Une toile.\n")
        text = shown.content.decode()
        assert 'class="deletion">nombre' in text
        assert 'class="addition">seuil' in text
        assert GlossaryTermPage.objects.count() == 1
        self.agree(url, shown)
        self.term.refresh_from_db()
        assert self.term.plain_definition == "Un seuil."
        assert GlossaryTermPage.objects.get(slug="trampoline").live
        assert GlossaryTermPage.objects.get(slug="trampoline").owner == self.people["chief"]
        assert not GlossarySheet.objects.exists()

    def test_somebody_s_later_change_stops_the_whole_and_is_shown(self):
        url, shown = self.changes("term,plain\nQuorum,Un seuil.\nTrampoline,Une toile.\n")
        self.term.plain_definition = "Autre chose."
        self.term.save_revision().publish()
        refused = self.agree(url, shown)
        assert refused.status_code == 409
        assert "Quorum" in next(str(m) for m in refused.context["messages"])
        assert "Autre" in refused.content.decode()
        assert not GlossaryTermPage.objects.filter(slug="trampoline").exists()
        self.agree(url, refused)
        assert GlossaryTermPage.objects.filter(slug="trampoline").exists()

    def test_a_forged_or_missing_basis_writes_nothing(self):
        url, _shown = self.changes("term,plain\nQuorum,Un seuil.\n")
        for basis in ("", "[1]", "{", json.dumps({"quorum": "x"})):
            assert self.client.post(url, {"basis": basis, "then": "publish"}).status_code == 409
        self.term.refresh_from_db()
        assert self.term.plain_definition == "Un nombre."

    def test_bad_lines_are_named_and_cannot_be_agreed_to(self):
        url, shown = self.changes("term,plain,themes\nQuorum,Un seuil.,licorne\n")
        assert "licorne" in shown.content.decode()
        assert [number for number, _said in shown.context["problems"]] == [2]
        assert 'name="then"' not in shown.content.decode()
        assert self.agree(url, shown).status_code == 422

    def test_a_bad_line_has_the_number_that_a_spreadsheet_shows(self):
        long = '"Un seuil.\nQui change.\nSelon les statuts."'
        _url, shown = self.changes(f"term,plain,full,themes\nA,Un.,{long},\n\nB,Un.,,licorne\n")
        assert [number for number, _said in shown.context["problems"]] == [4]

    def test_files_that_are_none_are_refused_on_the_spot(self):
        hostile = [
            "nom,texte\na,b\n",
            b"PK\x03\x04",
            "term,plain\nA,<script>alert(1)</script>\n",
            "",
        ]
        for content in hostile:
            response = self.send(content)
            assert response.status_code == 422
            assert response.context["form"].errors
        assert not GlossarySheet.objects.exists()

    def test_a_contributor_leaves_drafts_and_publishes_nothing(self):
        self.sign_in("contributor")
        url, shown = self.changes("term,plain\nTrampoline,Une toile.\n")
        assert 'value="publish"' not in shown.content.decode()
        self.agree(url, shown)
        assert not GlossaryTermPage.objects.get(slug="trampoline").live
        url, shown = self.changes("term,plain\nQuorum,Un seuil.\n")
        self.agree(url, shown)
        self.term.refresh_from_db()
        assert self.term.plain_definition == "Un nombre."
        assert self.term.get_latest_revision_as_object().plain_definition == "Un seuil."

    def test_a_locked_term_is_left_to_who_is_at_work_on_it(self):
        GlossaryTermPage.objects.update(locked=True, locked_by=self.people["administrator"])
        _url, shown = self.changes("term,plain\nQuorum,Un seuil.\n")
        assert shown.context["plan"].problems

    def test_each_person_sees_their_own_file_alone(self):
        url, _shown = self.changes("term,plain\nQuorum,Un seuil.\n")
        self.sign_in("administrator")
        assert self.client.get(url).status_code == 404

    def test_the_page_of_the_glossary_leads_there(self):
        french, english = (
            GlossaryIndexPage.objects.get(locale__language_code=code) for code in ("fr", "en")
        )
        for page, there in ((french, True), (english, False)):
            screen = self.client.get(reverse("wagtailadmin_explore", args=[page.pk]))
            assert (reverse(SEND) in screen.content.decode()) is there

    def test_reading_the_screens_costs_the_same_for_two_lines_or_forty(self):
        counts = []
        for number in (2, 40):
            lines = "".join(f"Terme {n},Un mot.\n" for n in range(number))
            url, _shown = self.changes(f"term,plain\n{lines}")
            counts.append(self.cost(url))
        assert counts[0] == counts[1]

    def cost(self, url):
        with CaptureQueriesContext(connection) as captured:
            self.client.get(url)
        return len(captured)
