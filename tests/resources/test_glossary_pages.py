"""Terms explained where they stand in the pages: which ones, once a section, and only what anybody may read."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from resources.models import GlossaryTermPage
from tests.factories import resource, stream

LINK = re.compile(r'<a class="defined" href="([^"]*)" data-definition="([^"]*)">(.*?)</a>')


def paragraph(text):
    return ("paragraph", f"<p>{text}</p>")


def shown(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def words(client, page):
    return [word for _url, _definition, word in LINK.findall(shown(client, page))]


@pytest.fixture
def term(site):
    return resource("glossary", "Trampoline", plain_definition="Une toile tendue sur un cadre.")


@pytest.fixture
def guide(term):
    text = "Sur un trampoline, deux trampolines."
    return resource("document", "Le saut", body=stream(paragraph(text), paragraph(text)))


def test_the_first_use_leads_to_the_term_and_carries_what_it_means(guide, term, client):
    assert LINK.findall(shown(client, guide)) == [
        (term.get_url(), "Une toile tendue sur un cadre.", "trampoline")
    ]


def test_a_section_begins_at_a_heading(term, client):
    body = stream(
        paragraph("Un trampoline."),
        ("heading", "Le trampoline"),
        ("callout", {"kind": "tip", "title": "Trampoline", "text": "<p>Le trampoline.</p>"}),
        paragraph("Ce trampoline.</p><h3>Ailleurs</h3><p>Un trampoline"),
        paragraph("Encore un trampoline."),
    )
    assert len(words(client, resource("document", body=body))) == 3


def test_nothing_is_explained_in_quotes_headings_and_first_cells(term, client):
    body = stream(
        ("heading", "Trampoline"),
        ("quote", {"text": "<p>Le trampoline.</p>", "author": "Trampoline", "role": ""}),
        ("copy_text", {"title": "Trampoline", "text": "Trampoline"}),
    )
    assert words(client, resource("document", "Le trampoline", body=body)) == []


def test_the_headings_of_a_table_are_left_as_they_are(term, client):
    columns = [{"type": "text", "heading": "Trampoline"}, {"type": "text", "heading": "Usage"}]
    rows = [{"values": ["<p>Trampoline</p>", "<p>Un trampoline.</p>"]}]
    table = {"columns": columns, "rows": rows, "caption": "Trampoline"}
    body = [{"type": "table", "value": {"table": table}, "id": str(uuid.uuid4())}]
    assert words(client, resource("document", body=json.dumps(body))) == ["trampoline"]


def test_a_term_is_not_explained_on_its_own_page(term, client):
    quorum = resource(
        "glossary", "Quorum", body=stream(paragraph("Le quorum du trampoline, un autre quorum."))
    )
    assert words(client, quorum) == ["trampoline"]


def test_a_story_is_explained_part_by_part(term, client):
    story = resource("report", context="<p>Un trampoline.</p>", advice="<p>Un trampoline.</p>")
    assert words(client, story) == ["trampoline"] * 2


def test_what_a_term_holds_is_never_markup(site, client):
    resource("glossary", "Trampoline", plain_definition='"><script>alert(1)</script>')
    page = resource(
        "document", body=stream(paragraph("Un trampoline &lt;b&gt; &amp; <b>gras</b>."))
    )
    html = shown(client, page)
    assert "<script>alert" not in html
    assert 'data-definition="&quot;&gt;&lt;script&gt;' in html
    assert "</a> &lt;b&gt; &amp; <b>gras</b>." in html


# -- Only what anybody may read now --------------------------------------------------------------
def test_a_term_that_is_withdrawn_is_linked_no_more_at_once(guide, term, client):
    assert words(client, guide)
    term.unpublish()
    assert words(client, guide) == []
    term.save_revision().publish()
    assert words(client, guide)
    GlossaryTermPage.objects.get(pk=term.pk).delete()
    assert words(client, guide) == []


def test_a_private_term_is_not_linked_nor_one_below_a_private_page(guide, term, client):
    for page in (term, term.get_parent()):
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert words(client, guide) == []
        restriction.delete()
        assert words(client, guide)


def test_a_term_for_coops_alone_or_in_draft_is_not_linked(guide, term, client):
    term.access = "federation"
    term.save_revision().publish()
    assert words(client, guide) == []
    resource("glossary", "Toile", publish=False)
    assert words(client, resource("document", body=stream(paragraph("Une toile.")))) == []


def test_a_term_is_linked_until_its_end(guide, term, client, monkeypatch):
    end = timezone.now() + timedelta(hours=1)
    term.expire_at = end
    term.save_revision().publish()
    assert words(client, guide)
    monkeypatch.setattr(timezone, "now", lambda: end + timedelta(seconds=1))
    assert words(client, guide) == []


def test_a_change_of_a_term_shows_at_once(guide, term, client):
    term.plain_definition = "Une toile qui rebondit."
    term.save_revision().publish()
    assert [found[1] for found in LINK.findall(shown(client, guide))] == ["Une toile qui rebondit."]
    term.title, term.variants = "Saut", "toile à sauter"
    term.save_revision().publish()
    assert words(client, guide) == []
    term.ambiguous, term.title = True, "Trampoline"
    term.save_revision().publish()
    assert words(client, guide) == []


# -- What it costs -------------------------------------------------------------------------------
def test_a_page_asks_for_the_state_of_the_glossary_once_and_for_nothing_else(guide, client):
    cache.clear()
    client.get(guide.get_url())
    with CaptureQueriesContext(connections["default"]) as captured:
        client.get(guide.get_url())
    asked = [query["sql"] for query in captured.captured_queries]
    assert sum("search_searchstate" in sql for sql in asked) <= 1
    assert not [sql for sql in asked if "resources_glossarytermpage" in sql]


# -- On paper --------------------------------------------------------------------------------------
def test_the_page_ends_with_each_term_it_explains_once_even_when_remembered(guide, term, client):
    resource("glossary", "Abri", plain_definition="Un toit.")
    body = stream(
        ("heading", "Un"),
        paragraph("Trampoline et abri."),
        ("heading", "Deux"),
        paragraph("Un abri."),
    )
    page = resource("document", "Le jardin", body=body)
    for _time in range(2):
        end = shown(client, page).split('id="terms-shown"')[1]
        assert re.findall("<dt>(.*?)</dt>", end) == ["Abri", "Trampoline"]


def test_a_page_that_explains_nothing_gathers_nothing(term, client):
    page = resource("document", "Le jardin", body=stream(paragraph("Des fleurs.")))
    assert "terms-shown" not in shown(client, page)
