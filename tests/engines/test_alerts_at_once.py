"""Requests for alerts that arrive at the same moment, on each database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from resources.alerts import ask_for
from resources.facets import Selection
from resources.following import Followed
from resources.models import SearchAlert
from resources.wishes import MOST_UNCONFIRMED


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_an_address_keeps_to_its_limit_however_many_ask_for_it_together(stand, engine):
    with stand(engine):
        lent = connections["default"]

        def ask(number):
            connections["default"] = own = lent.copy()
            try:
                ask_for("a@coop.example", Followed.of(Selection(query=f"mot{number % 12}")))
            finally:
                own.close()

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(ask, range(48)))
        assert SearchAlert.objects.count() == MOST_UNCONFIRMED
