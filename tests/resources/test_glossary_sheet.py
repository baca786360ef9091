"""A sheet of terms read: what a file may be, and what is said of one that may not."""

import pytest
from django.utils.translation import override

from resources.terms.sheet import MOST_LINES, UnreadableError, read_sheet


@pytest.fixture(autouse=True)
def reasons_in_english():
    with override("en"):
        yield


HEAD = "slug,term,plain\n"


def said(text, encoding="utf-8"):
    """What is wrong with each line."""
    return read_sheet(text.encode(encoding)).problems


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_spreadsheets_write_the_same_sheet_in_many_ways(sign, encoding, end):
    text = f"term{sign}plain{end}Émargement{sign}Une signature.{end}"
    sheet = read_sheet(text.encode(encoding))
    assert [line.cells for line in sheet.lines] == [
        {"term": "Émargement", "plain": "Une signature."}
    ]
    assert bool(sheet.notes) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "missing: term, plain"),
        (b"\n\n", "missing: term, plain"),
        (HEAD.encode(), "no term"),
        ("term,plain\nÉ,a".encode("utf-16"), "UTF-16"),
        (b"term,plain\nA\x00,b", "not a CSV"),
        (b"PK\x03\x04\x00\x00", "not a CSV"),
        (b"term,plain\n\x81\x8d,b", "letters of this file"),
        (b"term,plain,couleur\nA,b,c", "not known: couleur"),
        (b"term,term,plain\nA,B,c", "twice: term"),
        (b"slug,plain\na,b", "missing: term"),
        (b'term,plain\n"A,b\n', "Line 2"),
        (b"term,plain\n" + b"A%d,b\n" * 3, ""),
        (b"term,plain\n" + b"x" * 5_000_000, "4 MB"),
    ],
)
def test_a_file_that_is_no_sheet_of_terms_is_refused_with_its_reason(content, reason):
    if not reason:
        assert read_sheet(content).problems
        return
    with pytest.raises(UnreadableError, match=reason):
        read_sheet(content)


def test_ten_thousand_lines_are_refused_before_they_are_all_read():
    lines = "".join(f"t{n},Terme {n},Un mot.\n" for n in range(10_000))
    with pytest.raises(UnreadableError, match=str(MOST_LINES)):
        read_sheet((HEAD + lines).encode())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a,,Un mot.", "term is empty"),
        ("a,A,", "plain is empty"),
        (f"a,A,{'mot ' * 31}", "at most 30 words; this one has 31"),
        (f"a,{'A' * 256},Un mot.", "256 characters"),
        ("Pas Bon,A,Un mot.", "small letters"),
        ('a,"=HYPERLINK(""http://x"")",Un mot.', "like a formula"),
        ("a,@SUM(1),Un mot.", "like a formula"),
        ("a,A,-1+1", "like a formula"),
        ("a,A\x07,Un mot.", "cannot be shown"),
        ("a,A,Un mot.,encore", "more cells"),
        ("!,!,Un mot.", "small letters"),
        (",!!!,Un mot.", "No address"),
    ],
)
def test_a_line_that_cannot_be_is_named_with_its_reason(line, reason):
    ((number, problem),) = said(f"{HEAD}b,B,Un mot.\n{line}\n")[:1]
    assert number == 3
    assert reason in problem


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("source_checked", "31/01/2026"),
        ("source_checked", "2026-02-30"),
        ("ambiguous", "peut-être"),
        ("not_to_confuse", "sans deux points"),
    ],
)
def test_values_are_what_their_column_holds(column, cell):
    ((number, problem),) = said(f"term,plain,{column}\nA,Un mot.,{cell}\n")
    assert number == 2
    assert column in problem


def test_the_same_term_twice_is_named_on_its_second_line():
    assert said(f"{HEAD}a,A,Un mot.\na,B,Un mot.\n")[0][0] == 3
    assert said(f"{HEAD}a,Éclair,Un mot.\nb,ECLAIR,Un mot.\n")[0][0] == 3


def test_a_cell_protected_from_computing_comes_back_as_it_was():
    (line,) = read_sheet(f"{HEAD}a,'=1+1,'tis a word\n".encode()).lines
    assert (line.cells["term"], line.cells["plain"]) == ("=1+1", "'tis a word")
