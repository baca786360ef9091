"""Where each promoted answer stands today, and what an editor should know of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from hub.core.visibility import visible
from search.models import PromotedAnswer, SearchDocument


class State(StrEnum):
    UNSEEN = "unseen"
    COMING = "coming"
    RUNNING = "running"
    OVER = "over"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    State.UNSEEN: gettext_lazy("page not visible"),
    State.COMING: gettext_lazy("to come"),
    State.RUNNING: gettext_lazy("running"),
    State.OVER: gettext_lazy("over"),
}


def states(answers: Iterable[PromotedAnswer], day: date | None = None) -> dict[int, State]:
    """The state of each answer on a day (today), by its number. One query."""
    listed = list(answers)
    found = found_pages(answer.page_id for answer in listed)
    return {a.pk: _state(a, day or timezone.localdate(), found) for a in listed}


def _state(answer: PromotedAnswer, day: date, found: set[int]) -> State:
    if answer.ends_on and answer.ends_on < day:
        return State.OVER
    if answer.page_id not in found:
        return State.UNSEEN
    return State.COMING if answer.starts_on and answer.starts_on > day else State.RUNNING


def found_pages(page_ids: Iterable[int]) -> set[int]:
    """Those of these pages that the search can show now."""
    current = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    rows = SearchDocument.objects.filter(current, pk__in=set(page_ids))
    return set(rows.values_list("pk", flat=True))


def warnings(answer: PromotedAnswer) -> list[SafeString]:
    """What stands in the way of an answer just saved, in plain words."""
    told = []
    if not found_pages([answer.page_id]):
        seen = visible(Page.objects.filter(pk=answer.page_id)).exists()
        reason = (
            _("{page} is not one of the pages that the search shows: choose a resource.")
            if seen
            else _("{page} is not visible to readers: nothing is promoted until it is published.")
        )
        told.append(format_html(reason, page=_page(answer.page)))
    for query, other in _shared(answer):
        reason = _("“{query}” already promotes another page, {page}: the lowest order comes first.")
        told.append(format_html(reason, query=query, page=_edit(other)))
    return told


def _shared(answer: PromotedAnswer) -> list[tuple[str, PromotedAnswer]]:
    """The queries of an answer that another answer has, on days that they share."""
    others = PromotedAnswer.objects.exclude(pk=answer.pk).select_related("page")
    own = answer.words_of_queries
    return [
        (own[same], other)
        for other in others
        if answer.overlaps(other)
        for same in sorted(own.keys() & other.words_of_queries.keys())
    ]


def _page(page: Page) -> SafeString:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return format_html('<a href="{}">{}</a>', edit, _quote(page.title))


def _edit(answer: PromotedAnswer) -> SafeString:
    edit = reverse("wagtailsnippets_search_promotedanswer:edit", args=[answer.pk])
    return format_html('<a href="{}">{}</a>', edit, _quote(answer.page.title))


def _quote(text: str) -> str:
    return _("“%(text)s”") % {"text": text}
