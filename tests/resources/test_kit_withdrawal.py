"""A file that is withdrawn leaves the next zip of its kits at once, and blocks the old ones."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests.alerts import work
from tests.kits import (
    documents,
    download,
    fresh,
    inside,
    names,
    packed_kit,
    publish,
    replace_file,
    sections,
)

pytestmark = pytest.mark.django_db
SECRET, OPEN = "Zorglub confidentiel", "Le mode d’emploi"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.KITS_ROOT = tmp_path / "media", tmp_path / "kits"


@pytest.fixture
def pages(site):
    return documents(SECRET, OPEN)


@pytest.fixture
def kit(pages):
    return packed_kit(pages)


def made_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def list_made_private(page):
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def unpublished(page):
    page.unpublish()


def expired(page):
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save(update_fields=["expire_at"])


def closed(page):
    publish(page, access="coops")


def deleted(page):
    page.delete()


def file_taken_off(page):
    publish(page, file=None)


def file_deleted(page):
    """Another file was put in its place, and the first one deleted."""
    first = page.file
    publish(page, file=documents("Ailleurs")[0].file)
    first.delete()


def collection_made_private(page):
    secret = Collection.get_first_root_node().add_child(name="Réservé")
    page.file.collection = secret
    page.file.save()
    CollectionViewRestriction.objects.create(collection=secret, restriction_type="login")


HIDING = [
    made_private,
    unpublished,
    expired,
    closed,
    deleted,
    file_taken_off,
    collection_made_private,
]
WAYS = [*HIDING, list_made_private, file_deleted]


@pytest.mark.parametrize("withdraw", WAYS)
def test_the_zips_that_hold_it_are_refused_before_the_next_one_is_made(
    client, kit, pages, withdraw
):
    publish(kit, licence="CC BY 4.0")
    work()
    withdraw(pages[0])
    response, content = download(kit)
    assert response.status_code == (404 if withdraw is list_made_private else 503)
    assert SECRET not in content.decode() or withdraw is file_deleted, "its page is still public"
    for number in (1, 2):
        response, content = download(kit, f"?v={number}")
        assert response.status_code == 410
        assert response.headers["Cache-Control"] == "no-store"
        assert SECRET not in content.decode()
        assert "retiré" in content.decode()
        etag = f'"{kit.versions.get(number=number).sha256}"'
        assert download(kit, f"?v={number}", **{"If-None-Match": etag})[0].status_code == 410
        assert client.head(f"{kit.download_url}?v={number}").status_code == 410


@pytest.mark.parametrize("withdraw", HIDING)
def test_the_next_zip_is_made_without_it(client, kit, pages, withdraw):
    withdraw(pages[0])
    work()
    response, content = download(kit)
    assert response.status_code == 200
    assert "zorglub" not in " ".join(names(content))
    for name in ("LISEZ-MOI.html", "LISEZ-MOI.txt", "manifest.json"):
        assert SECRET not in inside(content, name).decode()
    assert download(kit, "?v=1")[0].status_code == 410


@pytest.mark.parametrize("withdraw", [made_private, unpublished, expired, closed, deleted])
def test_its_title_is_nowhere_in_the_history(client, kit, pages, withdraw):
    """Added in one version, removed in another: a title that is secret today is not told."""
    publish(kit, sections=sections(pages[1:]))
    work()
    publish(kit, sections=sections(pages))
    work()
    withdraw(pages[0])
    work()
    text = client.get(kit.url).content.decode()
    assert SECRET not in text
    assert "1 fichier retiré de la bibliothèque" in text.replace("\xa0", " ")
    assert "telecharger/?v=2" in text, "the version without it is still offered"
    assert "telecharger/?v=1" not in text
    assert "telecharger/?v=3" not in text


def test_what_is_readable_again_is_served_again(kit, pages):
    _response, before = download(kit)
    made_private(pages[0])
    work()
    assert download(kit, "?v=1")[0].status_code == 410
    PageViewRestriction.objects.all().delete()
    assert download(kit, "?v=1")[1] == before
    work()
    assert names(download(kit)[1]) == names(before)


def test_nothing_left_to_give(client, kit, pages):
    for page in pages:
        made_private(page)
    work()
    assert download(kit)[0].status_code == 404
    assert client.get(kit.url).status_code == 200


def test_a_kit_that_is_withdrawn_takes_its_zips_along(client, kit):
    made_private(kit)
    for query in ("", "?v=1"):
        response = client.get(kit.download_url + query)
        assert response.status_code == 302
        assert "/login/" in response.headers["Location"]
    PageViewRestriction.objects.all().delete()
    fresh(kit).unpublish()
    assert client.get(kit.download_url).status_code == 404


def test_the_check_costs_the_same_for_any_number_of_files(
    client, site, django_assert_max_num_queries
):
    kit = packed_kit(documents(*(f"Document {number}" for number in range(30))))
    replace_file(next(iter(kit.readable.values())).file)
    work()
    client.get(kit.download_url)
    for query in ("", "?v=1"):
        with django_assert_max_num_queries(12):
            client.get(kit.download_url + query)
