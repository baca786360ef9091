"""A site as ``setup_site`` leaves it, with one person in each group."""

import io
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import TestCase
from wagtail.models import Locale, Page

from hub.core.models import HubDocument, HubImage
from resources.models import DocumentPage, GuidePage, ResourceIndexPage
from tests.security import good_files

# Names of the groups, by what the tests call the person in it.
ACTORS = {
    "contributor": "Contributeurs",
    "chief": "Rédacteurs en chef",
    "translator": "Traducteurs",
    "moderator": "Modérateurs des retours",
    "administrator": "Administrateurs",
}


class SiteCase(TestCase):
    """What every test here starts from; made once for a class."""

    people: ClassVar[dict[str, Any]]
    french: ClassVar[Locale]

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("setup_site", verbosity=0)
        cls.french = Locale.objects.get(language_code="fr")
        User = get_user_model()
        cls.people = {}
        for name, group in ACTORS.items():
            user = User.objects.create_user(name, f"{name}@example.org", "a long password indeed")
            user.groups.add(Group.objects.get(name=group))
            cls.people[name] = user
        cls.people["superuser"] = User.objects.create_superuser(
            "root", "root@example.org", "x" * 20
        )
        cls.people["nobody"] = User.objects.create_user("nobody", "nobody@example.org", "y" * 20)

    def sign_in(self, name: str) -> None:
        self.client.force_login(
            self.people[name], backend="django.contrib.auth.backends.ModelBackend"
        )


def index_of(kind: str, locale: str = "fr") -> ResourceIndexPage:
    """The page below which resources of this type stand."""
    return ResourceIndexPage.objects.get(listed_type=kind, locale__language_code=locale)


def publish(page: Page, parent: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def guide(title: str = "Un guide", **fields: Any) -> GuidePage:
    return publish(GuidePage(title=title, summary="Un résumé.", **fields), index_of("guide"))


def pdf_document(title: str = "Un livret", owner: Any = None) -> HubDocument:
    document = HubDocument(title=title, uploaded_by_user=owner)
    document.file.save("livret.pdf", ContentFile(good_files.pdf()), save=False)
    document._set_document_file_metadata()
    document.save()
    return document


def picture(title: str = "Une image", owner: Any = None) -> HubImage:
    file = ImageFile(io.BytesIO(good_files.image("PNG")), name="image.png")
    image = HubImage(title=title, file=file, uploaded_by_user=owner)
    image._set_image_file_metadata()
    image.save()
    return image


def document_page(title: str = "Le livret", **fields: Any) -> DocumentPage:
    file = fields.pop("file", None) or pdf_document()
    page = DocumentPage(title=title, summary="Un résumé.", file=file, **fields)
    return publish(page, index_of("document"))
