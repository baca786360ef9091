"""Old addresses: a list is checked as a whole, and each way of writing an address is followed."""

import unicodedata
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from tests.factories import resource

HEAD = "ancienne;nouvelle\n"


@pytest.fixture
def imported(tmp_path):
    """Runs the command on a text (or bytes) and returns what it says."""

    def run(content, *options):
        file = tmp_path / "list.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        said = StringIO()
        call_command("import_redirects", str(file), *options, stdout=said)
        return said.getvalue()

    return run


def refusal(imported, content):
    with pytest.raises(CommandError) as error:
        imported(content)
    assert not Redirect.objects.filter(old_path__startswith="/ancien").exists()
    return str(error.value)


def target(client, address):
    response = client.get(address)
    assert response.status_code == 301, address
    return response.headers["Location"]


def test_accents_may_be_composed_or_not(site, client, imported):
    page = resource("guide", "Le guide")
    imported(f"{HEAD}/ancien/Séance d’été.pdf;{page.pk}\n")
    for form in ("NFC", "NFD"):
        path = unicodedata.normalize(form, "/ancien/Séance d’été.pdf")
        assert target(client, path) == page.get_url()


def test_what_stands_behind_the_question_mark_goes_along(site, client, imported):
    page = resource("guide", "Le guide")
    imported(f"{HEAD}/ancien;{page.pk}\n/ancienne?id=3;{page.pk}\n")
    assert target(client, "/ancien?utm_source=lettre") == f"{page.get_url()}?utm_source=lettre"
    assert target(client, "/ancienne?id=3") == page.get_url()
    assert client.get("/ancienne/?id=4").status_code == 404


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_list_may_come_from_any_spreadsheet(site, client, imported, delimiter, encoding):
    page = resource("guide", "Le guide")
    rows = f"Nouvelle adresse{delimiter}Ancienne adresse\r\n\r\n{page.get_url()}{delimiter}/ancien-été\r\n"
    assert "1 created" in imported(rows.encode(encoding))
    assert target(client, "/ancien-été") == page.get_url()


def test_the_columns_need_no_names(site, client, imported):
    page = resource("guide", "Le guide")
    imported(f"/ancien,{page.pk}\n")
    assert target(client, "/ancien") == page.get_url()


def test_a_dry_run_says_what_would_be_done_and_keeps_nothing(site, imported):
    page = resource("guide", "Le guide")
    assert "1 created" in imported(f"{HEAD}/ancien;{page.pk}\n", "--dry-run")
    assert not Redirect.objects.filter(old_path="/ancien").exists()


def test_the_same_list_again_changes_nothing_and_another_target_changes_the_row(
    site, client, imported
):
    first, second = resource("guide", "Le guide"), resource("guide", "Un autre")
    imported(f"{HEAD}/ancien;{first.pk}\n")
    assert "0 created, 0 changed, 1 unchanged" in imported(f"{HEAD}/ancien;{first.pk}\n")
    assert "0 created, 1 changed, 0 unchanged" in imported(f"{HEAD}/ancien;{second.pk}\n")
    assert target(client, "/ancien") == second.get_url()


# Each wrong line of the list below, with what is said of it.
WRONG = {
    3: "there is no page “guides/inconnu”",
    4: "there is no page number 999999",
    5: "nothing answers at “/guides/nulle-part/”",
    6: "is not one that readers can open",
    7: "is neither an address",
    8: "answers at",
    9: "is not an old address",
    10: "is not one that readers can open",
    11: "is not an old address",
}


def test_every_wrong_line_is_named_and_nothing_is_kept(site, imported):
    draft = resource("guide", "Un brouillon", publish=False)
    page = resource("guide", "Le guide")
    lines = [
        f"/ancien-bon;{page.pk}",  # line 2
        "/ancien-1;page:guides/inconnu",
        "/ancien-2;999999",
        "/ancien-3;/guides/nulle-part/",
        f"/ancien-4;{draft.pk}",
        "/ancien-5;javascript:alert(1)",
        f"{page.get_url()};{page.pk}",
        f"/;{page.pk}",
        f"/ancien-bon;{draft.pk}",
        f"/ancien-{'x' * 300};{page.pk}",
    ]
    said = refusal(imported, HEAD + "\n".join(lines))
    for number, words in WRONG.items():
        assert any(f"line {number}:" in line and words in line for line in said.splitlines()), (
            number
        )
    assert "line 2:" not in said


def test_two_targets_for_one_address_are_refused_and_the_same_twice_is_not(site, imported):
    first, second = resource("guide", "Le guide"), resource("guide", "Un autre")
    said = refusal(imported, f"{HEAD}/ancien;{first.pk}\n/ancien/;{second.pk}\n")
    assert "line 3: line 2 sends this address elsewhere" in said
    assert "1 created" in imported(f"{HEAD}/ancien;{first.pk}\n/ancien/;{first.pk}\n")


def test_circles_are_refused_whichever_line_closes_them(site, client, imported):
    assert "round in circles" in refusal(imported, f"{HEAD}/ancien;/ancien/\n")
    assert "round in circles" in refusal(
        imported, f"{HEAD}/ancien-a;/ancien-b\n/ancien-b;/ancien-a\n"
    )
    Redirect.objects.create(old_path="/vieux", redirect_link="https://example.org/")
    said = refusal(imported, f"{HEAD}/vieux;/ancien-c\n/ancien-c;/vieux\n")
    assert "/ancien-c → /vieux → /ancien-c" in said


def test_a_chain_is_kept_in_one_step(site, client, imported):
    page = resource("guide", "Le guide")
    Redirect.objects.create(old_path="/vieux", redirect_page=page)
    imported(
        f"{HEAD}/ancien-a;/ancien-b\n/ancien-b;/ancien-c\n/ancien-c;{page.pk}\n/ancien-d;/vieux\n"
    )
    for name in ("a", "b", "c", "d"):
        assert target(client, f"/ancien-{name}") == page.get_url()


def test_a_list_that_says_nothing_is_refused(site, imported):
    for content in (b"", b"ancienne;nouvelle\n", b"\x00\x01", b"/ancien\n"):
        with pytest.raises(CommandError):
            imported(content)


def test_a_page_that_exists_costs_no_query_more(site, client, imported):
    page = resource("guide", "Le guide")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.get_url()).status_code == 200
        return [q["sql"] for q in queries if "redirect" in q["sql"].lower()]

    imported(HEAD + "".join(f"/ancien-{n};{page.pk}\n" for n in range(50)))
    assert cost() == []
