"""A file that is used is not deleted, by any screen: the places are listed instead."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, ReferenceIndex

from hub.core.models import HubDocument, HubImage, HubMedia
from resources.models import KitPage
from tests.factories import resource, stored_video, stream
from tests.security.site import (
    SiteCase,
    document_page,
    guide,
    index_of,
    pdf_document,
    picture,
    publish,
)


def kit_of(page, title="Le kit AG"):
    section = {"title": "Avant", "intro": "", "items": [{"document": page.pk, "how": ""}]}
    kit = KitPage(title=title, summary="Tout y est.", sections=stream(("section", section)))
    return publish(kit, index_of("kit"))


def bulk(kind, *objects):
    ids = "&".join(f"id={item.pk}" for item in objects)
    return f"{reverse('wagtail_bulk_action', args=['core', kind, 'delete'])}?{ids}"


class UsedFiles(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")
        self.document = pdf_document("Convocation")
        self.page = document_page("Le modèle de convocation", file=self.document)
        self.kit = kit_of(self.page)
        self.delete = reverse("wagtaildocs:delete", args=[self.document.pk])

    def edit_of(self, page):
        return f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"'

    def test_the_form_of_a_file_lists_its_places_with_links_kits_too(self):
        text = self.client.get(
            reverse("wagtaildocs:edit", args=[self.document.pk])
        ).content.decode()
        assert self.edit_of(self.page) in text
        assert "Le modèle de convocation" in text
        assert self.edit_of(self.kit) in text
        assert "Le kit AG" in text

    def test_a_deletion_is_stopped_and_lists_the_pages(self):
        for answer in (self.client.get(self.delete), self.client.post(self.delete)):
            text = answer.content.decode()
            assert self.edit_of(self.page) in text
            assert self.edit_of(self.kit) in text
            assert "Oui, supprimer" not in text
        assert answer.status_code == 409
        assert HubDocument.objects.filter(pk=self.document.pk).exists()

    def test_so_is_that_of_a_file_linked_in_a_text_alone(self):
        lone = pdf_document("Annexe")
        link = f'<p><a linktype="document" id="{lone.pk}">annexe</a></p>'
        page = guide("Un guide", body=stream(("paragraph", link)))
        answer = self.client.post(reverse("wagtaildocs:delete", args=[lone.pk]))
        assert answer.status_code == 409
        assert self.edit_of(page) in answer.content.decode()
        assert HubDocument.objects.filter(pk=lone.pk).exists()

    def test_and_that_of_a_file_that_only_a_draft_uses(self):
        lone = pdf_document("À venir")
        page = guide("En préparation")
        page.body = stream(("files", {"title": "", "files": [lone.pk]}))
        page.save_revision()
        assert not ReferenceIndex.get_references_to(lone).exists()
        answer = self.client.post(reverse("wagtaildocs:delete", args=[lone.pk]))
        assert answer.status_code == 409
        assert "dans un brouillon" in answer.content.decode()

    def test_of_several_files_none_is_deleted_when_one_is_used(self):
        free = pdf_document("Libre")
        address = bulk("hubdocument", free, self.document)
        assert "Oui, supprimer" not in self.client.get(address).content.decode()
        answer = self.client.post(address)
        assert answer.status_code == 409
        assert self.edit_of(self.page) in answer.content.decode()
        assert HubDocument.objects.filter(pk=free.pk).exists()

    def test_files_that_no_page_uses_are_deleted_one_by_one_or_together(self):
        lone, first, second = (pdf_document(title) for title in ("Un", "Deux", "Trois"))
        assert "Oui, supprimer" in self.client.get(bulk("hubdocument", first)).content.decode()
        self.client.post(reverse("wagtaildocs:delete", args=[lone.pk]))
        self.client.post(bulk("hubdocument", first, second))
        assert [document.pk for document in HubDocument.objects.all()] == [self.document.pk]

    def test_a_file_just_uploaded_and_already_used_is_kept(self):
        address = reverse("wagtaildocs:delete_multiple", args=[self.document.pk])
        answer = self.client.post(address)
        assert answer.status_code == 409
        assert answer.json()["error_message"]
        assert HubDocument.objects.filter(pk=self.document.pk).exists()

    def test_a_picture_that_is_used_is_kept_whichever_way(self):
        image, free = picture("La salle"), picture("Libre")
        page = guide("Un guide illustré", cover=image)
        addresses = (
            reverse("wagtailimages:delete", args=[image.pk]),
            bulk("hubimage", image, free),
            reverse("wagtailimages:delete_multiple", args=[image.pk]),
        )
        for address in addresses:
            assert self.client.post(address).status_code == 409, address
        form = self.client.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
        assert self.edit_of(page) in form
        assert HubImage.objects.count() == 2
        self.client.post(reverse("wagtailimages:delete", args=[free.pk]))
        assert HubImage.objects.count() == 1

    def test_a_place_that_one_may_not_open_keeps_its_title_to_itself(self):
        mine = pdf_document("À moi", owner=self.people["contributor"])
        page = guide(
            "Un secret de rédaction", body=stream(("files", {"title": "", "files": [mine.pk]}))
        )
        page.unpublish()
        GroupPagePermission.objects.filter(group__name="Contributeurs").delete()
        self.sign_in("contributor")
        text = self.client.get(reverse("wagtaildocs:edit", args=[mine.pk])).content.decode()
        assert "Un secret de rédaction" not in text
        assert "ne pouvez pas ouvrir" in text

    def test_the_list_of_places_costs_the_same_for_one_page_and_for_many(self):
        address = reverse("wagtaildocs:edit", args=[self.document.pk])

        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.client.get(address)
            return len(queries)

        self.client.get(address)
        few = cost()
        for number in range(6):
            document_page(f"Autre page {number}", file=self.document)
        assert cost() == few


class OlderVersionsOfAPage(SiteCase):
    """What only an old version of a page used may be deleted, and that version still opens."""

    def setUp(self) -> None:
        self.sign_in("chief")

    def opens(self, page, revision):
        for name in ("revisions_revert", "revisions_view"):
            address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, revision.pk])
            assert self.client.get(address).status_code == 200, name

    def test_its_document(self):
        first, second = pdf_document("Premier"), pdf_document("Second")
        page = document_page(file=first)
        old = page.latest_revision
        page.file = second
        page.save_revision().publish()
        address = reverse("wagtaildocs:delete", args=[first.pk])
        assert self.client.post(address).status_code == 302
        assert not HubDocument.objects.filter(pk=first.pk).exists()
        self.opens(page, old)

    def test_its_film(self):
        page = resource("video", media=stored_video())
        old = page.save_revision()
        old.publish()
        film, page.media = page.media, None
        page.save_revision().publish()
        self.client.post(reverse("wagtailmedia:delete", args=[film.pk]))
        assert not HubMedia.objects.exists()
        self.opens(page, old)
