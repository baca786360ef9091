"""A page that holds much: forty terms of the glossary, ten files, a video."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.models import GlossaryTermPage
from tests.factories import resource, stored_file, stream

BUDGET = 12


def heavy_body():
    terms = GlossaryTermPage.objects.filter(ambiguous=False, locale__language_code="fr")[:40]
    assert len(terms) == 40
    words = [("paragraph", f"<p>On en parle : {term.title}.</p>") for term in terms]
    files = [stored_file(f"Fichier {number}", language="fr").pk for number in range(10)]
    return stream(*words, ("files", {"title": "À télécharger", "files": files}))


def test_a_page_that_holds_much_is_read_in_few_queries(loaded_site, client):
    page = resource(
        "video",
        "La page chargée",
        body=heavy_body(),
        video_url="https://www.youtube.com/watch?v=QA6zk3VIahA&t=73s",
    )
    address = page.get_url()
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        shown = client.get(address).content.decode()
    assert len(set(re.findall(r"/fichiers/\d+/fichier-\d+\.pdf", shown))) == 10
    assert shown.count('class="defined"') >= 36
    assert len(queries) <= BUDGET, [query["sql"][:120] for query in queries]
