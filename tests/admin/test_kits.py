"""What editors see of the zips of kits: their state, why one failed, the note of a version."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.menu import reports_menu

from hub.core import outbox
from hub.core.models import HubDocument
from resources.models import KitPage, KitVersion
from tests.alerts import work
from tests.kits import sections
from tests.security.site import SiteCase, document_page, index_of, publish

LIST = "kit_report:index"


class Kits(SiteCase):
    def setUp(self) -> None:
        folder = self.enterContext(TemporaryDirectory())
        self.enterContext(override_settings(KITS_ROOT=Path(folder)))
        self.document = document_page("Le livret")
        page = KitPage(title="Kit AG", slug="ag", summary="x", sections=sections([self.document]))
        self.kit = publish(page, index_of("kit"))
        self.sign_in("chief")

    def report(self) -> str:
        return self.client.get(reverse(LIST)).content.decode()

    def form(self) -> str:
        return self.client.get(
            reverse("wagtailadmin_pages:edit", args=[self.kit.pk])
        ).content.decode()

    def test_the_state_goes_from_waiting_to_packed(self):
        assert "en attente" in self.report()
        assert "en attente" in self.form()
        assert "Rien n’est encore proposé" in self.form()
        work()
        work()  # the first round read the file, which says its pages to the kit
        for page in (self.report(), self.form()):
            assert "à jour" in page
            assert "en attente" not in page
        assert f"version {self.kit.versions.latest('number').number}" in self.form()

    def test_a_failure_is_told_in_plain_words_with_the_file(self):
        outbox.drain(["read_file"])
        Path(HubDocument.objects.get(pk=self.document.file_id).file.path).unlink()
        work()
        for page in (self.report(), self.form()):
            assert "fabrication impossible" in page
            assert "«\xa0Le livret\xa0» est absent ou abîmé" in page

    def test_the_button_has_the_zip_written_again(self):
        work()
        work()  # the first round read the file, which says its pages to the kit
        version, versions = self.kit.versions.latest("number"), self.kit.versions.count()
        version.path.unlink()
        again = reverse("kit_report:again", args=[self.kit.pk])
        assert again in self.report()
        assert again in self.form()
        assert "Kit AG" in self.client.get(again).content.decode()
        assert not outbox.waiting("kit").exists()
        response = self.client.post(again, follow=True)
        assert "d’ici une minute" in response.content.decode()
        assert "en attente" in self.report()
        work()
        assert version.path.exists()
        assert self.kit.versions.count() == versions

    def test_an_editor_writes_the_note_that_readers_see(self):
        work()
        version = self.kit.versions.get()
        address = reverse("wagtailsnippets_resources_kitversion:edit", args=[version.pk])
        assert address in self.form()
        page = self.client.get(address).content.decode()
        assert version.sha256 in page
        self.client.post(address, {"note": "Pour la saison 2027."})
        assert "Pour la saison 2027." in self.client.get(self.kit.url).content.decode()
        version.refresh_from_db()
        assert version.note == "Pour la saison 2027."
        assert version.number == 1

    def test_nobody_adds_or_deletes_a_version(self):
        work()
        self.sign_in("superuser")
        for action, args in (("add", []), ("delete", [self.kit.versions.get().pk])):
            address = reverse(f"wagtailsnippets_resources_kitversion:{action}", args=args)
            self.client.post(address, {"note": "x"})
        assert KitVersion.objects.count() == 1

    def test_it_stands_in_the_menu_of_those_who_may_see_it(self):
        for name, shown in (("chief", True), ("contributor", False)):
            self.sign_in(name)
            request = self.client.get(reverse("wagtailadmin_home")).wsgi_request
            names = [item.name for item in reports_menu.menu_items_for_request(request)]
            assert ("kits" in names) is shown, name

    def test_the_report_costs_the_same_for_any_number_of_kits(self):
        self.report()
        with CaptureQueriesContext(connection) as one:
            self.report()
        for number in range(5):
            publish(KitPage(title=f"Kit {number}", summary="x"), index_of("kit"))
        with CaptureQueriesContext(connection) as six:
            assert "Kit 4" in self.report()
        assert len(six) <= len(one)
