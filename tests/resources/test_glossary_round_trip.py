"""The glossary that leaves as a sheet comes back without a change; the starter terms are there."""

import csv
import io
from io import StringIO

from django.core.management import call_command
from django.db import connections
from django.test.utils import CaptureQueriesContext

from home.loader.sources import CONTENT
from resources.models import GlossaryIndexPage, GlossaryTermPage
from resources.terms.plan import plan_of
from resources.terms.sheet import COLUMNS, read_sheet
from tests.resources.test_glossary_import import STARTER

BUDGET = 12


def french():
    return GlossaryIndexPage.objects.get(locale__language_code="fr")


def exported(client):
    return b"".join(client.get("/glossaire/termes.csv").streaming_content)


def test_a_sheet_that_leaves_comes_back_without_a_change(loaded_site, client):
    plan = plan_of(read_sheet(exported(client)), french())
    assert plan.problems == []
    assert [(change.slug, change.fields) for change in plan.writes] == []
    assert len(plan.changes) > 48


def test_the_content_of_the_site_is_a_sheet_too_and_says_the_same(loaded_site):
    out = StringIO()
    call_command("import_glossary", str(CONTENT / "glossary.csv"), "--dry-run", stdout=out)
    assert out.getvalue().startswith("52 unchanged.")


def test_the_forty_eight_starter_terms_come_from_a_sheet(loaded_site, client):
    """On a site that has lost its glossary: themes and legal values are there, terms are not."""
    sheet = exported(client)
    before = {
        (row["slug"], row["plain"])
        for row in csv.DictReader(io.StringIO(sheet.decode("utf-8-sig")))
    }
    for page in GlossaryTermPage.objects.all():
        page.delete()
    file = loaded_site.folder / "sheet.csv"
    file.write_bytes(sheet)
    call_command("import_glossary", str(file), stdout=StringIO())
    again = exported(client)
    assert [r[: len(COLUMNS)] for r in csv.reader(io.StringIO(again.decode()))] == [
        r[: len(COLUMNS)] for r in csv.reader(io.StringIO(sheet.decode()))
    ]
    assert len(before) == 52
    names = set()
    for term in GlossaryTermPage.objects.all():
        written = [term.title, term.acronym, *term.variant_list]
        names |= {name.casefold() for name in written}
    starter = [" ".join(name.split()).casefold() for name in STARTER.split(",")]
    assert len(starter) == 48
    missing = [name for name in starter if not any(name in known for known in names)]
    assert missing == []


def test_comparing_costs_no_query_for_each_line(loaded_site, client):
    sheet = read_sheet(exported(client))
    place = french()
    with CaptureQueriesContext(connections["default"]) as captured:
        plan_of(sheet, place)
    assert len(captured) <= BUDGET
