"""The addresses printed on slides, and a hundred others, on the site with its whole content."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.loader.load import load_all
from home.models import LoadedItem
from resources.models import KitPage
from tests.factories import resource

HEAD = "ancienne;nouvelle\n"


@pytest.fixture
def imported(tmp_path):
    """Runs the command on a text and returns what it says."""

    def run(content):
        file = tmp_path / "list.csv"
        file.write_text(content, encoding="utf-8")
        said = StringIO()
        call_command("import_redirects", str(file), stdout=said)
        return said.getvalue()

    return run


def target(client, address):
    response = client.get(address)
    assert response.status_code == 301, address
    return response.headers["Location"]


def test_a_hundred_old_addresses_lead_to_their_pages(loaded_site, client, imported):
    pages = list(Page.objects.filter(depth__gt=3, locale__language_code="fr").order_by("pk")[:97])
    public = [page for page in pages if client.get(page.get_url()).status_code == 200]
    lines, wanted = [HEAD], {}
    shapes = (
        "/node/{n}",
        "/actualités/été {n}",
        "/sites/default/files/2024-0{d}/Pièce n°{n}.pdf",
        "/fr/a?id={n}",
    )
    for number, page in enumerate((public * 2)[:97], start=1000):
        old = shapes[number % 4].format(n=number, d=number % 9 + 1)
        new = (str(page.pk), page.get_url(), "https://example.org/ailleurs")[number % 3]
        lines.append(f"https://www.hlm.coop{old};{new}\n")
        wanted[old] = "https://example.org/ailleurs" if number % 3 == 2 else page.get_url()
    assert "97 created" in imported("".join(lines))
    wanted |= {
        "/la-vie-cooperative": "/",
        "/sites/default/files/2025-02/Kit%20Vie%20Coop%20pour%20les%20AG.zip": "/kits/ag/",
        "/node/12642": "/glossaire/",
    }
    assert len(wanted) == 100
    for old, new in wanted.items():
        assert target(client, old) == new, old
        assert new.startswith("https://") or client.get(new).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/sites/default/files/2025-02/Kit%20Vie%20Coop%20pour%20les%20AG.zip",
        "/sites/default/files/2025-02/Kit+Vie+Coop+pour+les+AG.zip",
        "/sites/default/files/2025-02/Kit Vie Coop pour les AG.zip",
        "/sites/default/files/2025-02/Kit%2520Vie%2520Coop%2520pour%2520les%2520AG.zip",
        "/sites/default/files/2025-02/Kit%20Vie%20Coop%20pour%20les%20AG.zip/",
        "/sites/default/files/2025-02/Kit%20Vie%20Coop%20pour%20les%20AG.zip?mtime=1",
    ],
)
def test_the_kit_on_the_slides_is_found_however_its_address_is_written(
    loaded_site, client, address
):
    assert target(client, address).split("?")[0] == "/kits/ag/"


def test_a_key_of_the_content_files_and_a_list_are_targets(loaded_site, client, imported):
    imported(f"{HEAD}/ancien-a;page:kits/ag\n/ancien-b;page:guides\n/ancien-c;page:home\n")
    assert target(client, "/ancien-a") == "/kits/ag/"
    assert target(client, "/ancien-b") == "/guides/"
    assert target(client, "/ancien-c") == "/"


def test_what_editors_did_comes_before_the_addresses_of_the_content(loaded_site, client):
    elsewhere = resource("guide", "La page d’accueil d’avant", slug="la-vie-cooperative-avant")
    Redirect.objects.filter(old_path="/la-vie-cooperative").update(redirect_page=elsewhere)
    KitPage.objects.get(slug="ag", locale__language_code="fr").unpublish()

    LoadedItem.objects.filter(key="everything").update(source_digest="")
    load_all()
    assert target(client, "/la-vie-cooperative") == elsewhere.get_url()
