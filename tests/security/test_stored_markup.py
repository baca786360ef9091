"""Words that look like markup are shown as words, wherever they come from."""

import json
from typing import Any

from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page, Site

from hub.core.blocks.text import PROSE
from hub.core.models import FederationSettings, SeasonMoment
from resources.models import (
    GlossaryIndexPage,
    GlossaryTermPage,
    GuidePage,
    LegalRecord,
    Organisation,
    PracticePage,
    SupportRequest,
    Theme,
    ToolPage,
)
from tests.security.site import SiteCase, index_of, pdf_document, publish

# Each is unmistakable when it comes out as markup; ``mark`` says which field it stood in.
PAYLOADS = (
    "<script>alert('{mark}')</script>",
    "\"><img src=x onerror=alert('{mark}')>",
    "'><svg onload=alert('{mark}')>",
    "</title><iframe src=//evil.example/{mark}>",
)
LIVE_MARKUP = ("<script>alert(", "<img src=x", "<svg onload", "<iframe src=//evil")


def hostile(mark: str, limit: int = 500) -> str:
    return "".join(payload.format(mark=mark) for payload in PAYLOADS)[:limit]


def as_an_editor_types(text: str) -> str:
    """What Wagtail keeps of a rich text whose words, and whose link, are hostile."""
    content = {
        "blocks": [
            {
                "key": "a", "type": "unstyled", "depth": 0, "text": text, "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 5, "key": 0}],
            }
        ],
        "entityMap": {
            "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
        },
    }  # fmt: skip
    return ContentstateConverter(PROSE).to_database_format(json.dumps(content))


class StoredMarkup(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        record = LegalRecord.objects.create(
            title=hostile("t", 150), key="d", value=hostile("v", 190), source=hostile("s", 290)
        )
        theme = Theme.objects.create(label_fr=hostile("theme", 110))
        coop = Organisation.objects.create(name=hostile("coop", 140), town=hostile("town", 110))
        cls.make_guide(record, theme, coop)
        cls.make_others()
        federation = FederationSettings.load()
        federation.tagline_fr = hostile("tagline", 190)
        federation.footer_fr = hostile("footer")
        federation.contact_name = hostile("name", 110)
        federation.save()
        SeasonMoment.objects.create(
            first_month=1, last_month=12, title_fr=hostile("season", 110), text_fr=hostile("text")
        )

    @classmethod
    def make_guide(cls, record: LegalRecord, theme: Theme, coop: Organisation) -> None:
        body = [
            ("heading", hostile("heading", 140)),
            ("paragraph", as_an_editor_types(hostile("paragraph"))),
            ("callout", {"kind": "key", "title": hostile("callout", 110), "text": "<p>x</p>"}),
            ("quote", {"text": "<p>x</p>", "author": hostile("author", 110), "role": "r"}),
            ("copy_text", {"title": hostile("copy", 110), "text": hostile("copied")}),
            ("legal_value", record),
            (
                "files",
                {"title": hostile("files", 110), "files": [pdf_document(hostile("file", 240))]},
            ),
        ]
        chapter = {"title": hostile("chapter", 140), "slug": "un", "summary": hostile("cs", 240),
                   "body": [], "practices": []}  # fmt: skip
        page = GuidePage(
            title=hostile("title", 240), slug="hostile", summary=hostile("summary", 290),
            edition=hostile("edition", 40), seo_title=hostile("seo", 240),
            search_description=hostile("description"), organisation=coop, body=body,
            chapters=[("chapter", chapter)],
        )  # fmt: skip
        page.themes.set([theme])
        cls.guide = publish(page, index_of("guide"))

    @classmethod
    def make_others(cls) -> None:
        glossary = GlossaryIndexPage.objects.get(locale__language_code="fr")
        term: dict[str, Any] = {"acronym": hostile("acronym", 30), "variants": hostile("variants")}
        publish(
            GlossaryTermPage(title=hostile("term", 240), slug="terme", summary="x",
                             plain_definition=hostile("plain"), **term),
            glossary,
        )  # fmt: skip
        publish(
            PracticePage(title=hostile("practice", 240), slug="pratique", summary="x", code="P99",
                         objective=hostile("objective"), staff=hostile("staff", 240),
                         how_to=[("step", hostile("step"))],
                         pitfalls=[("pitfall", hostile("pit"))]),
            index_of("practice"),
        )  # fmt: skip
        cls.tool = publish(
            ToolPage(title=hostile("tool", 240), slug="outil", summary="x", what=hostile("what"),
                     for_whom=hostile("whom"), request_enabled=True,
                     request_label=hostile("label", 80)),
            index_of("tool"),
        )  # fmt: skip

    def check(self, address: str) -> None:
        response = self.client.get(address)
        assert response.status_code in (200, 404), (address, response.status_code)
        text = response.content.decode().lower()
        assert "alert(&#x27;" in text or "alert('" not in text, address
        for markup in LIVE_MARKUP:
            assert markup not in text, (address, markup)
        assert 'href="javascript:' not in text, address

    def test_public_pages_show_them_as_words(self):
        for page in Page.objects.filter(depth__gt=1, live=True):
            self.check(page.get_url())
        base = self.guide.get_url()
        for address in (f"{base}chapitre/un/", f"{base}imprimer/", "/plan-du-site/",
                        self.tool.request_url, "/ressources/?q=alert"):  # fmt: skip
            self.check(address)

    def test_what_a_reader_types_comes_back_as_words(self):
        payload = hostile("query")
        for address in ("/ressources/", "/en/resources/", "/n-existe-pas/"):
            text = self.client.get(address, {"q": payload, "theme": payload}).content.decode()
            for markup in LIVE_MARKUP:
                assert markup not in text, (address, markup)

    def test_feeds_and_the_interface_escape_them_their_own_way(self):
        atom = self.client.get("/flux.atom").content.decode()
        assert "<script>" not in atom
        assert self.client.get("/api/search").headers["Content-Type"] == "application/json"

    def test_what_a_co_op_sends_is_words_in_the_inbox(self):
        kept = SupportRequest.objects.create(
            coop=hostile("coop", 140), name=hostile("name", 110), email="a@example.org",
            message=hostile("message"), tool=self.tool, submission_key="0" * 32,
        )  # fmt: skip
        self.sign_in("chief")
        prefix = "wagtailsnippets_resources_supportrequest"
        addresses = [reverse(f"{prefix}:list")]
        addresses += [reverse(f"{prefix}:{name}", args=[kept.pk]) for name in ("edit", "inspect")]
        for address in addresses:
            text = self.client.get(address).content.decode()
            assert text.count("alert(") > 0
            for markup in LIVE_MARKUP:
                assert markup not in text, (address, markup)

    def test_editors_see_them_as_words_too(self):
        self.sign_in("chief")
        home = Site.objects.get().root_page
        for address in (
            reverse("wagtailadmin_explore", args=[index_of("guide").pk]),
            reverse("wagtailadmin_pages:history", args=[self.guide.pk]),
            reverse("wagtailadmin_pages:delete", args=[self.guide.pk]),
            reverse("wagtaildocs:index"),
            reverse("wagtailadmin_choose_page_child", args=[home.pk]),
        ):
            text = self.client.get(address).content.decode()
            for markup in LIVE_MARKUP:
                assert markup not in text, (address, markup)
