"""The screen of the state of the index, beside each real engine: it says which, and rebuilds it."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from hub.core import outbox
from search.admin.index_state import ENGINE_NAMES
from search.engines import engine_named
from search.models import SearchDocument
from search.upkeep import REBUILD
from tests.engines.cluster import ENGINES
from tests.factories import resource


@pytest.mark.parametrize("engine", ENGINES)
def test_the_index_is_made_again_when_the_screen_asks_for_it(stand, engine):
    with stand(engine):
        call_command("setup_site", verbosity=0)
        for number in range(3):
            resource("guide", f"Le quorum {number}")
        client = Client()
        chief = get_user_model().objects.create_superuser("root", "root@example.org", "x" * 20)
        client.force_login(chief, backend="django.contrib.auth.backends.ModelBackend")
        assert client.post(reverse("search_index:rebuild")).status_code == 302
        assert outbox.drain([REBUILD]) == 1
        page = client.get(reverse("search_index:index")).content.decode()
        assert ENGINE_NAMES[engine] in page
        assert "terminée" in page
        health = engine_named().health()
        assert (health.ok, health.documents) == (True, SearchDocument.objects.count())
