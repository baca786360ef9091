"""Whose request it is: the address of a visitor, behind the proxies that are trusted."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

HOUSEHOLD = 64  # bits of an IPv6 address that one subscriber holds: the rest changes at will


def visitor_address(request: HttpRequest) -> str:
    """The address a request comes from; each trusted proxy has added the one it saw.

    What a visitor writes in the header himself stands before those, and is never read. The address
    of the connection when the header holds less than the proxies should have added.
    """
    connection = str(request.META.get("REMOTE_ADDR") or "")
    count = settings.TRUSTED_PROXIES
    added = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if not count or len(added) < count:
        return connection
    return _plain(added[-count]) or connection


def visitor_group(request: HttpRequest) -> str:
    """The same for all the addresses that one subscriber may use in turn."""
    text = visitor_address(request)
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return text
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, HOUSEHOLD), strict=False))


def _plain(text: str) -> str:
    """An address without the port that some proxies write after it; nothing when it is none."""
    candidates = (text, text.rpartition(":")[0].strip("[]"), text.strip("[]"))
    for candidate in candidates:
        try:
            return str(ip_address(candidate))
        except ValueError:
            continue
    return ""
