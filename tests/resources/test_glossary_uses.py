"""Where a word is used: the pages that explain it, found by a job and shown on the page of the term."""

import re

from django.core.cache import cache
from django.db import connections
from django.test.utils import CaptureQueriesContext

from resources.models import TermUse
from resources.terms.uses import find_uses
from tests.factories import resource, stored_file, stream

BUDGET = 12


def paragraph(text):
    return ("paragraph", f"<p>{text}</p>")


def shown(client, term):
    """The titles of the pages that the page of a term names."""
    html = client.get(term.get_url()).content.decode()
    part = html.partition('id="used-in"')[2].partition("</ul>")[0]
    return re.findall(r'<a href="[^"]*">([^<]*)</a>', part)


def test_a_term_names_the_pages_that_explain_it_other_terms_last(site, client):
    term = resource("glossary", "Trampoline")
    resource("glossary", "Bond", body=stream(paragraph("Sur un trampoline.")))
    resource("document", "Le saut", body=stream(paragraph("Deux trampolines.")))
    resource("document", "Sans rapport", body=stream(paragraph("Des fleurs.")))
    resource(
        "document",
        "La citation",
        body=stream(("quote", {"text": "<p>Trampoline.</p>", "author": "", "role": ""})),
    )
    resource("report", "Le récit", context="<p>Un trampoline.</p>")
    assert shown(client, term) == []
    find_uses()
    assert sorted(shown(client, term)[:2]) == ["Le récit", "Le saut"]
    assert shown(client, term)[2:] == ["Bond"]
    assert "?q=Trampoline" in client.get(term.get_url()).content.decode()


def test_what_is_used_no_more_or_is_no_longer_public_is_not_named(site, client):
    term = resource("glossary", "Trampoline")
    page = resource("document", "Le saut", body=stream(paragraph("Un trampoline.")))
    find_uses()
    page.access = "coops"
    page.save_revision().publish()
    assert shown(client, term) == []
    page.access, page.body = "public", stream(paragraph("Rien."))
    page.save_revision().publish()
    find_uses()
    assert shown(client, term) == []
    assert not TermUse.objects.exists()


def test_nothing_is_written_when_nothing_has_changed(site):
    resource("glossary", "Trampoline")
    resource("document", "Le saut", body=stream(paragraph("Un trampoline.")))
    find_uses()
    with CaptureQueriesContext(connections["default"]) as captured:
        find_uses()
    assert not [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]


def test_a_term_used_in_many_pages_keeps_within_its_budget(site, client):
    term = resource("glossary", "Trampoline")
    for number in range(12):
        resource("document", f"Saut {number}", body=stream(paragraph("Un trampoline.")))
    find_uses()
    assert len(shown(client, term)) == 6
    with CaptureQueriesContext(connections["default"]) as captured:
        client.get(term.get_url())
    assert len(captured) <= BUDGET


def test_forty_terms_and_ten_files_keep_within_the_budget(site, client):
    for number in range(40):
        resource("glossary", f"Trampoline {'a' * number}z")
    words = " ".join(f"trampoline {'a' * number}z," for number in range(40))
    files = [stored_file(f"Fichier {number}").pk for number in range(10)]
    page = resource(
        "document",
        "Le saut",
        body=stream(paragraph(words), ("files", {"title": "Fichiers", "files": files})),
    )
    cache.clear()
    html = client.get(page.get_url()).content.decode()
    assert html.count('class="defined"') == 40
    with CaptureQueriesContext(connections["default"]) as captured:
        client.get(page.get_url())
    assert len(captured) <= BUDGET
