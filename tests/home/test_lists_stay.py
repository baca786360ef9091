"""The pages the site stands on: not deleted by mistake, made again when they are gone."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse

from resources.models import GuidePage, ResourceIndexPage
from tests.factories import index_of, resource, stream

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(get_user_model().objects.create_superuser("chief", "c@example.org", "x"))
    return client


def test_a_list_is_not_deleted_from_its_page_nor_in_bulk(site, administrator):
    page = index_of("video")
    administrator.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    answer = administrator.post(f"{bulk}?id={page.pk}")
    assert answer.status_code in {302, 403}
    assert ResourceIndexPage.objects.filter(pk=page.pk).exists()


def test_a_page_of_a_list_is_deleted_as_usual(site, administrator):
    page = resource("guide")
    administrator.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not GuidePage.objects.filter(pk=page.pk).exists()


def test_a_list_that_is_gone_is_made_again_beside_its_translation(site, client):
    index_of("video").delete()
    call_command("setup_site", verbosity=0)
    again = index_of("video")
    assert again.get_translations().get() == index_of("video", "en").page_ptr.specific
    assert client.get("/videos/").status_code == 200


def test_a_list_offers_the_type_it_lists_and_no_other(site):
    assert GuidePage.can_create_at(index_of("guide"))
    assert not GuidePage.can_create_at(index_of("video"))


def test_the_chapters_of_a_moved_guide_keep_their_addresses(
    site, client, django_capture_on_commit_callbacks
):
    chapter = {"title": "Inviter", "slug": "inviter", "summary": "", "body": [], "practices": []}
    page = resource("guide", "Un guide", chapters=stream(("chapter", chapter)))
    assert client.get("/guides/un-guide/chapitre/inviter/").status_code == 200
    page.slug = "le-guide"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    answer = client.get("/guides/un-guide/chapitre/inviter/")
    assert (answer.status_code, answer["Location"]) == (301, "/guides/le-guide/chapitre/inviter/")
