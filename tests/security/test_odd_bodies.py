"""A body that cannot be read is refused with one answer: it is never an error of ours."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded; charset=utf-16",
        "multipart/form-data",
        "multipart/form-data; boundary=é",
    ],
)
@pytest.mark.parametrize("address", ["/campagnes/code/", "/alerte/", "/admin/login/"])
def test_a_body_that_cannot_be_read_is_a_bad_request(site, address, content_type):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get(address)  # for the cookie of forms: without it nothing is read at all
    assert client.post(address, b"code=x", content_type=content_type).status_code == 400
