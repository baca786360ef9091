"""Films and pages of videos through the real screens of the admin."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from hub.core.models import HubMedia
from resources.models import VideoPage
from tests import films
from tests.admin.forms import page_form
from tests.factories import index_of, resource, stored_video
from tests.security.site import SiteCase

CAPTIONS = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nBienvenue à toutes.\n"
FILM, LONGER = films.webm(3), films.webm(5)


def sent(name: str, content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


class Films(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")
        self.add = reverse("wagtailmedia:add", args=["video"])

    def test_a_film_is_kept_with_its_length_and_the_size_of_its_picture(self):
        form = self.client.get(self.add).content.decode()
        assert "300\xa0Mo au plus" in form
        assert 'accept=".mp4,.webm"' in form
        data = {"title": "Le film", "file": sent("x.webm", FILM)}
        assert self.client.post(self.add, data).status_code == 302
        film = HubMedia.objects.get()
        assert (film.duration, film.width, film.height) == (3.0, *films.SIZE)
        assert (film.file_size, film.type) == (len(FILM), "video")
        assert film.filename == "le-film.webm"

    def test_a_refused_film_leaves_what_was_typed(self):
        data = {"title": "Mon film", "credits": "Moi", "file": sent("x.mp4", FILM)}
        response = self.client.post(self.add, data)
        assert list(response.context["form"].errors) == ["file"]
        text = response.content.decode()
        assert "Mon film" in text
        assert 'value="Moi"' in text
        assert not HubMedia.objects.exists()

    def test_sounds_are_not_taken_wherever_they_are_sent(self):
        for address in (
            "/admin/media/audio/add/",
            "/admin/media/media/add/",
            reverse("wagtailmedia:chooser_upload", args=["audio"]),
        ):
            for prefix in ("", "media-chooser-upload-"):
                data = {f"{prefix}title": "Son", f"{prefix}file": sent("x.mp3", b"ID3" + bytes(90))}
                self.client.post(address, data)
        assert not HubMedia.objects.exists()
        listing = self.client.get(reverse("wagtailmedia:index")).content.decode()
        assert "Ajouter une vidéo" in listing
        assert "Ajouter un fichier audio" not in listing

    def test_a_film_refused_in_the_form_of_a_page_opens_on_its_reason(self):
        address = reverse("wagtailmedia:chooser_upload", args=["video"])
        data = {
            "media-chooser-upload-title": "Mon film",
            "media-chooser-upload-file": sent("x.mp4", FILM),
        }
        shown = self.client.post(address, data).json()["html"]
        assert "Mon film" in shown
        assert 'data-w-tabs-active-panel-id-value="tab-upload-video"' in shown
        assert "Choisir une vidéo" in shown
        assert "un son" not in shown

    def test_a_replaced_film_keeps_its_address(self):
        film = stored_video(content=FILM)
        resource("video", media=film)
        address, tag = film.url, film.file_hash
        data = {"title": film.title, "file": sent("y.webm", LONGER)}
        edit = reverse("wagtailmedia:edit", args=[film.pk])
        assert self.client.post(edit, data).status_code == 302
        film = HubMedia.objects.get()
        assert (film.url, film.duration) == (address, 5.0)
        assert film.file_hash != tag
        assert b"".join(self.client.get(address).streaming_content) == LONGER

    def test_a_film_that_a_page_shows_is_not_deleted_and_the_pages_are_listed(self):
        film = stored_video()
        page = resource("video", "La page du film", media=film)
        delete = reverse("wagtailmedia:delete", args=[film.pk])
        response = self.client.post(delete, follow=True)
        assert HubMedia.objects.exists()
        text = response.content.decode()
        assert "Une page utilise cette vidéo" in text
        assert "La page du film" in text
        page.delete()
        self.client.post(delete)
        assert not HubMedia.objects.exists()

    def test_nor_is_a_film_that_only_a_draft_shows(self):
        film = stored_video()
        page = resource("video", "La page du film")
        page.media = film
        page.save_revision()
        response = self.client.post(reverse("wagtailmedia:delete", args=[film.pk]), follow=True)
        assert HubMedia.objects.exists()
        assert "La page du film" in response.content.decode()
        assert "dans un brouillon" in response.content.decode()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert self.client.get(edit).status_code == 200

    def test_whoever_only_adds_no_longer_changes_what_readers_watch(self):
        film = stored_video(uploaded_by_user=self.people["contributor"])
        edit = reverse("wagtailmedia:edit", args=[film.pk])
        self.sign_in("contributor")
        assert self.client.get(edit).status_code == 200
        resource("video", media=film)
        assert self.client.get(edit).status_code == 302
        self.client.post(edit, {"title": "Volé", "file": sent("y.webm", LONGER)})
        assert HubMedia.objects.get().title == film.title


@override_settings(WAGTAIL_AUTOSAVE_INTERVAL=0)
class VideoPages(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")
        self.add = reverse(
            "wagtailadmin_pages:add", args=["resources", "videopage", index_of("video").pk]
        )

    def filled(self, *captions: dict[str, Any], **fields: Any) -> dict[str, Any]:
        data = page_form(self.client.get(self.add))
        data |= {"title": "La vidéo", "slug": "la-video", "summary": "Ce que c’est."}
        rows = {f"captions-{place}-{name}": value for place, row in enumerate(captions)
                for name, value in {"ORDER": place + 1, "DELETE": "", "text": "", **row}.items()}  # fmt: skip
        count = {"captions-TOTAL_FORMS": len(captions), "captions-INITIAL_FORMS": 0}
        return data | rows | count | fields

    def send(self, *captions: dict[str, Any], publish: bool = True, **fields: Any) -> Any:
        button = {"action-publish": "1"} if publish else {}
        return self.client.post(self.add, self.filled(*captions, **fields) | button)

    def errors(self, response: Any) -> str:
        form = response.context["form"]
        rows = [row.errors for row in form.formsets["captions"].forms]
        return str([form.errors, *rows]).replace("\\xa0", " ")

    def test_a_draft_may_be_silent_but_is_not_published(self):
        refused = self.send()
        assert "sans sa transcription" in self.errors(refused)
        assert not VideoPage.objects.exists()
        assert self.send(publish=False).status_code == 302
        page = VideoPage.objects.get()
        assert not page.live
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        response = self.client.post(f"{bulk}?id={page.pk}&next=/admin/", {}, follow=True)
        assert "sans sa transcription" in response.content.decode().replace("\xa0", " ")
        assert not VideoPage.objects.get().live

    def test_an_approval_does_not_publish_it_either(self):
        self.send(publish=False)
        page = VideoPage.objects.get()
        page.get_workflow().start(page, self.people["contributor"])
        state = page.current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        response = self.client.post(f"{address}?next=/admin/", {"comment": ""}, follow=True)
        assert "sans sa transcription" in response.content.decode().replace("\xa0", " ")
        assert not VideoPage.objects.get().live

    def test_captions_from_a_file_make_the_transcript(self):
        response = self.send({"language": "fr", "file": sent("fr.vtt", CAPTIONS)})
        assert response.status_code == 302, self.errors(response)
        page = VideoPage.objects.get()
        assert page.live
        assert page.captions.get().text == CAPTIONS
        assert page.transcript == "<p>0:01 – Bienvenue à toutes.</p>"
        assert 'id="t=1"' in self.client.get(page.url).content.decode()

    def test_so_do_those_of_another_format_and_alphabet(self):
        srt = "1\r\n00:00:01,000 --> 00:00:02,500\r\nL’été, déjà.\r\n".encode("cp1252")
        self.send({"language": "fr", "file": sent("fr.srt", srt)})
        page = VideoPage.objects.get()
        assert page.captions.get().text.startswith("WEBVTT\n\n1\n00:00:01.000 -->")
        assert page.transcript == "<p>0:01 – L’été, déjà.</p>"

    def test_captions_in_another_language_make_no_transcript(self):
        refused = self.send({"language": "en", "file": sent("en.vtt", CAPTIONS)})
        assert "sans sa transcription" in self.errors(refused)

    def test_a_transcript_that_is_there_is_replaced_only_when_asked(self):
        row = {"language": "fr", "text": CAPTIONS}
        page = resource("video", transcript="<p>À la main.</p>", no_transcript_reason="")
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        opened = page_form(self.client.get(edit)) | self.rows(row)
        self.client.post(edit, opened | {"action-publish": "1"})
        page = VideoPage.objects.get()
        assert "À la main." in page.transcript
        kept = {"id": page.captions.get().pk, **row}
        opened = page_form(self.client.get(edit)) | self.rows(kept, initial=1)
        self.client.post(edit, opened | {"transcript_again": "on", "action-publish": "1"})
        assert VideoPage.objects.get().transcript == "<p>0:01 – Bienvenue à toutes.</p>"

    def rows(self, row: dict[str, Any], initial: int = 0) -> dict[str, Any]:
        named = {f"captions-0-{name}": value for name, value in {"ORDER": 1, **row}.items()}
        return named | {"captions-TOTAL_FORMS": 1, "captions-INITIAL_FORMS": initial}

    def test_every_wrong_caption_is_told_in_its_row(self):
        wrong = CAPTIONS + "\n00:00:02.000 --> 00:00:01.000\n\n"
        response = self.send({"language": "fr", "file": sent("fr.vtt", wrong)}, publish=False)
        told = self.errors(response)
        assert "Sous-titre 2 (0:02) : il finit avant de commencer." in told
        assert "Sous-titre 2 (0:02) : il est vide." in told
        assert not VideoPage.objects.exists()

    def test_captions_beyond_the_film_or_twice_in_a_language_are_refused(self):
        film = stored_video(content=FILM)
        film.duration = 1
        film.save()
        row = {"language": "fr", "text": CAPTIONS}
        told = self.errors(self.send(row, media=film.pk))
        assert "il continue après la fin de la vidéo (0:01)" in told
        twice = self.errors(self.send(row, row))
        assert "déjà des sous-titres dans cette langue" in twice

    def test_only_captions_are_taken(self):
        for name, content in (("x.exe", b"MZ"), ("x.vtt", b"\x89PNG\r\n\x1a\n"), ("x.vtt", b"")):
            response = self.send({"language": "fr", "file": sent(name, content)}, publish=False)
            assert response.status_code == 200, name
        assert not VideoPage.objects.exists()

    def test_the_length_is_that_of_the_film(self):
        film = stored_video(content=FILM)
        self.client.post(
            self.add,
            self.filled(no_transcript_reason="Sans paroles.", media=film.pk)
            | {"action-publish": "1"},
        )
        assert VideoPage.objects.get().duration == 10

    def test_an_address_of_a_site_that_is_not_allowed_is_told(self):
        told = self.errors(self.send(video_url="https://vimeo.com/1", no_transcript_reason="x"))
        assert "site autorisé (YouTube)" in told

    def test_several_captions_are_sent_with_their_files_by_the_form(self):
        text = self.client.get(self.add).content.decode()
        assert 'enctype="multipart/form-data"' in text
        assert 'name="captions-__prefix__-file"' in text
