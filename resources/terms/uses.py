"""Which pages explain which terms: links are made when a page is shown, so this is looked up apart.

A job reads the public texts again and writes what has changed; a term page shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, When

from hub.core.jobs import Job
from hub.core.jobs import register as register_job
from hub.core.surroundings import stored_texts
from hub.core.visibility import visible
from resources.glossary.html import read
from resources.glossary.linking import Linker
from resources.glossary.placing import Section, first_uses
from resources.glossary.state import glossary
from resources.models import GlossaryTermPage, ResourcePage, TermUse

EVERY = timedelta(minutes=30)
BATCH = 200
KEPT = 30  # uses of a term: its page shows a few, and the search the others
# Blocks whose words are never explained.
LEFT_OUT = frozenset({"quote", "copy_text"})


def find_uses() -> None:
    """Bring the whole index up to date; writes only what differs."""
    for language, _name in settings.LANGUAGES:
        found = set(_first_of_each(_uses_in(language)))
        known = TermUse.objects.filter(term__locale__language_code=language)
        rows = {
            (term, page): pk for pk, term, page in known.values_list("pk", "term_id", "page_id")
        }
        with transaction.atomic():
            gone = [pk for pair, pk in rows.items() if pair not in found]
            for start in range(0, len(gone), BATCH):
                TermUse.objects.filter(pk__in=gone[start : start + BATCH]).delete()
            new = [
                TermUse(term_id=term, page_id=page) for term, page in sorted(found - rows.keys())
            ]
            TermUse.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)


def _first_of_each(uses: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The first uses of each term, as many as a page may look at."""
    counts: Counter[int] = Counter()
    for term, page in uses:
        counts[term] += 1
        if counts[term] <= KEPT:
            yield term, page


def _uses_in(language: str) -> Iterator[tuple[int, int]]:
    linker = glossary(language).linker
    terms = GlossaryTermPage.objects.filter(locale__language_code=language)
    by_slug = dict(terms.values_list("slug", "pk"))
    pages = visible(ResourcePage.objects.filter(locale__language_code=language))
    terms_last = Case(When(type=GlossaryTermPage.resource_type, then=1), default=0)
    ids = list(pages.order_by(terms_last, "-last_published_at", "pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        by_pk = {page.pk: page for page in ResourcePage.objects.filter(pk__in=some).specific()}
        for page in (by_pk[pk] for pk in some if pk in by_pk):
            for slug in _explained(page, linker):
                if slug in by_slug and by_slug[slug] != page.pk:
                    yield by_slug[slug], page.pk


def _explained(page: Any, linker: Linker) -> set[str]:
    """The slugs of the terms that the texts of a page explain."""
    return {
        match.term.slug
        for text in _rich_texts(page)
        for match in first_uses(read(text), linker, Section())
    }


def _rich_texts(page: Any) -> Iterator[str]:
    for stored in stored_texts(page):
        if isinstance(stored, str):
            yield stored
        else:
            yield from _markup(stored)


def _markup(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.startswith("<"):
            yield value
    elif isinstance(value, dict):
        if value.get("type") not in LEFT_OUT:
            for part in value.values():
                yield from _markup(part)
    elif hasattr(value, "__iter__"):
        for part in value:
            yield from _markup(part)


def register() -> None:
    """Called when the app is ready."""
    register_job(Job("term-uses", EVERY, find_uses, aside=True))
