"""A resource type exists everywhere by existing: each one is walked through the whole site."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data

from resources.models import Audience, Organisation, Theme
from resources.types import resource_types
from tests.admin.forms import page_form
from tests.factories import resource

TYPES = sorted(resource_types())


class EveryType(TestCase):
    """One page of each type, with all its facets, named after its type."""

    @classmethod
    def setUpTestData(cls):
        call_command("setup_site", verbosity=0)
        cls.theme = Theme.objects.create(label_fr="Convivialité", label_en="Conviviality")
        cls.audience = Audience.objects.create(label_fr="Coopérateurs")
        cls.coop = Organisation.objects.create(name="Coopérative exemple du Moulin")
        facets = {
            "themes": [cls.theme], "audiences": [cls.audience], "organisation": cls.coop,
            "steps": ["avant", "apres"], "year": 2024,
        }  # fmt: skip
        consent = {"report": {"consent": "named"}}
        cls.pages = {
            kind: resource(kind, f"Trampoline {kind}", **facets, **consent.get(kind, {}))
            for kind in TYPES
        }

    def answer(self, **parameters):
        return self.client.get("/api/search", parameters).json()

    def test_there_are_the_types_of_the_house(self):
        expected = "document dossier glossary guide journey kit practice report synthesis tool video".split()
        assert expected == TYPES

    def test_its_page_is_rendered_with_its_own_template(self):
        for kind, page in self.pages.items():
            with self.subTest(kind):
                response = self.client.get(page.url)
                assert response.status_code == 200
                assert page.template in [template.name for template in response.templates]
                self.assertContains(response, f"Trampoline {kind}")
                self.assertContains(response, str(page.type_label))

    def test_it_stands_in_the_library_as_a_card(self):
        response = self.client.get("/ressources/", {"q": "trampoline", "size": 100})
        shown = {card.page_id: card for card in response.context["cards"]}
        for kind, page in self.pages.items():
            with self.subTest(kind):
                card = shown[page.pk]
                assert (card.type, card.title, card.url) == (kind, page.title, page.url)
                assert card.type_label == str(page.type_label)
                self.assertContains(response, f'href="{page.url}"')

    def test_it_is_a_value_of_the_facet_with_its_count(self):
        values = {value["value"]: value for value in self.answer()["facets"]["type"]}
        for kind, page in self.pages.items():
            with self.subTest(kind):
                assert values[kind]["count"] == self.answer(type=kind)["total"] == 1
                assert values[kind]["label"] == str(page.type_label)

    def test_every_facet_leads_to_it(self):
        for kind, page in self.pages.items():
            with self.subTest(kind):
                facets = {"step": "apres", "theme": self.theme.slug, "audience": self.audience.slug}
                facets |= {"year": "2024", "language": "fr", "organisation": self.coop.slug}
                for name, value in facets.items():
                    found = self.answer(**{"type": kind, name: value})["results"]
                    assert [item["id"] for item in found] == [page.pk], name

    def test_it_is_found_by_the_search_and_told_by_the_api(self):
        for kind, page in self.pages.items():
            with self.subTest(kind):
                found = self.answer(q="trampolines", type=kind)
                assert [item["id"] for item in found["results"]] == [page.pk]
                assert found["results"][0]["type"] == kind
                assert found["results"][0]["url"].endswith(page.url)

    def test_it_stands_in_the_list_of_its_type(self):
        for kind, page in self.pages.items():
            with self.subTest(kind):
                self.assertContains(self.client.get(page.get_parent().url), f'href="{page.url}"')

    def test_it_stands_in_the_sitemap_and_in_the_feed(self):
        sitemap = self.client.get("/sitemap.xml").content.decode()
        feed = self.client.get("/flux.atom").content.decode()
        for kind, page in self.pages.items():
            with self.subTest(kind):
                assert f"{page.url}</loc>" in sitemap
                assert page.url in feed

    def test_a_translation_keeps_its_facets(self):
        english = Locale.objects.get(language_code="en")
        for kind, page in self.pages.items():
            with self.subTest(kind):
                copy = page.copy_for_translation(english, copy_parents=True)
                copy.title = f"Trampoline {kind} in English"
                copy.save_revision().publish()
                translated = type(page).objects.get(pk=copy.pk)
                assert list(translated.themes.all()) == [self.theme]
                assert list(translated.audiences.all()) == [self.audience]
                assert (translated.steps, translated.year) == (["avant", "apres"], 2024)
                assert translated.organisation == self.coop
                found = self.client.get("/en/api/search", {"type": kind, "theme": self.theme.slug})
                assert [item["id"] for item in found.json()["results"]] == [translated.pk]

    def test_its_admin_form_saves(self):
        people = get_user_model().objects
        user = people.create_superuser("root", "root@example.org", "x" * 20)
        self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for kind, page in self.pages.items():
            with self.subTest(kind):
                address = reverse("wagtailadmin_pages:edit", args=[page.pk])
                data = page_form(self.client.get(address)) | nested_form_data({"title": "Changé"})
                response = self.client.post(address, {**data, "action-publish": "1"})
                assert response.status_code == 302, response.context["form"].errors
                page.refresh_from_db()
                assert page.title == "Changé"
                assert list(page.themes.all()) == [self.theme]


@pytest.mark.django_db
def test_a_type_that_has_no_page_yet_breaks_nothing(site, client):
    assert client.get("/api/search").json()["total"] == 0
    assert client.get("/ressources/").status_code == 200
    assert client.get("/flux.atom").status_code == 200
