"""How far a story and the name of a co-op travel: no further than what was agreed."""

import pytest
from django.core.exceptions import ValidationError

from resources.models import Organisation, Theme
from search.models import SearchDocument
from tests.factories import resource

pytestmark = pytest.mark.django_db


def coop(**fields):
    return Organisation.objects.create(name="Coopérative exemple des Roseaux", **fields)


def test_a_story_for_the_federation_only_is_shown_to_nobody_else(site, client):
    page = resource("report", "Notre essai secret", consent="federation")
    assert not SearchDocument.objects.filter(pk=page.pk).exists()
    assert client.get(page.url).status_code == 302
    assert "secret" not in client.get("/retours/").content.decode()


def test_a_draft_waiting_for_consent_is_public_once_named(site, client):
    page = resource("report", "Un essai", publish=False, consent="federation")
    page.consent = "named"
    page.save_revision().publish()
    assert client.get(page.url).status_code == 200


def test_a_story_without_the_name_hides_the_co_operative(site, client):
    page = resource("report", consent="anonymised", organisation=coop())
    assert "Roseaux" not in client.get(page.url).content.decode()
    assert "organisation" not in SearchDocument.objects.get(pk=page.pk).facets


def test_a_co_operative_that_refuses_to_be_named_leaves_pages_and_facets(site, client):
    organisation = coop()
    page = resource("video", organisation=organisation)
    assert "Roseaux" in client.get(page.url).content.decode()
    organisation.consent = Organisation.NameConsent.NONE
    organisation.save()
    assert "Roseaux" not in client.get(page.url).content.decode()
    found = client.get("/api/search?q=roseaux").json()
    assert found["total"] == 0
    assert found["facets"]["organisation"] == []


def test_a_deleted_theme_and_co_operative_leave_the_facets(site, client):
    theme, organisation = Theme.objects.create(label_fr="Roulement"), coop()
    resource("guide", themes=[theme], organisation=organisation)
    theme.delete()
    organisation.delete()
    facets = client.get("/api/search").json()["facets"]
    assert facets["theme"] == facets["organisation"] == []


@pytest.mark.parametrize("year", [0, 99999])
def test_a_year_is_a_year(site, year):
    page = resource("guide", publish=False)
    page.year = year
    with pytest.raises(ValidationError):
        page.full_clean()
