"""What a new address of the list stands for: a page, a file, another site, or another old address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from wagtail.models import Page

from hub.core.old_addresses import LONGEST, canonical
from hub.core.page_links import Addresses, plain

KEY = "page:"
_is_address = URLValidator(schemes=["http", "https"])


class Target(NamedTuple):
    """Where an old address leads; ``other_old`` is an address that leads elsewhere in its turn."""

    page_id: int | None = None
    route: str = ""
    link: str = ""
    other_old: str = ""


class NoSuchTargetError(ValueError):
    """The message says what is missing."""


class OvertakenError(NoSuchTargetError):
    """Somebody has put a page where the old address was, or withdrawn the new one."""


@dataclass
class Targets:
    """Finds targets; ``keys`` are the pages of the content files by their key."""

    keys: Mapping[str, int]
    old: frozenset[str]  # canonical addresses that lead elsewhere, those of the list included
    addresses: Addresses = field(default_factory=Addresses)

    def find(self, text: str) -> Target:
        """Raises NoSuchTargetError."""
        if text.startswith(KEY):
            return self._by_key(text.removeprefix(KEY))
        if text.isdecimal():
            return self._by_number(int(text))
        parts = urlsplit(text)
        if parts.scheme in ("http", "https") and parts.hostname not in self.addresses.hosts:
            return self._elsewhere(text)
        if text.startswith("/") or parts.scheme in ("http", "https"):
            return self._here(text)
        raise NoSuchTargetError(
            f"“{text[:80]}” is neither an address, nor a page: its key, nor the number of a page"
        )

    def check_free(self, old: str) -> None:
        """Raises OvertakenError for an address that answers: a redirect would not be followed."""
        path = plain(urlsplit(old).path)
        if path in self.addresses.pages or self.addresses.answers(path):
            raise OvertakenError(f"this site answers at “{old[:80]}” already")

    def _by_key(self, key: str) -> Target:
        pk = self.keys.get(key)
        if pk is None:
            raise NoSuchTargetError(f"there is no page “{key}”")
        return self._public(pk, f"the page “{key}”")

    def _by_number(self, pk: int) -> Target:
        if not Page.objects.filter(pk=pk, depth__gt=1).exists():
            raise NoSuchTargetError(f"there is no page number {pk}")
        return self._public(pk, f"the page number {pk}")

    def _public(self, pk: int, name: str) -> Target:
        if pk not in self.addresses.readable:
            raise OvertakenError(f"{name} is not one that readers can open")
        return Target(page_id=pk)

    def _elsewhere(self, text: str) -> Target:
        try:
            _is_address(text)
        except ValidationError:
            raise NoSuchTargetError(f"“{text[:80]}” is not an address") from None
        if len(text) > LONGEST:
            raise NoSuchTargetError(f"an address has {LONGEST} characters at most")
        return Target(link=text)

    def _here(self, text: str) -> Target:
        parts = urlsplit(text)
        path = plain(parts.path)
        if canonical(text) in self.old:
            return Target(other_old=canonical(text))
        bare = not (parts.query or parts.fragment)
        if bare and (page := self.addresses.pages.get(path)):
            return Target(page_id=page.pk)
        if not self.addresses.lead_somewhere(text):
            raise NoSuchTargetError(f"nothing answers at “{text[:80]}”")
        whole = settings.WAGTAILADMIN_BASE_URL + text if text.startswith("/") else text
        if len(whole) > LONGEST:
            raise NoSuchTargetError(f"an address has {LONGEST} characters at most")
        return Target(link=whole)
