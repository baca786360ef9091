"""Two editors who save the same row of a list without versions at the same moment, on each database."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from resources.models import Theme
from tests.answering import together

RACES = 25


def editor(name):
    user = get_user_model().objects.create_superuser(name, f"{name}@example.org", "x" * 20)
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_one_saves_and_the_other_is_told(stand, engine):
    with stand(engine):
        editors = [editor(name) for name in ("ada", "bob")]
        theme = Theme.objects.create(label_fr="Avant")
        address = reverse("wagtailsnippets_resources_theme:edit", args=[theme.pk])
        overwritten = 0
        for race in range(RACES):
            page = editors[0].get(address).content.decode()
            form = querydict_from_html(page, form_id="w-editor-form").dict()

            def save(n, race=race, form=form):
                return editors[n].post(address, form | {"label_fr": f"{race} {n}"}).status_code

            codes = together(save, 2, threads=2)
            theme.refresh_from_db()
            told = sorted(codes) == [200, 302]
            overwritten += not told or theme.label_fr != f"{race} {codes.index(302)}"
        assert overwritten == 0
