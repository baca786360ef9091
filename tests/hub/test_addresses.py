"""Addresses that anybody can type."""

import pytest

HUGE = "9" * 20  # more than a column of the database holds


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [f"/alerte/kit/{HUGE}/", f"/a-vos-couleurs/{HUGE}/", f"/avis/{HUGE}/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_number_too_large_for_the_database_is_an_address_that_does_not_exist(
    client, site, address, method
):
    assert getattr(client, method)(address).status_code == 404
