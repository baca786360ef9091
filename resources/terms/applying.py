"""Writes what a plan says: all of it or nothing, and only if no term has changed since."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from resources.models import GlossaryTermPage, LegalRecord, RelatedResource, ResourcePage, Theme
from resources.terms.plan import Plan, TermChange, plan_of
from resources.terms.sheet import YES, Sheet, parts
from resources.terms.texts import blocks_of
from resources.vocabulary import Step

SUMMARY = 300


class ChangedMeanwhileError(Exception):
    """Terms are no longer what they were when the changes were shown; `titles` says which."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = titles


class RefusedError(Exception):
    """Something is wrong with the sheet; `problems` are its lines and what is wrong with them."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__("; ".join(f"{line}: {problem}" for line, problem in problems))
        self.problems = problems


@transaction.atomic
def apply_sheet(
    sheet: Sheet,
    place: Page,
    basis: dict[str, str],
    *,
    user: Any = None,
    publish: bool = True,
) -> Counter[str]:
    """Write the sheet below `place`; count what was added, changed, unchanged, and left as a draft.

    `basis` is that of the plan that somebody saw. A user publishes what they may publish, and leaves
    a draft otherwise; so does a term that somebody has unpublished changes in. Raises
    ChangedMeanwhileError or RefusedError, and then nothing is written.
    """
    plan = plan_of(sheet, place, user)
    if plan.problems:
        raise RefusedError(plan.problems)
    stale = [c.title for c in plan.writes if plan.basis[c.slug] != basis.get(c.slug)]
    if stale:
        raise ChangedMeanwhileError(stale)
    counts = Counter(change.kind for change in plan.changes)
    pages = _pages(plan, user)
    slugs = dict(GlossaryTermPage.objects.child_of(place).values_list("slug", "pk"))
    for change in plan.writes:
        page = pages[change.slug]
        _fill(page, change, slugs)
        if not _save(page, change, user, publish):
            counts["drafts"] += 1
    return counts


def _pages(plan: Plan, user: Any) -> dict[str, GlossaryTermPage]:
    """The pages to write; those that are not there yet get a place first, so that all can be named."""
    pages: dict[str, GlossaryTermPage] = {}
    for change in plan.writes:
        page = change.page
        if page is None:
            page = GlossaryTermPage(
                title=change.title,
                slug=change.slug,
                plain_definition=change.line.cells["plain"],
                summary=change.line.cells["plain"][:SUMMARY],
                locale=plan.place.locale,
                live=False,
                owner=user,
            )
            plan.place.add_child(instance=page)
        pages[change.slug] = page
    return pages


def _fill(page: GlossaryTermPage, change: TermChange, slugs: dict[str, int]) -> None:
    for changed in change.fields:
        _SETTERS[changed.column](page, changed.after, slugs)
    try:
        page.full_clean()
    except ValidationError as error:
        raise RefusedError([(change.line.number, said) for said in error.messages]) from error


def _save(page: GlossaryTermPage, change: TermChange, user: Any, publish: bool) -> bool:
    """Save a revision and publish it if that may be; say whether it was published."""
    others_draft = change.has_draft  # of the page as it was: saving makes a draft of its own
    revision = page.save_revision(user=user, log_action=True)
    may_publish = user is None or page.permissions_for_user(user).can_publish()
    if not (publish and may_publish) or others_draft:
        return False
    revision.publish(user=user)
    return True


def _plain(page: GlossaryTermPage, text: str, slugs: dict[str, int]) -> None:
    """The summary of a card follows the definition, unless an editor gave it words of its own."""
    if page.summary in {page.plain_definition[:SUMMARY], ""}:
        page.summary = text[:SUMMARY]
    page.plain_definition = text


def _full(page: GlossaryTermPage, text: str, slugs: dict[str, int]) -> None:
    page.body = page._meta.get_field("body").to_python(json.dumps(blocks_of(text, page.slug)))


def _confusions(page: GlossaryTermPage, text: str, slugs: dict[str, int]) -> None:
    pairs = [part.partition(":")[::2] for part in parts(text)]
    blocks = [
        {"type": "term", "value": {"term": slugs[slug.strip()], "difference": words.strip()}}
        for slug, words in pairs
    ]
    page.not_to_confuse = page._meta.get_field("not_to_confuse").to_python(json.dumps(blocks))


def _related(page: GlossaryTermPage, text: str, slugs: dict[str, int]) -> None:
    """The terms it sends to; other resources are not in a sheet, and stay."""
    terms = set(GlossaryTermPage.objects.values_list("pk", flat=True))
    others = [x.resource_id for x in page.related_resources.all() if x.resource_id not in terms]
    wanted = [slugs[slug] for slug in parts(text) if slugs[slug] != page.pk]
    found = ResourcePage.objects.in_bulk([*wanted, *others])
    page.related_resources = [
        RelatedResource(resource=found[pk]) for pk in dict.fromkeys([*wanted, *others])
    ]


def _steps(page: GlossaryTermPage, text: str, slugs: dict[str, int]) -> None:
    page.steps = sorted(parts(text), key=Step.values.index)


def _themes(page: GlossaryTermPage, text: str, slugs: dict[str, int]) -> None:
    page.themes = Theme.objects.filter(slug__in=parts(text))


def _legal(page: GlossaryTermPage, text: str, slugs: dict[str, int]) -> None:
    page.legal_records = LegalRecord.objects.filter(key__in=parts(text))


def _simple(name: str, convert: Any = str) -> Any:
    def setter(page: GlossaryTermPage, text: str, slugs: dict[str, int]) -> None:
        setattr(page, name, convert(text))

    return setter


_SETTERS = {
    "term": _simple("title"),
    "plain": _plain,
    "full": _full,
    "variants": _simple("variants", lambda text: "\n".join(parts(text))),
    "acronym": _simple("acronym"),
    "not_to_confuse": _confusions,
    "related": _related,
    "source": _simple("source"),
    "source_checked": _simple("source_checked_on", lambda t: date.fromisoformat(t) if t else None),
    "themes": _themes,
    "steps": _steps,
    "legal": _legal,
    "ambiguous": _simple("ambiguous", lambda text: text.lower() in YES),
}
