"""The public page that compares practices: what was observed, over the campaigns that are closed.

A campaign that is still open would show one answer more from one day to the next, and so what is
in it: it is left out until it closes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hub.core.languages import current_language, other_addresses
from hub.core.visibility import visible
from resources.models import ExperienceReportPage, PracticePage
from resources.models.report import ReportPractice
from resources.reports.figures.comparing import Comparison, Reading, comparisons
from resources.reports.figures.crossing import Crossing
from resources.reports.figures.participation import (
    EVERYBODY,
    EVERYBODY_WORDS,
    QUESTION,
)
from resources.reports.figures.practices import practices
from resources.reports.figures.records import Records, load_all, pooled
from resources.reports.models import Campaign, CampaignLanguage, Phase

SEASONS: Final = 5  # the latest ones
READINGS: Final = {
    Reading.TOO_FEW: _("Too few answers to compare."),
    Reading.NO_DIFFERENCE: _(
        "No clear difference was observed: the medians are less than 5 points apart."
    ),
    Reading.SIZE_UNKNOWN: _(
        "A difference was observed, but too few co-operatives of the same size can be compared: "
        "nothing can be concluded."
    ),
    Reading.NOT_AT_EQUAL_SIZE: _(
        "The difference is not found again among co-operatives of the same size: nothing can be "
        "concluded."
    ),
    Reading.AT_EQUAL_SIZE: _(
        "A difference was observed in each size of co-operative that can be compared. Observed, "
        "never proved: something else may explain it."
    ),
}
EVIDENCE: Final = {
    1: _("1 – too few answers for a figure"),
    2: _("2 – observed by some co-operatives"),
    3: _("3 – observed by many, over two seasons at least"),
    4: _("4 – observed by very many, over several seasons and sizes"),
}


@require_safe
def practice_comparator(request: HttpRequest) -> HttpResponse:
    language = current_language()
    campaigns = _campaigns()
    records = _records(campaigns)
    context: dict[str, Any] = {
        "is_example": bool(campaigns) and campaigns[0].is_example,
        "seasons": campaigns,
        "years": ", ".join(str(campaign.season) for campaign in campaigns),
        "levels": EVIDENCE.values(),
        "translations": other_addresses(request.get_full_path(), CampaignLanguage.values),
    }
    if records is not None:
        context |= _compared(records, request.GET.get("category", ""), language)
    return render(request, "reports/comparator.html", context)


def _campaigns() -> list[Campaign]:
    """The latest closed seasons, oldest first; invented ones only while there is no other."""
    now = timezone.now()
    latest = Campaign.objects.filter(closes_at__lte=now).order_by("-season", "-opens_at")
    found = [one for one in latest[: 2 * SEASONS] if one.phase(now) == Phase.CLOSED]
    real = [campaign for campaign in found if not campaign.is_example]
    return list(reversed((real or found)[:SEASONS]))


def _records(campaigns: Sequence[Campaign]) -> Records | None:
    """Their answers as one, while there are enough for a figure."""
    if not campaigns:
        return None
    found = load_all(campaigns)
    records = pooled(found[campaign.pk] for campaign in campaigns)
    return records if len(records) >= records.smallest else None


def _compared(records: Records, asked: str, language: str) -> dict[str, Any]:
    crossing = Crossing(records)
    categories = _categories(records, language)
    category = asked if asked in dict(categories) else EVERYBODY
    told = practices(crossing, language)
    found = comparisons(crossing, told, category, language)
    pages = _reports({practice.code for one in found for practice in one.practices}, language)
    return {
        "answers": len(records),
        "smallest": records.smallest,
        "categories": categories,
        "category": category,
        "category_label": dict(categories)[category],
        "comparisons": [_shown(one, pages) for one in found],
    }


def _categories(records: Records, language: str) -> list[tuple[str, str]]:
    question = records.shape.questions.get(QUESTION)
    rows = question.rows if question else ()
    return [
        (EVERYBODY, EVERYBODY_WORDS.in_(language)),
        *((row.key, row.label.in_(language)) for row in rows),
    ]


def _shown(one: Comparison, pages: Mapping[str, "Told"]) -> dict[str, Any]:
    return {
        "figure": one,
        "reading": READINGS[one.reading],
        "attendance": [(option.label, option.attendance) for option in one.options],
        "expression": [(option.label, option.expression) for option in one.options],
        "practices": [(practice, pages.get(practice.code)) for practice in one.practices],
        "sizes": [size.label for size in next((o.sizes for o in one.options if o.sizes), ())],
    }


def _reports(codes: set[str], language: str) -> dict[str, "Told"]:
    """By the code of a practice, its page and the published reports that tell of it."""
    locale = {"locale__language_code": language[:2]}
    pages = visible(PracticePage.objects.filter(code__in=codes, **locale))
    found = {page.code: Told(page, []) for page in pages}
    links = ReportPractice.objects.filter(practice__code__in=codes).select_related("practice")
    telling = visible(ExperienceReportPage.objects.filter(**locale)).in_bulk()
    for link in links.order_by("page_id"):
        if link.practice.code in found and link.page_id in telling:
            reports = found[link.practice.code].reports
            if telling[link.page_id] not in reports:
                reports.append(telling[link.page_id])
    return found


@dataclass(frozen=True)
class Told:
    """Where a practice is told of in words."""

    page: PracticePage
    reports: list[ExperienceReportPage]
