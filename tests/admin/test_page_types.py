"""Every type of page, through the real forms of the admin: created, previewed, published, timed."""

from datetime import timedelta
from typing import Any

from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.models import HomePage, StandardPage
from resources.models import GlossaryIndexPage, LibraryPage, ResourceIndexPage
from resources.types import resource_types
from tests.admin.forms import page_form
from tests.security.site import SiteCase

# What a type cannot be published without, besides a title and a summary.
NEEDED: dict[str, dict[str, Any]] = {
    "glossary": {"plain_definition": "Le nombre de présents qu’il faut."},
    "practice": {"code": "P99", "objective": "Que chacun vienne."},
    "video": {"no_transcript_reason": "La vidéo est sans paroles."},
}
BODY = {
    "body": streamfield([("heading", "Pourquoi"), ("paragraph", rich_text("<p>Parce que.</p>"))])
}


def parent_of(model: type[Page]) -> Page:
    """A page below which editors may put one of this type."""
    if model.__name__ == "GlossaryTermPage":
        return GlossaryIndexPage.objects.get(locale__language_code="fr")
    if model is StandardPage:
        return Site.objects.get().root_page
    return ResourceIndexPage.objects.get(
        listed_type=model.resource_type, locale__language_code="fr"
    )


def editable_types() -> list[type[Page]]:
    return [*resource_types().values(), StandardPage]


@override_settings(WAGTAIL_AUTOSAVE_INTERVAL=0)
class EveryType(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")

    def opened(self, model: type[Page]) -> tuple[str, dict[str, Any]]:
        """The address of the creation form and what it sends once filled in."""
        names = (model._meta.app_label, model._meta.model_name, parent_of(model).pk)
        address = reverse("wagtailadmin_pages:add", args=names)
        data = page_form(self.client.get(address))
        kind = getattr(model, "resource_type", "")
        data |= {"title": f"Essai {kind}", "slug": f"essai-{model._meta.model_name}"}
        data |= {"summary": "Ce que c’est, en une phrase.", **NEEDED.get(kind, {})}
        return address, data | nested_form_data(BODY)

    def test_it_is_created_as_a_draft_and_previewed(self):
        for model in editable_types():
            with self.subTest(model.__name__):
                address, data = self.opened(model)
                names = (model._meta.app_label, model._meta.model_name, parent_of(model).pk)
                preview = reverse("wagtailadmin_pages:preview_on_add", args=names)
                assert self.client.post(preview, data).json()["is_valid"]
                shown = self.client.get(preview)
                assert shown.status_code == 200
                assert f"Essai {getattr(model, 'resource_type', '')}" in shown.content.decode()
                assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
                assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
                response = self.client.post(address, data)
                assert response.status_code == 302, response.context["form"].errors
                assert not model.objects.get(slug__endswith=data["slug"]).live

    def test_it_is_published_read_changed_and_withdrawn(self):
        for model in editable_types():
            with self.subTest(model.__name__):
                address, data = self.opened(model)
                response = self.client.post(address, {**data, "action-publish": "1"})
                assert response.status_code == 302, response.context["form"].errors
                page = model.objects.get(slug__endswith=data["slug"])
                assert page.live
                assert self.client.get(page.url).status_code == 200
                edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
                again = page_form(self.client.get(edit)) | nested_form_data(BODY)
                again |= {"title": "Autre titre", "action-publish": "1"}
                assert self.client.post(edit, again).status_code == 302
                page.refresh_from_db()
                assert page.title == "Autre titre"
                self.client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
                assert self.client.get(page.url).status_code == 404

    def test_it_is_scheduled(self):
        when = timezone.localtime(timezone.now() + timedelta(days=3))
        for model in editable_types():
            with self.subTest(model.__name__):
                address, data = self.opened(model)
                data |= {"go_live_at": when.strftime("%Y-%m-%d %H:%M"), "action-publish": "1"}
                response = self.client.post(address, data)
                assert response.status_code == 302, response.context["form"].errors
                page = model.objects.get(slug__endswith=data["slug"])
                assert not page.live
                assert page.scheduled_revision
                assert page.approved_schedule

    def test_a_contributor_writes_it_and_cannot_publish_it(self):
        self.sign_in("contributor")
        for model in editable_types():
            with self.subTest(model.__name__):
                address, data = self.opened(model)
                self.client.post(address, {**data, "action-publish": "1"})
                assert not model.objects.get(slug__endswith=data["slug"]).live

    def test_the_pages_that_list_are_edited(self):
        for model in (HomePage, LibraryPage, ResourceIndexPage, GlossaryIndexPage):
            with self.subTest(model.__name__):
                page = model.objects.filter(locale__language_code="fr").first()
                address = reverse("wagtailadmin_pages:edit", args=[page.pk])
                data = page_form(self.client.get(address)) | {"title": "Nouveau titre"}
                response = self.client.post(address, {**data, "action-publish": "1"})
                assert response.status_code == 302, response.context["form"].errors
                page.refresh_from_db()
                assert page.title == "Nouveau titre"

    def test_forms_are_in_tabs_and_every_own_field_that_needs_it_is_explained(self):
        for model in resource_types().values():
            with self.subTest(model.__name__):
                tabs = [str(tab.heading) for tab in model.get_edit_handler().children]
                assert len(tabs) >= 4
                assert all(tabs)
