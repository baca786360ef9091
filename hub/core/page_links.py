"""Finds where the links of a page lead: those chosen from a list, and those typed as addresses."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex, Site

from hub.core.models import HubDocument, LinkProblem
from hub.core.visibility import visible

_HREF = re.compile(r"""<a\b[^>]*?\shref\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_WHOLE = re.compile(r"(?:https?:/)?/[^\s<>\"']+")
_FILE = re.compile(r"/fichiers/(\d+)/")
NOT_TYPED = {"url_path", "path", "slug", "draft_title", "alias_of"}


class Found(NamedTuple):
    """A link that leads readers nowhere."""

    page_id: int
    place: str
    target: str
    problem: LinkProblem


class Addresses:
    """What stands at the addresses of this site, read once for a whole check."""

    def __init__(self) -> None:
        pages = visible().specific()
        self.pages: dict[str, Page] = {}
        for page in pages.iterator(chunk_size=500):
            address = page.get_url()
            if address:
                self.pages[plain(urlsplit(address).path)] = page
        self.readable = {page.pk for page in self.pages.values()}
        self.titles = dict(Page.objects.values_list("pk", "title"))
        self.files = set(HubDocument.objects.values_list("pk", flat=True))
        self.moved = set(Redirect.objects.values_list("old_path", flat=True))
        sites = Site.objects.values_list("hostname", flat=True)
        own = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
        self.hosts = {host for host in (own, *sites) if host}

    def lead_somewhere(self, address: str) -> bool:
        """Whether an address is of another site, which is not asked, or answers here."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        if parts.scheme not in ("", "http", "https") or not parts.path:
            return True
        if parts.netloc and parts.hostname not in self.hosts:
            return True
        path = plain(parts.path)
        if file := _FILE.match(path):
            return int(file[1]) in self.files
        if path in self.pages or self.answers(path) or self._is_moved(parts.path):
            return True
        return self._is_below_a_page(path)

    def answers(self, path: str) -> bool:
        """Whether a view of its own stands there, not the pages."""
        try:
            return resolve(path).url_name != "wagtail_serve"
        except Resolver404:
            return False

    def _is_moved(self, path: str) -> bool:
        return Redirect.normalise_path(path) in self.moved

    def _is_below_a_page(self, path: str) -> bool:
        parts = path.strip("/").split("/")
        for cut in range(len(parts) - 1, -1, -1):
            above = "/".join(["", *parts[:cut], ""]) if cut else "/"
            page = self.pages.get(above)
            if page is not None:
                rest = plain("/" + "/".join(parts[cut:]))
                return rest in page.get_route_paths() or _answers_below(page, rest)
        return False


def broken_links(addresses: Addresses, only: int | None = None) -> Iterator[Found]:
    """The links of public pages, or of one of them, that lead nowhere."""
    for page in addresses.pages.values():
        if only is None or page.pk == only:
            yield from _chosen(page, addresses)
            yield from _typed(page, addresses)


def _chosen(page: Page, addresses: Addresses) -> Iterator[Found]:
    """Pages and files chosen in a form. Wagtail’s index forgets those that were deleted."""
    page_type = ReferenceIndex._get_base_content_type(Page).pk
    file_type = ReferenceIndex._get_base_content_type(HubDocument).pk
    for kind, to, path, _place in set(ReferenceIndex._extract_references_from_object(page)):
        name = path.partition(".")[0]
        if name in NOT_TYPED or not to.isdecimal():
            continue
        target, where = int(to), _label(page, name)
        if kind == page_type and target not in addresses.readable:
            title = addresses.titles.get(target)
            told = title or _("page number %(number)s") % {"number": target}
            problem = LinkProblem.HIDDEN if title else LinkProblem.MISSING
            yield Found(page.pk, where, told, problem)
        elif kind == file_type and target not in addresses.files:
            told = _("file number %(number)s") % {"number": target}
            yield Found(page.pk, where, told, LinkProblem.MISSING)


def _label(page: Page, name: str) -> str:
    field = next((f for f in page._meta.get_fields() if f.name == name), None)
    return str(getattr(field, "verbose_name", name))[:200]


def _typed(page: Page, addresses: Addresses) -> Iterator[Found]:
    seen = set()
    for field in page._meta.get_fields():
        if not isinstance(field, models.TextField | models.CharField | StreamField):
            continue
        if field.name in NOT_TYPED:
            continue
        for address in _addresses_in(field.value_from_object(page), field):
            told = (field.name, address)
            if told not in seen and not addresses.lead_somewhere(address):
                seen.add(told)
                yield Found(page.pk, _label(page, field.name), address[:500], LinkProblem.MISSING)


def _addresses_in(value: Any, field: models.Field) -> Iterator[str]:
    if isinstance(field, StreamField):
        for text in _texts(field.get_prep_value(value)):
            yield from _in_text(text)
    elif isinstance(field, RichTextField | models.URLField) and value:
        yield from _in_text(str(value))


def _in_text(text: str) -> Iterator[str]:
    if _WHOLE.fullmatch(text):
        yield text
    else:
        yield from map(unescape, _HREF.findall(text))


def _texts(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, Mapping):
        for part in raw.values():
            yield from _texts(part)
    elif isinstance(raw, list):
        for part in raw:
            yield from _texts(part)


def _answers_below(page: Page, rest: str) -> bool:
    """For pages whose addresses are too many to be listed."""
    answers = getattr(page, "answers_below", None)
    return bool(answers and answers(rest))


def plain(path: str) -> str:
    """A path as both sides are compared: decoded, with a slash at its end."""
    return unquote(path).rstrip("/") + "/"
