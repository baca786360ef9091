"""What is not for everybody is found nowhere: not a word of it, in any answer to a reader."""

import json
import time
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from hub.core import outbox
from hub.core.models import HubDocument, HubMedia
from resources.models import (
    DocumentPage,
    DossierPage,
    GlossaryIndexPage,
    GlossaryTermPage,
    GuidePage,
    KitPage,
    ResourcePage,
    VideoPage,
)
from resources.vocabulary import Access
from search.indexing import index_pages
from tests.factories import stored_video
from tests.security.site import SiteCase, index_of, pdf_document, publish

WORDS = {
    "draft": "zorglubique",
    "scheduled": "bulgroz",
    "expired": "champignac",
    "unpublished": "fantasiote",
    "private": "palombie",
    "below": "marsupilami",
    "coops": "spirou",
}


def secret(kind: str, **fields: Any) -> GuidePage:
    """A guide whose every text holds the word of its kind; only its address does not."""
    word = WORDS[kind]
    body = [("heading", f"Titre {word}"), ("paragraph", f"<p>Corps {word}</p>")]
    return GuidePage(
        title=f"Guide {word}",
        slug=f"secret-{kind}",
        summary=f"Résumé {word}.",
        seo_title=f"Titre court {word}",
        search_description=f"Description {word}",
        body=body,
        year=2031,
        **fields,
    )


class Canary(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.home = Site.objects.get().root_page
        guides = index_of("guide")
        cls.pages: dict[str, Page] = {}
        cls.make_unpublished(guides)
        cls.make_restricted(guides)
        cls.file = cls.make_draft_file()
        cls.film = cls.make_draft_film()
        cls.make_links()
        end = cls.pages["expired"].expire_at
        time.sleep(max(0, (end - timezone.now()).total_seconds()) + 0.1)

    @classmethod
    def make_unpublished(cls, guides: Page) -> None:
        now = timezone.now()
        draft = secret("draft", live=False)
        guides.add_child(instance=draft)
        draft.save_revision()
        scheduled = secret("scheduled", live=False, go_live_at=now + timedelta(days=3))
        guides.add_child(instance=scheduled)
        scheduled.save_revision().publish()
        # It ends while it is live: no clock job takes it down during the test.
        expired = publish(secret("expired", expire_at=now + timedelta(seconds=2)), guides)
        unpublished = publish(secret("unpublished"), guides)
        unpublished.unpublish()
        cls.pages |= {
            "draft": draft, "scheduled": scheduled, "expired": expired, "unpublished": unpublished,
        }  # fmt: skip

    @classmethod
    def make_restricted(cls, guides: Page) -> None:
        private = publish(secret("private"), guides)
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        section = index_of("dossier")
        below = publish(secret("below"), section)
        PageViewRestriction.objects.create(page=section, restriction_type="login")
        coops = publish(secret("coops", access=Access.COOPS), guides)
        cls.pages |= {"private": private, "below": below, "coops": coops}

    @classmethod
    def make_draft_file(cls) -> HubDocument:
        """A file that only a page open to the co-ops refers to, and a draft."""
        file = pdf_document(f"Fichier {WORDS['coops']}")
        documents = index_of("document")
        for slug, word, fields in (
            ("secret-file-draft", WORDS["draft"], {"live": False}),
            ("secret-file-coops", WORDS["coops"], {"access": Access.COOPS}),
        ):
            page = DocumentPage(title=word, slug=slug, summary=word, file=file, **fields)
            documents.add_child(instance=page)
            page.save_revision()
        return file

    @classmethod
    def make_draft_film(cls) -> HubMedia:
        """A film that a draft and a page open to the co-ops show, with captions that tell."""
        film = stored_video(f"Film {WORDS['coops']}")
        for slug, word, fields in (
            ("secret-film-draft", WORDS["draft"], {"live": False}),
            ("secret-film-coops", WORDS["coops"], {"access": Access.COOPS}),
        ):
            told = f"<p>0:01 {word}</p>"
            page = VideoPage(
                title=word, slug=slug, summary=word, media=film, transcript=told, **fields
            )
            index_of("video").add_child(instance=page)
            text = f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{word}\n"
            page.captions.create(language="fr", text=text)
            page.save_revision()
            index_pages([page])
        return film

    @classmethod
    def make_links(cls) -> None:
        """Public pages that refer to the secret ones in every way there is."""
        secrets = list(cls.pages.values())
        entries = [("entry", {"page": page, "note": ""}) for page in secrets]
        publish(
            DossierPage(title="Dossier", slug="dossier-public", summary="x", entries=entries),
            index_of("guide"),
        )
        shown = GuidePage(title="Public", slug="public", summary="Pour tous.", year=2030)
        for page in secrets:
            shown.related_resources.create(resource=page)
        publish(shown, index_of("guide"))
        home = cls.home.specific
        home.featured = [("resource", page) for page in secrets]
        home.save_revision().publish()
        cls.make_kit()

    @classmethod
    def make_kit(cls) -> None:
        """A kit that names open and secret documents alike, and a word that is still a draft."""
        open_document = DocumentPage(
            title="Ouvert", slug="ouvert", summary="x", file=pdf_document()
        )
        publish(open_document, index_of("document"))
        items = [{"document": page, "how": ""} for page in DocumentPage.objects.order_by("slug")]
        sections = [("section", {"title": "Tout", "intro": "", "items": items})]
        cls.kit = publish(
            KitPage(title="Kit", slug="kit-public", summary="x", sections=sections), index_of("kit")
        )
        outbox.drain(["kit"])
        term = GlossaryTermPage(
            title=f"Terme {WORDS['draft']}",
            slug="secret-term",
            summary="x",
            plain_definition=WORDS["draft"],
            live=False,
        )
        GlossaryIndexPage.objects.get(locale__language_code="fr").add_child(instance=term)

    def public_addresses(self) -> list[str]:
        lists = [page.get_url() for page in Page.objects.filter(depth__gt=1)]
        lists += [f"/en{url}" for url in lists if not url.startswith("/en/")]
        fixed = ["/sitemap.xml", "/robots.txt", "/flux.atom", "/en/flux.atom", "/plan-du-site/"]
        fixed += [
            "/api/openapi.json",
            "/opensearch.xml",
            "/alerte/?year=2031",
            "/flux.atom?year=2031",
        ]
        fixed += ["/en/plan-du-site/", "/api/search", "/en/api/search", "/api/search?year=2031"]
        fixed += ["/api/search?sort=recent&size=50", "/ressources/?year=2031", "/n-existe-pas/"]
        for word in WORDS.values():
            for start in (word, word[:3], word[:5], f"guide {word}", f'"{word}"'):
                asked = quote(start)
                fixed += [f"/api/search?q={asked}", f"/ressources/?q={asked}"]
                fixed += [f"/en/resources/?q={asked}", f"/flux.atom?q={asked}"]
                fixed += [f"/api/suggest?q={asked}", f"/en/api/suggest?q={asked}"]
        return [*lists, *fixed]

    def told(self, response: Any, asked: str = "") -> set[str]:
        """The secret words of an answer that were not in the question."""
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = (content.decode("utf-8", "replace") + str(dict(response.headers))).lower()
        return {word for word in WORDS.values() if word in text and word[:5] not in asked.lower()}

    def test_no_public_answer_holds_a_secret_word(self):
        leaks = []
        for address in self.public_addresses():
            response = self.client.get(address)
            assert response.status_code < 500, address
            found = self.told(response, asked=address)
            if found:
                leaks.append((address, found))
        assert not leaks, "\n".join(map(str, leaks))

    def test_a_search_for_a_secret_word_finds_nothing_and_suggests_nothing(self):
        for word in WORDS.values():
            for asked in (word, word[:-1], f"{word[:-1]}x"):
                answer = json.loads(self.client.get("/api/search", {"q": asked}).content)
                assert answer["total"] == 0, asked
                assert word not in json.dumps({**answer, "query": ""}).lower(), asked
        facets = json.loads(self.client.get("/api/search").content)["facets"]
        assert "2031" not in [entry["value"] for entry in facets.get("year", [])]

    def test_the_pages_themselves_are_not_there_or_send_to_sign_in(self):
        expected = {
            "draft": 404, "scheduled": 404, "expired": 404, "unpublished": 404,
            "private": 302, "below": 302, "coops": 302,
        }  # fmt: skip
        for kind, status in expected.items():
            for path in ("", "imprimer/"):
                response = self.client.get(self.pages[kind].get_url() + path)
                assert response.status_code == status, (kind, path)
                assert not self.told(response)
                if status == 302:
                    assert "/login/" in response.headers["Location"]

    def test_whoever_signs_in_without_rights_reads_no_page_of_the_co_ops(self):
        self.sign_in("nobody")
        response = self.client.get(self.pages["coops"].get_url())
        assert response.status_code == 403
        assert not self.told(response)

    def test_an_editor_reads_it(self):
        self.sign_in("contributor")
        response = self.client.get(self.pages["coops"].get_url())
        assert response.status_code == 200
        assert WORDS["coops"] in response.content.decode()

    def test_the_file_of_such_pages_is_not_served_under_any_name(self):
        for name in (self.file.filename, "x.pdf", "livret.pdf"):
            response = self.client.get(f"/fichiers/{self.file.pk}/{name}")
            assert response.status_code == 404
            assert not self.told(response)
        for path in (f"/media/{self.file.file.name}", "/media/documents/livret.pdf"):
            assert self.client.get(path).status_code == 404
        self.sign_in("contributor")
        assert self.client.get(self.file.url).status_code == 200

    def test_nor_are_films_and_their_captions(self):
        for address in (
            self.film.url,
            f"/fichiers/video/{self.film.pk}/x.webm",
            f"/media/{self.film.file.name}",
        ):
            for headers in ({}, {"Range": "bytes=0-9"}):
                response = self.client.get(address, headers=headers)
                assert response.status_code == 404, address
                assert not self.told(response)
        for slug, status in (("secret-film-draft", 404), ("secret-film-coops", 302)):
            response = self.client.get(f"/videos/{slug}/sous-titres/fr/")
            assert response.status_code == status
            assert not self.told(response)
        self.sign_in("contributor")
        assert self.client.get(self.film.url).status_code == 200

    def test_the_kit_holds_only_what_everybody_may_read(self):
        response = self.client.get(self.kit.download_url)
        archive = zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))
        assert len(archive.namelist()) == 4
        for name in archive.namelist():
            text = (name.encode() + archive.read(name)).decode("utf-8", "replace").lower()
            assert not [word for word in WORDS.values() if word in text], name

    def test_what_is_withdrawn_leaves_every_list_at_once(self):
        page = publish(
            GuidePage(title="Éphémère", slug="ephemere", summary="Un mot rare."), index_of("guide")
        )
        found = json.loads(self.client.get("/api/search", {"q": "éphémère"}).content)
        assert found["total"] == 1
        for withdraw in (
            lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"),
            lambda: ResourcePage.objects.get(pk=page.pk).unpublish(),
        ):
            withdraw()
            found = json.loads(self.client.get("/api/search", {"q": "éphémère"}).content)
            assert found["total"] == 0
