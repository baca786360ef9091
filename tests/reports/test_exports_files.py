"""The files of an export: read again, they say the same; no spreadsheet computes a cell of them."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from odfdo import Document
from openpyxl import load_workbook

from resources.reports.exports.choosing import Which
from resources.reports.exports.importing import records
from resources.reports.exports.sending import write
from resources.reports.exports.table import Table
from resources.reports.models import Answer
from resources.reports.questionnaire import visibility
from resources.reports.questionnaire.values import cleaned
from tests import campaigns
from tests.answered import answered
from tests.every_question import HOSTILE, every_question

pytestmark = pytest.mark.usefixtures("site")
FORMATS = ("csv", "xlsx", "ods", "json")
LONG = "Beaucoup de mots 🙂 " * 4_000  # beyond what a cell of Excel holds


def sent(campaign, values, name="Les Toits Bleus", **fields):
    of = campaigns.participant(campaign, campaigns.coop(name))
    fields = {"state": "received", "sent_at": timezone.now() - timedelta(hours=1)} | fields
    return campaigns.answer(of, values, **fields)


def whole(shape, text="Un texte"):
    return {q.key: answered(q, text) for q in shape if q.is_answered and not q.is_upload}


@pytest.fixture
def campaign():
    made = campaigns.campaign(every_question())
    for number, text in enumerate(HOSTILE):
        sent(made, {"q_long_text": text, "q_text": text}, f"Coop {number}")
    sent(made, whole(made.shape), "Tout")
    sent(made, {"q_long_text": LONG.strip(), "q_yes_no": False, "q_decimal": "12.50"}, "=Long")
    sent(made, {"q_yes_no": False, "q_table": {"a": "x"}}, "Caché")
    return made


def numbers_alike(values):
    """12.50 and 12.5 are one number: a cell of a spreadsheet keeps no zero."""
    exact = {k: Decimal(v) for k, v in values.items() if k in ("q_decimal", "q_amount")}
    return values | exact


def exported(tmp_path, campaign, kind, **options):
    path = tmp_path / f"export.{kind}"
    with path.open("wb") as file:
        write(Table(campaign, **options), kind, file)
    return path


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_that_comes_back_says_the_same(tmp_path, campaign, kind, capsys):
    path = exported(tmp_path, campaign, kind)
    call_command("import_answers", path, campaign.slug, "--dry-run")
    assert capsys.readouterr().out == "new: 0, same: 16, different: 0, problems: 0\n"


@pytest.mark.parametrize("kind", FORMATS)
def test_another_hub_gets_the_same_answers(tmp_path, campaign, kind):
    """Texts are such as the form keeps: others are refused when they come in."""
    other = campaigns.campaign(every_question(), slug="autre", season=2025)
    for answer in campaign.answers.all():
        texts = {key: cleaned(v) for key, v in answer.values.items() if isinstance(v, str)}
        one_line = {key: " ".join(v.split()) for key, v in texts.items() if key == "q_text"}
        Answer.objects.filter(pk=answer.pk).update(values=answer.values | texts | one_line)
    path = exported(tmp_path, campaign, kind)
    told = {
        a.shown_name: visibility.answers(campaign.shape, a.values) for a in campaign.answers.all()
    }
    sent_at = dict(campaign.answers.values_list("organisation__name", "sent_at"))
    campaign.answers.all().delete()
    call_command("import_answers", path, other.slug)
    found = {a.shown_name: a for a in other.answers.all()}
    assert found.keys() == told.keys()
    for name, answer in found.items():
        assert numbers_alike(answer.values) == numbers_alike(told[name])
        assert answer.sent_at == sent_at[name].replace(microsecond=0)
        assert answer.state == Answer.State.RECEIVED


@pytest.mark.parametrize("kind", FORMATS)
def test_a_changed_answer_is_named_and_stays(tmp_path, campaign, kind, capsys):
    path = exported(tmp_path, campaign, kind)
    answer = campaign.answers.get(organisation__name="Coop 0")
    Answer.objects.filter(pk=answer.pk).update(values={"q_text": "Autre chose"})
    call_command("import_answers", path, campaign.slug)
    assert "different: 1" in capsys.readouterr().out
    answer.refresh_from_db()
    assert answer.values == {"q_text": "Autre chose"}


def test_what_is_no_answer_stops_the_whole_file(tmp_path, campaign):
    path = exported(tmp_path, campaign, "json")
    data = json.loads(path.read_text())
    data["answers"][0] |= {"_key": str(uuid4()), "values": {"q_scale": 9}}
    path.write_text(json.dumps(data))
    before = Answer.objects.count()
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_answers", path, campaign.slug)
    assert Answer.objects.count() == before


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.ods", "a.json", "a.txt"])
def test_another_file_is_refused_in_a_sentence(tmp_path, campaign, name):
    path = tmp_path / name
    path.write_bytes(b"nothing of the kind\n")
    with pytest.raises(CommandError):
        call_command("import_answers", path, campaign.slug)


def test_every_format_has_the_same_columns_whatever_the_paths(tmp_path, campaign):
    headers = []
    for kind in ("csv", "xlsx", "ods"):
        path = exported(tmp_path, campaign, kind)
        headers.append(list(next(iter(_lines(path)))))
    empty = campaigns.campaign(every_question(), slug="vide", season=2024)
    headers.append(list(Table(empty).header))
    assert headers[0] == headers[1] == headers[2] == headers[3]


def _lines(path):
    if path.suffix == ".csv":
        return csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";")
    if path.suffix == ".xlsx":
        return load_workbook(path)["Réponses"].iter_rows(values_only=True)
    return Document(path).body.get_table(name="Réponses").iter_values()


def test_no_cell_of_a_workbook_is_a_formula(tmp_path, campaign):
    path = exported(tmp_path, campaign, "xlsx")
    book = load_workbook(path)
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds
    package = zipfile.ZipFile(path)
    assert not any(b"<f>" in package.read(name) for name in package.namelist())
    values = {cell.value for row in book["Réponses"] for cell in row}
    assert {"=1+1", "@SUM(A1)", "'=1+1"} <= values


def test_no_cell_of_an_open_document_is_a_formula(tmp_path, campaign):
    content = zipfile.ZipFile(exported(tmp_path, campaign, "ods")).read("content.xml").decode()
    assert "table:formula" not in content
    assert "=1+1" in content


def test_no_cell_of_a_csv_begins_like_a_formula(tmp_path, campaign):
    lines = _lines(exported(tmp_path, campaign, "csv"))
    cells = [cell for line in lines for cell in line]
    assert not [cell for cell in cells if re.match(r"\s*[=+@\t\r]|\s*-\D", cell)]
    assert {"'=1+1", "''=1+1", "'-1+1"} <= set(cells)


def test_a_text_longer_than_a_cell_of_excel_goes_on_in_a_sheet_of_its_own(tmp_path, campaign):
    book = load_workbook(exported(tmp_path, campaign, "xlsx"))
    longest = max(
        len(str(cell.value).encode("utf-16-le")) // 2 for s in book for row in s for cell in row
    )
    assert longest <= 32_767
    assert book.sheetnames == ["Réponses", "Codebook", "Suite"]


@pytest.mark.parametrize("kind", FORMATS)
def test_drafts_tests_refused_and_withdrawn_answers_never_leave(tmp_path, kind):
    campaign = campaigns.campaign(every_question())
    for state in ("refused", "withdrawn"):
        sent(campaign, {"q_text": f"texte {state}"}, state, state=state)
    sent(campaign, {"q_text": "texte draft"}, "draft", state="draft", sent_at=None)
    sent(campaign, {"q_text": "texte test"}, "test", is_test=True)
    sent(campaign, {"q_text": "texte gardé"}, "gardé")
    found = list(records(exported(tmp_path, campaign, kind), Table(campaign).columns))
    assert [values for _about, values in found] == [{"q_text": "texte gardé"}]


def test_what_others_may_read_is_what_was_consented_and_accepted(tmp_path):
    campaign = campaigns.campaign(every_question())
    values = {"q_text": "À Quimper", "q_integer": 12}
    cases = {
        "Nommée": ("nom", "accepted"), "Anonyme": ("anonyme", "anonymised"),
        "Fédération": ("federation", "accepted"), "Reçue": ("nom", "received"),
    }  # fmt: skip
    for name, (level, state) in cases.items():
        sent(
            campaign, values | {"consent_niveau": level}, name, state=state,
            public_texts={"q_text": "À [lieu]"} if level == "anonyme" else {},
        )  # fmt: skip
    path = exported(tmp_path, campaign, "csv", which=Which.PUBLISHABLE)
    found = list(records(path, Table(campaign).columns))
    assert [(about["_coop"], told) for about, told in found] == [
        ("Nommée", {"q_text": "À Quimper"}),
        ("", {"q_text": "À [lieu]"}),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_contacts_leave_only_when_asked_for(tmp_path, campaign, kind):
    def content(**options):
        path = exported(tmp_path, campaign, kind, **options)
        if kind in ("xlsx", "ods"):
            package = zipfile.ZipFile(path)
            return b"".join(map(package.read, package.namelist()))
        return path.read_bytes()

    assert b"@coop.example" not in content()
    assert b"@coop.example" in content(contacts=True)


def test_the_codebook_explains_each_column(tmp_path, campaign):
    lines = list(_lines(exported(tmp_path, campaign, "csv").with_suffix(".csv")))
    path = tmp_path / "codebook.csv"
    with path.open("wb") as file:
        write(Table(campaign), "codebook", file)
    header, *rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";")
    told = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert list(told) == [name for name in lines[0] if not name.startswith("_")]
    assert told["q_choice"]["values"] == "a = A / A | b = B / B | c = C / C | autre = autre / other"
    assert told["q_table.a"]["shown_if"] == "q_yes_no"
    assert told["q_matrix.a.x"]["part_fr"] == "A – X"
    assert told["q_text"]["publish"] == "public"


def test_the_number_of_queries_does_not_grow_with_the_answers(django_assert_num_queries, campaign):
    with django_assert_num_queries(2):  # which answers, then the answers themselves
        assert len(list(Table(campaign).rows())) == 16
