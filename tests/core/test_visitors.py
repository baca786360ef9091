"""Where a visitor comes from, and how often: what a visitor claims counts for nothing."""

import pytest
from django.test import RequestFactory

from hub.core.visitors import Recent, client_address, network_of


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
    ],
)
def test_only_what_the_trusted_proxies_say_is_believed(settings, proxies, header, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": header} if header else {})
    assert client_address(request) == address


def test_an_ipv6_visitor_is_known_by_the_network():
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::9")
    assert network_of("2001:db8:1:2::9") != network_of("2001:db8:1:3::9")
    assert network_of("192.0.2.1") == "192.0.2.1"
    assert network_of("nonsense") == "nonsense"


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_things_are_counted_within_their_window():
    clock = Clock()
    recent = Recent(within=60, clock=clock)
    assert [recent.note("a"), recent.note("a"), recent.note("b")] == [1, 2, 1]
    clock.now = 59
    assert recent.note("a") == 3
    clock.now = 60
    assert recent.note("a") == 1


def test_the_parts_of_a_thing_do_not_run_together():
    recent = Recent(within=60)
    assert [recent.note("ab", "c"), recent.note("a", "bc")] == [1, 1]


def test_memory_is_bounded_and_keeps_no_address():
    recent = Recent(within=60, room=10)
    for number in range(50):
        recent.note(f"192.0.2.{number}")
    assert len(recent._counts) == 10
    assert all(b"192" not in key for key in recent._counts)
    recent.forget()
    assert recent.note("192.0.2.49") == 1
