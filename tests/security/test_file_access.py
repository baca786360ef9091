"""Who gets a file, by every door that leads to it: the page, the file, its old versions, its
picture, the kit, the search, the API, the feed, the sitemap."""

import io
import zipfile

from django.core.files.base import ContentFile

from hub.core import outbox
from hub.core.models import FirstPage
from resources.models import KitPage
from resources.vocabulary import Access
from tests.factories import stream
from tests.security import good_files
from tests.security.site import SiteCase, document_page, index_of, pdf_document, publish

WORD = "schtroumpfissime"
READERS = ("anonymous", "nobody")  # the second is signed in, with no right in the admin
DOORS = ("page", "number", "file", "older", "picture", "card")
LISTS = (
    f"/ressources/?q={WORD}", "/documents/", f"/api/search?q={WORD}", f"/api/suggest?q={WORD[:6]}",
    f"/flux.atom?q={WORD}", "/flux.atom", "/sitemap.xml", "/plan-du-site/",
)  # fmt: skip


class FileAccess(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.pages = {}
        for access in Access:
            file = pdf_document(f"Fichier {WORD}")
            file.replace_file(ContentFile(good_files.pdf(2), "n.pdf"))
            cls.pages[access] = document_page(f"Titre {WORD} {access}", file=file, access=access)
            FirstPage.objects.create(
                document=file, file_hash=file.file_hash, width=1, height=1,
                file=ContentFile(good_files.image("WEBP"), "p.webp"),
                card=ContentFile(good_files.image("WEBP"), "c.webp"),
            )  # fmt: skip
        items = [{"document": page.pk, "how": ""} for page in cls.pages.values()]
        sections = stream(("section", {"title": "A", "intro": "", "items": items}))
        cls.kit = publish(KitPage(title="Kit", summary="s", sections=sections), index_of("kit"))

    def sign(self, who: str) -> None:
        self.client.logout()
        if who != "anonymous":
            self.sign_in(who)

    def doors(self, access: Access) -> dict[str, str]:
        page = self.pages[access]
        return {
            "page": page.get_url(),
            "number": f"/documents/{page.number}/",
            "file": page.file.url,
            "older": f"{page.file.url}?v=1",
            "picture": page.file.first_page.url,
            "card": page.file.first_page.card_url,
        }

    def opened(self, access: Access) -> list[str]:
        """The doors that let this person in."""
        found = []
        for name, address in self.doors(access).items():
            response = self.client.get(address)
            sent_on = response.status_code == 301  # to the lasting address
            if response.status_code == 200 or sent_on:
                found.append(name)
            if response.streaming:
                b"".join(response.streaming_content)
        return found

    def test_a_public_file_is_everybodys(self):
        for who in (*READERS, "contributor", "chief"):
            self.sign(who)
            assert self.opened(Access.PUBLIC) == list(DOORS), who

    def test_what_is_not_public_opens_for_the_federation_alone(self):
        for access in (Access.COOPS, Access.FEDERATION):
            for who in READERS:
                self.sign(who)
                assert self.opened(access) == [], (access, who)
            for who in ("contributor", "chief"):
                self.sign(who)
                assert self.opened(access) == list(DOORS), (access, who)

    def test_a_refused_file_answers_as_one_that_does_not_exist(self):
        for access in (Access.COOPS, Access.FEDERATION):
            doors = self.doors(access)
            for name in ("file", "older", "picture", "card"):
                for method in (self.client.get, self.client.head):
                    response = method(doors[name])
                    assert response.status_code == 404, (access, name)
                    assert "ETag" not in response.headers or WORD not in str(response.headers)

    def test_a_condition_or_a_range_opens_no_door(self):
        page = self.pages[Access.COOPS]
        for headers in ({"If-None-Match": f'"{page.file.file_hash}"'}, {"Range": "bytes=0-9"}):
            for address in (page.file.url, f"{page.file.url}?v=1", page.file.first_page.url):
                assert self.client.get(address, headers=headers).status_code == 404

    def test_no_list_names_what_is_not_public_to_anybody(self):
        for who in (*READERS, "chief"):
            self.sign(who)
            for address in LISTS:
                text = self.client.get(address).content.decode()
                for access in (Access.COOPS, Access.FEDERATION):
                    page = self.pages[access]
                    for secret in (page.get_url(), page.file.url, page.title):
                        assert secret not in text, (who, address, access)

    def test_the_zip_of_a_kit_holds_the_public_file_alone(self):
        outbox.drain(["kit"])
        for who in (*READERS, "chief"):
            self.sign(who)
            answer = self.client.get(self.kit.download_url)
            content = b"".join(answer.streaming_content)
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                files = [name for name in archive.namelist() if name.endswith(".pdf")]
                told = archive.read("manifest.json").decode()
            assert len(files) == 1, who
            assert str(Access.COOPS.value) not in told
            assert str(Access.FEDERATION.value) not in told

    def test_withdrawing_the_page_closes_every_door_to_readers(self):
        self.pages[Access.PUBLIC].unpublish()
        self.kit.unpublish()
        for who in READERS:
            self.sign(who)
            assert self.opened(Access.PUBLIC) == [], who
