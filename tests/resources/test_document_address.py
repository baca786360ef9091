"""The address of a document: its number alone decides, whatever happens to the rest."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from resources.importing import import_records
from resources.models import DocumentPage
from resources.records import Record
from search.models import SearchDocument
from tests.factories import index_of, resource, stored_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site):
    return resource("document", "Livret d’accueil", file=stored_file("Livret d’accueil"))


def lands(client, address, status=301):
    """Where an address leads, in one step."""
    response = client.get(address)
    assert response.status_code == status, address
    return response.headers["Location"]


def in_english(page, title="Welcome booklet"):
    copy = page.copy_for_translation(Locale.objects.get(language_code="en"))
    copy.title, copy.slug = title, "welcome-booklet"
    copy.save_revision().publish()
    return DocumentPage.objects.get(pk=copy.pk)


def test_it_begins_with_a_number_and_ends_with_the_title(page, client):
    assert page.get_url() == f"/documents/{page.number}-livret-daccueil/"
    assert client.get(page.get_url()).status_code == 200


def test_every_other_address_leads_to_it_for_good(page, client):
    number = page.number
    for address in (
        f"/documents/{number}-autre-chose/",
        f"/documents/{number}/",
        f"/documents/{number}-/",
        "/documents/livret-daccueil/",
    ):
        assert lands(client, address) == page.get_url()


def test_what_follows_it_is_kept(page, client):
    end = lands(client, f"/documents/{page.number}-x/autre-format/?v=1")
    assert end == f"{page.get_url()}autre-format/?v=1"


def test_a_new_title_and_slug_leave_the_number(page, client):
    old = page.get_url()
    page.title, page.slug = "Guide d’accueil", "guide-daccueil"
    page.save_revision().publish()
    renamed = DocumentPage.objects.get(pk=page.pk)
    assert renamed.get_url() == f"/documents/{page.number}-guide-daccueil/"
    assert lands(client, old) == renamed.get_url()


def test_an_editor_cannot_take_the_number_away(page):
    for slug in ("999-livret", "livret", f"{page.number}-livret", ""):
        page.slug = slug
        page.save_revision().publish()
        assert DocumentPage.objects.get(pk=page.pk).slug.startswith(f"{page.number}-")


def test_an_older_revision_published_again_keeps_the_number(page):
    revision = page.save_revision()
    revision.content["number"], revision.content["slug"] = None, "tout-autre"
    revision.save()
    revision.publish()
    assert DocumentPage.objects.get(pk=page.pk).slug == f"{page.number}-tout-autre"


def test_a_replaced_file_changes_nothing(page, client):
    page.file.replace_file(stored_file("autre", b"%PDF-1.4 autre").file)
    assert client.get(page.get_url()).status_code == 200


def test_the_translation_has_the_same_number_below_its_own_language(page, client):
    english = in_english(page)
    assert english.get_url() == f"/en/documents/{page.number}-welcome-booklet/"
    assert lands(client, f"/en/documents/{page.number}-livret-daccueil/") == english.get_url()
    assert lands(client, f"/documents/{page.number}-welcome-booklet/") == page.get_url()


def test_without_a_translation_the_number_leads_to_the_french_page_for_now(page, client):
    assert lands(client, f"/en/documents/{page.number}/", status=302) == page.get_url()


def test_a_draft_of_the_translation_does_not_stand_in_the_way(page, client):
    page.copy_for_translation(Locale.objects.get(language_code="en"))
    assert lands(client, f"/en/documents/{page.number}/", status=302) == page.get_url()


def test_a_copy_is_another_document(page):
    copy = page.copy(update_attrs={"slug": f"{page.slug}-1", "title": "Copie"})
    copy.refresh_from_db()
    assert copy.number not in (None, page.number)
    assert copy.slug == f"{copy.number}-livret-daccueil-1"


def test_two_documents_may_have_the_same_title(page):
    twin = resource("document", "Livret d’accueil")
    assert twin.slug == f"{twin.number}-livret-daccueil"
    assert twin.number != page.number


def test_a_slug_that_two_share_leads_nowhere_without_its_number(page, client):
    resource("document", "Livret d’accueil")
    assert client.get("/documents/livret-daccueil/").status_code == 404


@pytest.mark.parametrize("address", ["0", "00012", "999999999", "1" * 40, "-3", "12é", "%00"])
def test_what_is_no_document_is_not_found(page, client, address):
    assert client.get(f"/documents/{address}/").status_code == 404


def test_a_draft_is_not_found_by_its_number(site, client):
    draft = resource("document", "Brouillon", publish=False)
    assert client.get(f"/documents/{draft.number}/").status_code == 404


def test_a_document_for_some_tells_nothing_of_its_title(site, client):
    page = resource("document", "Accord secret", access="coops")
    answer = lands(client, f"/documents/{page.number}/", status=302)
    assert "login" in answer
    assert "secret" not in answer


def test_the_search_the_cards_and_the_sitemap_show_it(page, client):
    assert SearchDocument.objects.get(page_id=page.pk).url == page.get_url()
    for address in ("/documents/", "/ressources/?q=livret", "/sitemap.xml", "/flux.atom"):
        assert page.get_url() in client.get(address).content.decode(), address
    assert page.get_url() in client.get("/api/search?q=livret").json()["results"][0]["url"]


def test_imported_documents_have_theirs(site, client):
    record = Record(id="x1", type="document", title="Fiche mémo", summary="s", body="b")
    import_records([record])
    page = DocumentPage.objects.get(external_id="x1")
    assert page.get_url() == f"/documents/{page.pk}-fiche-memo/"
    assert client.get(page.get_url()).status_code == 200
    assert SearchDocument.objects.get(page_id=page.pk).url == page.get_url()


def test_a_redirect_costs_few_queries(page, client):
    address = f"/documents/{page.number}-x/"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 7


def test_it_moves_with_its_list(page, client):
    index = index_of("document")
    index.slug = "fichiers-et-documents"
    index.save_revision().publish()
    page = DocumentPage.objects.get(pk=page.pk)
    assert page.get_url() == f"/fichiers-et-documents/{page.number}-livret-daccueil/"
    assert lands(client, f"/fichiers-et-documents/{page.number}/") == page.get_url()


def test_documents_from_before_numbers_are_brought_over_and_back(page, client):
    moved = import_module("resources.migrations.0004_existing_documents_numbered")
    english, numbered = in_english(page), page.get_url()
    moved.take_back(apps, None)
    bare = DocumentPage.objects.get(pk=page.pk).get_url()
    assert bare == "/documents/livret-daccueil/"
    assert SearchDocument.objects.get(page_id=page.pk).url == bare
    DocumentPage.objects.update(number=None)
    moved.bring_over(apps, None)
    assert DocumentPage.objects.get(pk=page.pk).get_url() == numbered
    assert DocumentPage.objects.get(pk=english.pk).number == page.number
    assert SearchDocument.objects.get(page_id=page.pk).url == numbered
    assert lands(client, bare) == numbered
    assert lands(client, "/en/documents/welcome-booklet/") == english.get_url()
    assert Redirect.objects.filter(old_path="/documents/livret-daccueil").exists()


def test_files_from_before_versions_become_their_first(page):
    moved = import_module("hub.core.migrations.0005_first_versions_and_licences")
    file = page.file
    file.licence = "CC BY-SA 4.0"
    file.save()
    moved.take_back(apps, None)
    file.refresh_from_db()
    assert (file.licence_code, file.licence_text) == ("", "CC BY-SA 4.0")
    moved.bring_over(apps, None)
    file.refresh_from_db()
    assert (file.licence, file.licence_code) == ("CC BY-SA 4.0", "cc-by-sa-4.0")
    assert [version.file.name for version in file.versions.all()] == [file.file.name]
