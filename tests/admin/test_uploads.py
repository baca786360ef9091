"""Files sent through the real pages of the admin: one, several, replaced, refused."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from hub.core.models import HubDocument, HubImage
from tests.security import bad_files, bad_pictures, good_files
from tests.security.site import SiteCase, document_page, pdf_document


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class Documents(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")
        self.add = reverse("wagtaildocs:add")

    def test_a_pdf_is_kept_with_its_pages_size_and_digest(self):
        data = {"title": "Livret", "language": "fr", "file": sent("x.pdf", good_files.pdf(3))}
        assert self.client.post(self.add, data).status_code == 302
        document = HubDocument.objects.get()
        assert document.page_count == 3
        assert document.file_size == len(good_files.pdf(3))
        assert document.filename == "livret.pdf"

    def test_a_refused_file_leaves_what_was_typed(self):
        content = bad_files.pdf_with(b"/OpenAction<</S/Launch/F(cmd.exe)>>")
        data = {"title": "Mon livret", "credits": "Moi", "file": sent("x.pdf", content)}
        response = self.client.post(self.add, data)
        assert response.status_code == 200
        assert len(response.context["form"].errors["file"]) == 1
        text = response.content.decode()
        assert "Mon livret" in text
        assert 'value="Moi"' in text
        assert not HubDocument.objects.exists()

    def test_a_replaced_file_keeps_its_number_and_address(self):
        document = pdf_document("Livret")
        document_page(file=document)
        old_url, old_hash, old_file = document.url, document.file_hash, document.file.name
        before = document.file.open("rb").read()
        address = reverse("wagtaildocs:edit", args=[document.pk])
        newer = good_files.pdf(7)
        note = "Les dates de 2027"
        data = {"title": "Livret", "file": sent("y.pdf", newer), "change_note": note}
        assert self.client.post(address, data).status_code == 302
        replaced = HubDocument.objects.get()
        assert (replaced.pk, replaced.url) == (document.pk, old_url)
        assert replaced.page_count == 7
        assert replaced.file_hash != old_hash
        newest, first = replaced.versions.all()
        assert (first.file.name, newest.note) == (old_file, note)
        assert newest.created_by == self.people["chief"]
        edited = self.client.get(address).content.decode()
        assert f"{replaced.url}?v=1" in edited
        older = self.client.get(f"{replaced.url}?v=1")
        assert b"".join(older.streaming_content) == before
        served = self.client.get(replaced.url)
        assert b"".join(served.streaming_content) == newer

    def test_the_very_file_that_is_held_is_no_new_version_and_its_note_comes_back(self):
        document = pdf_document("Livret")
        same = document.file.open("rb").read()
        data = {"title": "Livret", "file": sent("y.pdf", same), "change_note": "Les dates de 2027"}
        response = self.client.post(reverse("wagtaildocs:edit", args=[document.pk]), data)
        assert "déjà" in response.context["form"].errors["file"][0]
        assert "Les dates de 2027" in response.content.decode()
        assert document.versions.count() == 1

    def test_several_at_once_go_through_the_same_gate(self):
        address = reverse("wagtaildocs:add_multiple")
        good = self.client.post(
            address, {"title": "a", "files[]": sent("a.pdf", good_files.pdf(2))}
        )
        assert good.json()["success"]
        assert HubDocument.objects.get().page_count == 2
        bad = self.client.post(
            address, {"title": "b", "files[]": sent("b.docx", bad_files.macro_word())}
        )
        assert bad.json()["success"] is False
        assert bad.json()["error_message"]
        assert HubDocument.objects.count() == 1

    def test_so_does_a_file_sent_from_the_chooser(self):
        address = reverse("wagtaildocs_chooser:create")
        data = {
            "document-chooser-upload-title": "c",
            "document-chooser-upload-file": sent("c.pdf", bad_files.EXECUTABLE),
        }
        assert self.client.post(address, data).status_code == 200
        assert not HubDocument.objects.exists()

    def test_the_name_of_a_file_never_becomes_markup_or_a_path(self):
        for name in ("../../tmp/p.pdf", "<img src=x onerror=alert(1)>.pdf", "CON.pdf", "é" * 200):
            name = name if name.endswith(".pdf") else f"{name}.pdf"
            data = {"title": name, "language": "fr", "file": sent(name, good_files.pdf())}
            self.client.post(self.add, data)
        for document in HubDocument.objects.all():
            assert document.file.name.startswith("documents/")
            assert ".." not in document.file.name
            assert set(document.filename) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
        listing = self.client.get(reverse("wagtaildocs:index")).content.decode()
        assert "<img src=x" not in listing


class Pictures(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")

    def test_the_screens_name_a_picture_in_french(self):
        data = {"title": "Photo", "file": sent("p.png", good_files.image("PNG"))}
        added = self.client.post(reverse("wagtailimages:add"), data, follow=True)
        for page in (added, self.client.get(reverse("wagtailimages:add"))):
            assert "hub image" not in page.content.decode().lower()

    def test_a_photograph_is_kept_without_its_place(self):
        data = {"title": "Photo", "file": sent("p.jpg", good_files.photograph_with_place())}
        assert self.client.post(reverse("wagtailimages:add"), data).status_code == 302
        with HubImage.objects.get().file.open("rb") as file:
            content = file.read()
        assert b"Telephone" not in content
        with Image.open(io.BytesIO(content)) as image:
            assert not image.getexif().get_ifd(0x8825)

    def test_a_photograph_waiting_for_its_title_has_lost_it_already(self):
        photograph = good_files.photograph_with_place()
        response = self.client.post(
            reverse("wagtailimages:add_multiple"),
            {"title": "x" * 300, "files[]": sent("p.jpg", photograph)},
        ).json()
        address = reverse(
            "wagtailimages:create_multiple_from_uploaded_image", args=[response["uploaded_file_id"]]
        )
        prefix = f"uploaded-image-{response['uploaded_file_id']}"
        assert self.client.post(address, {f"{prefix}-title": "Photo"}).json()["success"]
        with HubImage.objects.get().file.open("rb") as file:
            assert b"Telephone" not in file.read()

    def test_a_drawing_in_svg_a_gif_or_a_bomb_is_refused(self):
        cases = {
            "a.svg": bad_files.DRAWING,
            "a.gif": b"GIF89a" + bytes(30),
            "a.png": bad_pictures.huge_png(11_300),
        }
        for name, content in cases.items():
            response = self.client.post(
                reverse("wagtailimages:add"), {"title": "x", "file": sent(name, content)}
            )
            assert response.status_code == 200, name
            assert response.context["form"].errors["file"]
        assert not HubImage.objects.exists()
