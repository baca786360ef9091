"""The glossary taken away: CSV, JSON, TBX and paper, from public addresses, in both languages."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from resources.models import GlossaryTermPage

FORMATS = ("csv", "json", "tbx")
NAMESPACE = {"t": "urn:iso:std:iso:30042:ed-2"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# What TBX-Basic lets each of its notes say.
STATUSES = {"preferredTerm-admn-sts", "admittedTerm-admn-sts"}
KINDS = {"fullForm", "acronym", "variant"}
BUDGET = 12


def content(client, name, language="fr", **headers):
    prefix = "" if language == "fr" else f"/{language}"
    response = client.get(f"{prefix}/glossaire/termes.{name}", **headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response, body


def rows(client, language="fr"):
    text = content(client, "csv", language)[1].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_each_language_has_its_terms_in_csv_and_json(loaded_site, client):
    for language, start in (("fr", "/glossaire/"), ("en", "/en/glossary/")):
        there = set(
            GlossaryTermPage.objects.filter(locale__language_code=language).values_list(
                "slug", flat=True
            )
        )
        data = json.loads(content(client, "json", language)[1])
        assert {row["slug"] for row in rows(client, language)} == there
        assert {term["slug"] for term in data["terms"]} == there
        assert data["count"] == len(there)
        assert all(start in term["url"] for term in data["terms"])


def test_a_term_says_all_that_its_page_says(loaded_site, client):
    terms = {t["slug"]: t for t in json.loads(content(client, "json")[1])["terms"]}
    quorum = terms["quorum"]
    assert quorum["definition"].startswith("Le minimum de voix")
    assert {"state", "checked_on", "source", "value"} <= quorum["legal_values"][0].keys()
    assert quorum["translations"]["en"].endswith("/en/glossary/quorum/")
    assert quorum["explanation"].count("\n\n") >= 1
    assert {c["slug"] for c in terms["abstention"]["not_to_be_confused_with"]} == {
        "bulletin-de-vote"
    }


def test_tbx_holds_both_languages_of_a_concept_side_by_side(loaded_site, client):
    root = ET.fromstring(content(client, "tbx")[1])
    assert root.tag == f"{{{NAMESPACE['t']}}}tbx"
    assert (root.get("type"), root.get("style"), root.get(LANGUAGE)) == ("TBX-Basic", "dca", "fr")
    assert [child.tag.split("}")[1] for child in root] == ["tbxHeader", "text"]
    concepts = root.findall("t:text/t:body/t:conceptEntry", NAMESPACE)
    assert len({concept.get("id") for concept in concepts}) == len(concepts)
    quorum = [
        c
        for c in concepts
        if "quorum" in {t.text.lower() for t in c.iterfind(".//t:term", NAMESPACE)}
    ]
    assert [s.get(LANGUAGE) for s in quorum[0].findall("t:langSec", NAMESPACE)] == ["fr", "en"]
    for section in root.iterfind(".//t:langSec", NAMESPACE):
        assert section.find("t:descripGrp/t:descrip[@type='definition']", NAMESPACE).text
        terms = section.findall("t:termSec", NAMESPACE)
        notes = [
            {n.get("type"): n.text for n in term.findall("t:termNote", NAMESPACE)} for term in terms
        ]
        assert [n["administrativeStatus"] for n in notes].count("preferredTerm-admn-sts") == 1
        assert {n["administrativeStatus"] for n in notes} <= STATUSES
        assert {n["termType"] for n in notes} <= KINDS
        assert all(len(term.findall("t:term", NAMESPACE)) == 1 for term in terms)


@pytest.mark.parametrize("address", ["imprimer/", "livret/"])
def test_every_term_stands_on_paper_in_both_languages(loaded_site, client, address):
    for language, prefix in (("fr", ""), ("en", "/en")):
        page = client.get(f"{prefix}/glossaire/{address}").content.decode()
        assert f'<html lang="{language}">' in page
        for term in GlossaryTermPage.objects.filter(locale__language_code=language):
            assert term.plain_definition in page.replace("&#x27;", "'")
    assert "Plus de la moitié" in client.get("/glossaire/livret/").content.decode()


@pytest.mark.parametrize(
    "address", ["termes.csv", "termes.json", "termes.tbx", "imprimer/", "livret/"]
)
def test_the_number_of_terms_costs_no_query(loaded_site, client, address):
    client.get(f"/glossaire/{address}")
    with CaptureQueriesContext(connections["default"]) as captured:
        client.get(f"/glossaire/{address}")
    assert len(captured) <= BUDGET
