"""What leaves the glossary as files: only what anybody may read, once, and nothing that runs."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from resources.models import GlossaryTermPage
from tests.factories import resource, stream

FORMATS = ("csv", "json", "tbx")
NAMESPACE = {"t": "urn:iso:std:iso:30042:ed-2"}


def content(client, name, language="fr", **headers):
    prefix = "" if language == "fr" else f"/{language}"
    response = client.get(f"{prefix}/glossaire/termes.{name}", **headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response, body


def rows(client, language="fr"):
    text = content(client, "csv", language)[1].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_only_what_anybody_may_read_leaves(site, client):
    resource("glossary", "Ouvert")
    resource("glossary", "Brouillon", publish=False)
    resource("glossary", "Réservé", access="coops")
    for name in FORMATS:
        body = content(client, name)[1].decode()
        assert "Ouvert" in body
        assert "Brouillon" not in body
        assert "Réservé" not in body


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_read_already_is_not_sent_again_until_a_term_changes(site, client, name):
    term = resource("glossary", "Ouvert")
    response, body = content(client, name)
    assert body
    tag = response.headers["ETag"]
    assert content(client, name, HTTP_IF_NONE_MATCH=tag)[0].status_code == 304
    term.plain_definition = "Autre chose."
    term.save_revision().publish()
    assert content(client, name, HTTP_IF_NONE_MATCH=tag)[0].status_code == 200


def test_cells_hold_no_formula_and_other_files_no_markup(site, client):
    resource(
        "glossary", "=1+1", plain_definition="<script>&\x0b", body=stream(("heading", "a < b"))
    )
    assert rows(client)[0]["term"] == "'=1+1"
    assert json.loads(content(client, "json")[1])["terms"][0]["term"] == "=1+1"
    root = ET.fromstring(content(client, "tbx")[1])
    assert root.find(".//t:descrip", NAMESPACE).text == "<script>&"


def test_files_are_named_and_a_form_sent_there_is_refused(site, client):
    response = client.get("/en/glossaire/termes.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="glossary.csv"'
    assert client.post("/glossaire/termes.json").status_code == 405
    assert client.head("/glossaire/termes.json").content == b""


def test_a_site_without_glossary_has_no_paper(site, client):
    assert client.get("/glossaire/livret/").status_code == 200
    for page in GlossaryTermPage.objects.all():
        page.delete()
    site.home.get_children().filter(slug="glossaire").first().unpublish()
    assert client.get("/glossaire/livret/").status_code == 404
