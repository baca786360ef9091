"""Two people on the same page: the second is told, and loses nothing."""

from django.urls import reverse

from resources.models import GuidePage
from tests.admin.forms import page_form
from tests.security.site import SiteCase, guide


class ConcurrentEdits(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.page = guide("Avant")
        cls.address = reverse("wagtailadmin_pages:edit", args=[cls.page.pk])

    def opened(self) -> dict[str, str]:
        """What the browser of somebody who opens the page holds."""
        return page_form(self.client.get(self.address))

    def latest_title(self) -> str:
        return GuidePage.objects.get(pk=self.page.pk).get_latest_revision_as_object().title

    def test_an_outdated_form_comes_back_with_what_was_typed(self):
        self.sign_in("chief")
        first, second = self.opened(), self.opened()
        assert first["loaded_revision_id"]
        saved = self.client.post(self.address, {**first, "title": "Par la première personne"})
        assert saved.status_code == 302, saved.context["form"].errors
        response = self.client.post(
            self.address, {**second, "title": "Par la seconde", "action-publish": "1"}
        )
        assert response.status_code == 200
        text = response.content.decode()
        assert "Par la seconde" in text
        assert "chief" in text
        assert self.latest_title() == "Par la première personne"
        self.page.refresh_from_db()
        assert self.page.title == "Avant"

    def test_saving_a_second_time_replaces_the_newer_version_knowingly(self):
        self.sign_in("chief")
        first, second = self.opened(), self.opened()
        self.client.post(self.address, {**first, "title": "Première"})
        refused = self.client.post(self.address, {**second, "title": "Seconde"})
        again = {**page_form(refused), "title": "Seconde"}
        assert self.client.post(self.address, again).status_code == 302
        assert self.latest_title() == "Seconde"

    def test_a_form_that_is_up_to_date_saves(self):
        self.sign_in("contributor")
        response = self.client.post(self.address, {**self.opened(), "title": "Après"})
        assert response.status_code == 302
        assert self.latest_title() == "Après"
