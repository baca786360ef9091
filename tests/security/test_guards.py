"""Doors that a right on one thing must not open on another."""

from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail_localize.models import Translation, TranslationSource

from hub.core.models import HubDocument
from resources.models import SupportRequest
from tests.security.site import (
    SiteCase,
    document_page,
    guide,
    index_of,
    pdf_document,
    picture,
)


class Moves(SiteCase):
    def test_the_confirmation_of_a_forbidden_move_shows_nothing(self):
        page = guide("Titre caché")
        elsewhere = index_of("video")
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, elsewhere.pk])
        self.sign_in("moderator")
        for method in (self.client.get, self.client.post):
            response = method(address)
            assert "Titre caché" not in response.content.decode()
            assert response.status_code in (302, 403)
        page.refresh_from_db()
        assert page.is_child_of(index_of("guide"))

    def test_a_page_moves_where_its_editor_may_put_it(self):
        page = guide()
        other = index_of("video")
        self.sign_in("chief")
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other.pk])
        assert self.client.post(address).status_code == 302
        page.refresh_from_db()
        assert page.is_child_of(other)


class Translations(SiteCase):
    """Somebody who may translate, but not edit the page at hand."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        outsider = cls.people["moderator"]
        outsider.user_permissions.add(Permission.objects.get(codename="submit_translation"))
        cls.page = guide("Titre caché")
        cls.english = index_of("guide", "en").locale
        cls.source, _created = TranslationSource.update_or_create_from_instance(cls.page)
        cls.submit = reverse("wagtail_localize:submit_page_translation", args=[cls.page.pk])
        cls.update = reverse("wagtail_localize:update_translations", args=[cls.source.pk])

    def test_they_neither_see_nor_submit_nor_update_it(self):
        self.sign_in("moderator")
        for address in (self.submit, self.update):
            for method in (self.client.get, self.client.post):
                response = method(address, {"locales": [self.english.pk]})
                assert "Titre caché" not in response.content.decode()
                assert response.status_code in (302, 403)
                assert response.headers.get("Location", reverse("wagtailadmin_home")) == reverse(
                    "wagtailadmin_home"
                )
        assert not Translation.objects.exists()

    def test_the_report_of_translations_is_for_those_who_work_on_pages(self):
        Translation.objects.create(source=self.source, target_locale=self.english)
        address = reverse("wagtail_localize:translations_report")
        self.sign_in("moderator")
        assert "Titre caché" not in self.client.get(address).content.decode()
        self.sign_in("translator")
        assert "Titre caché" in self.client.get(address).content.decode()

    def test_a_translator_submits_and_updates(self):
        self.sign_in("translator")
        assert self.client.get(self.submit).status_code == 200
        assert self.client.post(self.submit, {"locales": [self.english.pk]}).status_code == 302
        assert Translation.objects.get().target_locale == self.english
        assert self.client.get(self.update).status_code == 200

    def test_the_rows_of_a_snippet_are_listed_only_to_those_who_see_them(self):
        SupportRequest.objects.create(
            coop="Coop cachée", name="A", email="a@example.org", submission_key="0" * 32
        )
        address = reverse(
            "wagtail_localize:snippets_api_listing", args=["resources", "supportrequest"]
        )
        self.sign_in("contributor")
        assert "Coop cachée" not in self.client.get(address).content.decode()
        self.sign_in("chief")
        assert "Coop cachée" in self.client.get(address).content.decode()


class Files(SiteCase):
    def test_a_contributor_changes_an_own_file_until_readers_have_it(self):
        document = pdf_document(owner=self.people["contributor"])
        address = reverse("wagtaildocs:edit", args=[document.pk])
        delete = reverse("wagtaildocs:delete", args=[document.pk])
        self.sign_in("contributor")
        assert self.client.get(address).status_code == 200
        document_page(file=document)
        assert self.client.get(address).status_code == 302
        self.client.post(delete)
        assert HubDocument.objects.filter(pk=document.pk).exists()
        self.sign_in("chief")
        assert self.client.get(address).status_code == 200

    def test_the_same_holds_for_pictures(self):
        image = picture(owner=self.people["contributor"])
        guide(cover=image)
        self.sign_in("contributor")
        assert self.client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 302

    def test_a_file_that_a_page_needs_is_not_deleted_and_the_editor_learns_why(self):
        document = pdf_document()
        page = document_page(file=document)
        self.sign_in("superuser")
        one = reverse("wagtaildocs:delete", args=[document.pk])
        confirmation = self.client.get(one)
        assert confirmation.context["is_protected"]
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in confirmation.content.decode()
        bulk = (
            reverse("wagtail_bulk_action", args=["core", "hubdocument", "delete"])
            + f"?id={document.pk}"
        )
        assert self.client.get(bulk).status_code == 200
        several = reverse("wagtaildocs:delete_multiple", args=[document.pk])
        codes = [self.client.post(address).status_code for address in (one, bulk, several)]
        assert codes == [409, 409, 409]
        assert HubDocument.objects.filter(pk=document.pk).exists()

    def test_the_usage_of_a_file_names_its_page(self):
        page = document_page("Le livret qui sert")
        self.sign_in("chief")
        response = self.client.get(reverse("wagtaildocs:document_usage", args=[page.file.pk]))
        assert "Le livret qui sert" in response.content.decode()


class OtherSections(SiteCase):
    def test_an_editor_of_one_section_touches_no_page_of_another(self):
        group = Group.objects.create(name="Vidéos")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for action in ("add_page", "change_page", "publish_page"):
            GroupPagePermission.objects.create(
                group=group,
                page=index_of("video"),
                permission=Permission.objects.get(codename=action),
            )
        self.people["nobody"].groups.add(group)
        page = guide("Titre caché")
        self.sign_in("nobody")
        for name in ("edit", "delete", "history", "view_draft", "unpublish", "copy"):
            address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
            assert "Titre caché" not in self.client.get(address).content.decode(), name
            self.client.post(address, {"title": "Volé", "slug": "vole"})
        page.refresh_from_db()
        assert (page.title, page.live) == ("Titre caché", True)
