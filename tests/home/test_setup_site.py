"""``setup_site`` makes what is missing and never touches what is there."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Locale, Page, Revision, Site

from resources.models import ResourceIndexPage, ResourcePage
from resources.types import resource_types


def state():
    return (
        list(Page.objects.order_by("pk").values_list("pk", "title", "slug", "latest_revision_id")),
        list(Group.objects.order_by("pk").values_list("pk", "name")),
        list(Site.objects.values_list()),
        Revision.objects.count(),
    )


def test_doing_it_again_does_nothing(site):
    before, said = state(), StringIO()
    call_command("setup_site", stdout=said)
    assert state() == before
    assert said.getvalue() == "The site has its pages, lists and groups.\n"


def test_it_brings_no_resource(site):
    assert not ResourcePage.objects.exists()


def test_what_an_editor_renamed_stays_renamed(site):
    page = ResourceIndexPage.objects.filter(locale__language_code="fr").first()
    page.title, page.slug = "Autre nom", "autre-adresse"
    page.save_revision().publish()
    before = state()
    call_command("setup_site", stdout=StringIO())
    assert state() == before


def test_a_list_that_was_removed_is_made_again_in_both_languages(site):
    wanted = Page.objects.count()
    for page in ResourceIndexPage.objects.filter(listed_type="tool"):
        page.delete()
    call_command("setup_site", stdout=StringIO())
    assert Page.objects.count() == wanted


def test_every_type_has_its_list_in_both_languages(site):
    lists = set(ResourceIndexPage.objects.values_list("listed_type", "locale__language_code"))
    languages = Locale.objects.values_list("language_code", flat=True)
    assert set(languages) == {"fr", "en"}
    wanted = {(kind, code) for kind in resource_types() for code in languages if kind != "glossary"}
    assert lists == wanted


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/ressources/", "/en/resources/", "/glossaire/", "/plan-du-site/"]
)
def test_the_empty_site_answers_everywhere(site, client, address):
    assert client.get(address).status_code == 200
