"""What an invitation list says, whatever hand and program wrote it."""

import io

import pytest
from openpyxl import Workbook

from resources.reports.invitations.reading import MOST_ROWS, UnreadableError
from resources.reports.invitations.sheet import read_sheet

LIST = """Liste des coopératives;;;;;;;;
;;;;;;;;
Nom de la coopérative;Prénom;Nom;Adresse e-mail;Langue;Statut;Région;Activité;Taille;Remarque
Les Toits Bleus;Camille;Durand;Camille@Toits.example;français;SCIC HLM;Bretagne;Locatif et accession;1 250;à rappeler
Habitat d’Exemple;;;;;SCP;Occitanie;accession;Moins de 100 sociétaires;
"""


def workbook(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells(sheet):
    assert sheet.problems == []
    return [dict(line.cells) for line in sheet.lines]


TOITS = {
    "coop": "Les Toits Bleus", "name": "Camille Durand", "email": "camille@toits.example",
    "language": "fr", "status": "scic", "region": "Bretagne", "activity": "mixte",
    "size": "de_500_1999",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_is_read_as_people_write_it(encoding):
    sheet = read_sheet("Liste 2026.CSV", LIST.encode(encoding))
    first, second = cells(sheet)
    assert first == TOITS
    assert (second["status"], second["activity"]) == ("scp", "accession")
    assert any("Remarque" in note for note in sheet.notes)
    assert [line.number for line in sheet.lines] == [4, 5]


def test_a_workbook_says_the_same():
    rows = [line.split(";") for line in LIST.splitlines()]
    assert cells(read_sheet("liste.xlsx", workbook(rows)))[0] == TOITS


def test_a_list_holds_as_many_coops_as_it_says():
    lines = ["Coop;Courriel", *(f"Coop {n};coop{n}@toits.example" for n in range(MOST_ROWS))]
    assert len(cells(read_sheet("liste.csv", "\n".join(lines).encode()))) == MOST_ROWS
    with pytest.raises(UnreadableError):
        read_sheet("liste.csv", "\n".join([*lines, "De trop;trop@toits.example"]).encode())


def test_a_number_in_a_workbook_is_a_size():
    rows = [["Coop", "Nombre d'associés"], ["Les Toits Bleus", 80], ["Autre", 5000.0]]
    found = cells(read_sheet("liste.xlsx", workbook(rows)))
    assert [line["size"] for line in found] == ["moins_100", "plus_2000"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Toits,pas une adresse,", "pas une adresse"),
        (",a@coop.example,", "no co-operative"),
        ("Toits,a@coop.example b@coop.example,", "not one e-mail"),
        ("Toits,a@coop.example,association", "association"),
        ("T" * 151 + ",,", "151"),
        ("Toits\u202e,,", "cannot be shown"),
        ("Toits,a@coop.example\nToits,A@coop.example,", "line 2"),
        ("Toits,a@coop.example,scic\ntoits,b@coop.example,scp", "line 2"),
    ],
)
def test_what_is_wrong_is_said_by_line(line, said):
    from django.utils.translation import override

    with override("en"):
        sheet = read_sheet("l.csv", f"Coop,E-mail,Statut\n{line}".encode())
    number, problem = sheet.problems[0]
    assert number == 1 + len(line.splitlines())
    assert said in problem


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("l.csv", b""),
        ("l.csv", b"Statut,Ville\nscic,Rennes"),
        ("l.csv", b"Coop,Mail,Courriel\nA,a@b.example,c@d.example"),
        ("l.csv", b"Coop\n"),
        ("l.csv", b"Coop\x00\n"),
        ("l.csv", b"Coop\n" + b"A\n" * 2_001),
        ("l.csv", b'Coop,E-mail\n"A,b'),
        ("l.xlsx", b"PK\x03\x04 no workbook"),
        ("l.xls", b"\xd0\xcf\x11\xe0"),
        ("l.csv", b"Coop\n" + b"A" * 4_000_001),
    ],
)
def test_what_is_no_list_is_refused(name, content):
    with pytest.raises(UnreadableError):
        read_sheet(name, content)


def test_a_cell_that_we_protected_comes_back_as_it_was():
    assert cells(read_sheet("l.csv", b"Coop\n'=Toits"))[0]["coop"] == "=Toits"
