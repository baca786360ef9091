"""Where a visitor comes from, and how they are told apart: what a visitor claims counts for nothing."""

import pytest
from django.test import RequestFactory

from hub.core.visitors import visitor_address, visitor_group


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "192.0.2.1", "127.0.0.1"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "6.6.6.6, 192.0.2.1", "192.0.2.1"),
        (2, "6.6.6.6, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "not an address", "127.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "192.0.2.1:4711", "192.0.2.1"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
    ],
)
def test_only_what_the_trusted_proxies_say_is_believed(settings, proxies, header, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": header} if header else {})
    assert visitor_address(request) == address


def test_an_ipv6_visitor_is_known_by_the_network():
    def group(address):
        return visitor_group(RequestFactory().get("/", REMOTE_ADDR=address))

    assert group("2001:db8:1:2:3:4:5:6") == group("2001:db8:1:2::9")
    assert group("2001:db8:1:2::9") != group("2001:db8:1:3::9")
    assert group("192.0.2.1") == "192.0.2.1"
    assert group("::ffff:192.0.2.1") == "192.0.2.1"
