"""The glossary as anybody may read it now, compiled once and read again as soon as a term changes.

A process trusts what it compiled as long as the word of `search.state` stands, which changes with the
terms (`resources/signals.py`), and until the first of them expires: one query for a reading request,
shared with the search. Texts that say nothing new keep their links: they go with the compiled terms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from types import SimpleNamespace
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.html import format_html

from hub.core.visibility import visible
from resources.glossary.forms import Term
from resources.glossary.html import read
from resources.glossary.linking import Linker, Match
from resources.glossary.placing import Section, first_uses, with_links
from resources.models import GlossaryTermPage
from search import state

MAX_REMEMBERED = 4_000
_Key = tuple[bytes, frozenset[str], str]


class _Linked(NamedTuple):
    """A text with its links, what its last section has linked, and the terms that links lead to."""

    html: str
    in_section: frozenset[str]
    terms: tuple[Term, ...]


@dataclass(slots=True)
class Glossary:
    """The compiled terms of a language, and the texts already linked with them."""

    linker: Linker
    _linked: dict[_Key, _Linked] = field(default_factory=dict)

    def link(self, html: str, section: Section, but: str = "") -> str:
        """The text with a link at the first use of each term in its section, except the term `but`.

        The section then knows what it has linked, and has `shown` in all.
        """
        if not self.linker.terms:
            return html
        digest = blake2b(html.encode("utf-8", "replace"), digest_size=16).digest()
        key = (digest, frozenset(section.linked), but)
        known = self._linked.get(key)
        if known is None:
            if len(self._linked) >= MAX_REMEMBERED:
                self._linked.clear()
            known = self._linked[key] = self._link(html, section, but)
        section.linked = set(known.in_section)
        section.shown |= dict.fromkeys(known.terms)
        return known.html

    def _link(self, html: str, section: Section, but: str) -> _Linked:
        fragment = read(html)
        found = first_uses(fragment, self.linker, section)
        matches = [match for match in found if match.term.slug != but]
        return _Linked(
            with_links(fragment, matches, tags_around),
            frozenset(section.linked),
            tuple(match.term for match in matches),
        )


def tags_around(match: Match) -> tuple[str, str]:
    """The link of a term: it leads to its page, and carries what the script shows on the spot."""
    return _tags(match.term)


@lru_cache(maxsize=MAX_REMEMBERED)
def _tags(term: Term) -> tuple[str, str]:
    opening = format_html(
        '<a class="defined" href="{}" data-definition="{}">', term.url, term.definition
    )
    return opening, "</a>"


@dataclass(frozen=True, slots=True)
class _Known:
    word: str
    until: datetime | None
    glossary: Glossary


_known: dict[tuple[str, str], _Known] = {}


def glossary(language: str) -> Glossary:
    """The glossary in the language of a text (the code of a site language)."""
    key = (str(connection.settings_dict["NAME"]), language)
    word, now = state.read().steering, timezone.now()
    known = _known.get(key)
    if known is None or known.word != word or (known.until and known.until <= now):
        terms, until = _terms(language, now)
        same = known is not None and known.glossary.linker.terms == terms
        compiled = known.glossary if known and same else Glossary(Linker(terms, language))
        known = _known[key] = _Known(word, until, compiled)
    return known.glossary


def _terms(language: str, now: datetime) -> tuple[tuple[Term, ...], datetime | None]:
    pages = visible(
        GlossaryTermPage.objects.filter(locale__language_code=language), at=now
    ).select_related("locale")
    sites = SimpleNamespace()
    terms, ends = [], []
    for page in pages.order_by("slug", "pk").defer_streamfields():
        parts = page.get_url_parts(sites)
        terms.append(
            Term(
                slug=page.slug,
                title=page.title,
                acronym=page.acronym,
                variants=tuple(page.variant_list),
                ambiguous=page.ambiguous,
                url=(parts[2] if parts else None) or "",
                definition=page.plain_definition,
            )
        )
        ends += [page.expire_at] if page.expire_at else []
    return tuple(terms), min(ends, default=None)
