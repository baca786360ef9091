"""What must follow a change: translations, renamed themes, the spotlight, places in journeys."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from home.front import front_context
from resources.models import Audience, DossierPage, LegalRecord, Organisation, Theme
from search.models import SearchDocument
from tests.factories import resource, stream

pytestmark = pytest.mark.django_db


def translated(page):
    copy = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    copy.title = "In English"
    copy.save_revision().publish()
    return type(page).objects.get(pk=copy.pk)


def facets(page):
    return SearchDocument.objects.get(pk=page.pk).facets


# -- Translations --------------------------------------------------------------------------------
def test_a_facet_emptied_in_the_source_is_emptied_in_the_translation(site):
    theme = Theme.objects.create(label_fr="Vote")
    page = resource("guide", themes=[theme], steps=["avant"], year=2024)
    english = translated(page)
    assert facets(english)["theme"] == ["vote"]
    page.themes, page.steps, page.year = [], [], None
    page.save_revision().publish()
    english.refresh_from_db()
    assert list(type(page).objects.get(pk=english.pk).themes.all()) == []
    assert (english.steps, english.year) == ([], None)
    assert not {"theme", "step", "year"} & set(facets(english))


def test_a_translation_published_with_other_facets_takes_those_of_its_source(site):
    page = resource("guide", steps=["avant"], access="public")
    english = translated(page)
    english.steps = ["apres"]
    english.save_revision().publish()
    assert facets(english)["step"] == ["avant"]


def test_closing_the_source_closes_its_translation(site, client):
    page = resource("guide", "Réservé", access="public")
    english = translated(page)
    page.access = "coops"
    page.save_revision().publish()
    assert not SearchDocument.objects.filter(pk__in=[page.pk, english.pk]).exists()


def test_a_missing_translation_leads_to_the_french_page_and_says_so(site, client):
    page = resource("guide", "Seulement en français")
    found = client.get("/en/api/search", {"q": "seulement français"}).json()["results"]
    assert [(item["id"], item["language"]) for item in found] == [(page.pk, "fr")]
    body = client.get("/en/resources/", {"q": "seulement français"}).content.decode()
    assert f'href="{page.url}"' in body
    assert 'lang="fr"' in body
    assert 'hreflang="fr"' in body


# -- Vocabularies --------------------------------------------------------------------------------
@pytest.mark.parametrize(("model", "name"), [(Theme, "themes"), (Audience, "audiences")])
def test_a_renamed_row_is_followed_by_the_index(site, client, model, name):
    row = model.objects.create(label_fr="Ancien nom")
    page = resource("guide", **{name: [row]})
    row.label_fr = "Trampoline"
    row.save()
    found = client.get("/api/search", {"q": "trampoline"}).json()
    assert [item["id"] for item in found["results"]] == [page.pk]
    values = found["facets"][name.removesuffix("s")]
    assert [(value["label"], value["value"]) for value in values] == [("Trampoline", "ancien-nom")]


def test_a_renamed_organisation_is_followed_by_the_index(site, client):
    coop = Organisation.objects.create(name="Coopérative exemple A")
    page = resource("guide", organisation=coop)
    coop.name = "Coopérative exemple Trampoline"
    coop.save()
    found = client.get("/api/search", {"q": "trampoline"}).json()["results"]
    assert [item["id"] for item in found] == [page.pk]


@pytest.mark.parametrize(("model", "field"), [(Organisation, "name"), (Theme, "label_fr")])
def test_two_spellings_of_one_name_are_one_row(db, model, field):
    model.objects.create(**{field: "Les Coop'HLM"})
    twin = model(**{field: "Les  COOP’HLM"})
    with pytest.raises(ValidationError):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_slug_follows_the_name_once_and_then_stays(db):
    theme = Theme.objects.create(label_fr="Résolutions & vote")
    assert theme.slug == "resolutions-vote"
    theme.label_fr = "Voter"
    theme.save()
    assert theme.slug == "resolutions-vote"


def test_two_names_with_one_slug_get_two_slugs(db):
    first, second = (Theme.objects.create(label_fr=name) for name in ("Vote !", "Vote ?"))
    assert (first.slug, second.slug) == ("vote", "vote-2")


def test_a_name_without_letters_gets_a_slug(db):
    assert Theme.objects.create(label_fr="???").slug == "sans-nom"


# -- Legal values --------------------------------------------------------------------------------
@pytest.mark.parametrize(("day", "who"), [(None, "Camille"), (date(2026, 1, 1), ""), (None, "")])
def test_a_value_is_not_validated_without_a_day_and_a_name(db, day, who):
    values = {"title": "Délai", "value": "15", "source": "Statuts", "key": "delai"}
    values |= {"state": "validated", "checked_on": day, "checked_by": who}
    with pytest.raises(ValidationError):
        LegalRecord(**values).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalRecord.objects.create(**values)


def test_a_validated_value_past_its_review_is_no_longer_certain(db):
    today = timezone.localdate()
    values = {"title": "Délai", "value": "15", "source": "Statuts", "state": "validated"}
    values |= {"checked_on": today, "checked_by": "Camille"}
    fresh = LegalRecord.objects.create(key="a", next_review=today, **values)
    late = LegalRecord.objects.create(key="b", next_review=today - timedelta(days=1), **values)
    assert (fresh.is_certain, late.is_certain) == (True, False)
    assert late.effective_state == "to-review"


# -- The spotlight -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "end", "lit"),
    [
        (0, 0, True),
        (-1, None, True),
        (-2, -1, False),
        (1, 2, False),
        (None, None, False),
        (-5, 5, True),
    ],
)
def test_the_spotlight_is_lit_between_its_dates_included(site, start, end, lit):
    today = date(2026, 3, 1)
    days = [today + timedelta(days=n) if n is not None else None for n in (start, end)]
    page = resource("dossier", featured_from=days[0], featured_until=days[1])
    shown = front_context(site.home, today)["spotlight"]
    assert (shown is not None and shown.page_id == page.pk) == lit


def test_a_private_collection_is_not_in_the_spotlight(site):
    page = resource("dossier", featured_from=date(2026, 1, 1))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert front_context(site.home, date(2026, 3, 1))["spotlight"] is None


def test_a_spotlight_does_not_end_before_it_starts(site):
    page = resource("dossier")
    page.featured_from, page.featured_until = date(2026, 2, 1), date(2026, 1, 1)
    with pytest.raises(ValidationError, match=r"."):
        page.full_clean()
    assert isinstance(page, DossierPage)


# -- Journeys ------------------------------------------------------------------------------------
def test_a_page_says_where_it_stands_in_a_journey(site, client):
    practice = resource("practice", "Inviter")
    step = {
        "title": "Préparer l’invitation", "slug": "preparer", "who": "", "goal": "", "text": "",
        "practices": [practice.pk], "resources": [], "testimonies": [],
    }  # fmt: skip
    phase = {"key": "avant", "title": "Avant", "intro": "", "steps": [step]}
    journey = resource("journey", "Le parcours", phases=stream(("phase", phase)))
    body = client.get(practice.url).content.decode()
    assert f'href="{journey.url}#preparer"' in body
    assert "Préparer l’invitation" in body
    journey.unpublish()
    assert f'href="{journey.url}#preparer"' not in client.get(practice.url).content.decode()


def test_an_unpublished_practice_leaves_the_journey(site, client):
    practice = resource("practice", "Inviter par trampoline")
    step = {"title": "Préparer", "slug": "preparer", "practices": [practice.pk]}
    phase = {"key": "avant", "title": "Avant", "intro": "", "steps": [step]}
    journey = resource("journey", "Le parcours", phases=stream(("phase", phase)))
    assert "trampoline" in client.get(journey.url).content.decode()
    practice.unpublish()
    assert "trampoline" not in client.get(journey.url).content.decode()
