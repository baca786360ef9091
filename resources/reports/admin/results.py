"""What a campaign says: figures, two questions crossed, seasons compared, open answers.

For those who have ``reports.see_results``; the words of the co-ops stay within the federation.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem

from hub.core.languages import current_language
from hub.core.menu_items import PermittedItem
from resources.reports.figures.counting import crosstab
from resources.reports.figures.crossing import Crossing, Filter
from resources.reports.figures.overview import (
    FilterChoice,
    filter_choices,
    filter_from,
    overview,
    sections_with_choices,
)
from resources.reports.figures.records import load, load_all
from resources.reports.figures.texts import texts
from resources.reports.figures.trends import participation_trend, trend
from resources.reports.models import Answer, Campaign, Participant
from resources.reports.questionnaire.schema import LONG_TEXT, TEXT

SEE: Final = "reports.see_results"
TEXTS_A_PAGE: Final = 25
SEASONS: Final = 6  # the latest ones, in trends

only_those_who_see_results = permission_required(SEE)


@dataclass(frozen=True)
class Tab:
    name: str
    label: Any


TABS: Final = (
    Tab("figures", _lazy("Figures")),
    Tab("cross", _lazy("Cross two questions")),
    Tab("trends", _lazy("Over the seasons")),
    Tab("texts", _lazy("Open answers")),
)


def _page(
    request: HttpRequest, campaign: Campaign, name: str, more: dict[str, Any]
) -> HttpResponse:
    tabs = [
        (tab.label, reverse(f"campaign_results:{tab.name}", args=[campaign.pk]), tab.name == name)
        for tab in TABS
    ]
    context = {
        "campaign": campaign,
        "campaigns": Campaign.objects.only("pk", "title_fr", "title_en", "season"),
        "tabs": tabs,
        "page_title": _("Results"),
        "header_icon": "order",
        "smallest": campaign.smallest_cell,
    }
    return TemplateResponse(request, f"reports/admin/results_{name}.html", context | more)


@only_those_who_see_results
def latest(request: HttpRequest) -> HttpResponse:
    """The figures of the campaign that is asked for, else of the latest; while there is none, that."""
    asked = request.GET.get("campaign", "")
    campaigns = Campaign.objects.only("pk")
    campaign = campaigns.filter(pk=asked).first() if asked.isdecimal() else campaigns.first()
    if campaign:
        return redirect("campaign_results:figures", campaign.pk)
    context = {"page_title": _("Results"), "header_icon": "order"}
    return TemplateResponse(request, "reports/admin/results_none.html", context)


@only_those_who_see_results
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    crossing = Crossing(load(campaign))
    language = current_language()
    asked = request.GET.get("only", "")
    only = filter_from(crossing, asked)
    return _page(
        request,
        campaign,
        "figures",
        {
            "answers": len(crossing.records),
            "is_enough": len(crossing.records) >= campaign.smallest_cell,
            "progress": _progress(campaign),
            "choices": filter_choices(crossing, language),
            "asked": asked,
            "only": _label_of(crossing, only, language),
            "is_refused": bool(asked) and only is None,
            "overview": overview(crossing, only, language),
        },
    )


def _label_of(crossing: Crossing, only: Filter | None, language: str) -> FilterChoice | None:
    if only is None:
        return None
    groups = filter_choices(crossing, language)
    return next(choice for group in groups for choice in group.choices if choice.only == only)


def _progress(campaign: Campaign) -> dict[str, Any]:
    """How many were invited and answered, and where the answers stand."""
    by_state = dict(
        Answer.objects.sent()
        .filter(campaign=campaign)
        .order_by()
        .values_list("state")
        .annotate(number=Count("pk"))
    )
    invited = Participant.objects.filter(campaign=campaign).count()
    answered = Answer.objects.counted().filter(campaign=campaign, participant__isnull=False).count()
    states = [(label, by_state.get(state, 0)) for state, label in Answer.State.choices]
    return {
        "invited": invited,
        "answered": answered,
        "rate": round(100 * answered / invited) if invited else None,
        "states": [(label, number) for label, number in states if number],
    }


@only_those_who_see_results
def cross(request: HttpRequest, pk: int) -> HttpResponse:
    """Two closed questions crossed, over all answers: a filter besides would leave too few."""
    campaign = get_object_or_404(Campaign, pk=pk)
    crossing = Crossing(load(campaign))
    language = current_language()
    rows, columns = request.GET.get("rows", ""), request.GET.get("columns", "")
    known = crossing.records.variables
    can_cross = rows in known and columns in known and rows != columns
    return _page(
        request,
        campaign,
        "cross",
        {
            "answers": len(crossing.records),
            "choices": sections_with_choices(crossing, language),
            "rows": rows,
            "columns": columns,
            "is_same": bool(rows) and rows == columns,
            "table": crosstab(crossing, rows, columns, language) if can_cross else None,
        },
    )


@only_those_who_see_results
def trends(request: HttpRequest, pk: int) -> HttpResponse:
    """One question over the seasons up to this one."""
    campaign = get_object_or_404(Campaign, pk=pk)
    earlier = Campaign.objects.filter(season__lt=campaign.season).order_by("-season")
    seasons = [*reversed(earlier[: SEASONS - 1]), campaign]
    found = load_all(seasons)
    crossings = [(one.season, Crossing(found[one.pk])) for one in seasons]
    language = current_language()
    latest_one = crossings[-1][1]
    key = request.GET.get("question", "")
    known = any(key in crossing.records.variables for _season, crossing in crossings)
    return _page(
        request,
        campaign,
        "trends",
        {
            "choices": sections_with_choices(latest_one, language),
            "question": key,
            "seasons": [season for season, _crossing in crossings],
            "sizes": [len(crossing.records) for _season, crossing in crossings],
            "trend": trend(crossings, key, language) if known else None,
            "participation": participation_trend(crossings, language=language),
        },
    )


@only_those_who_see_results
def open_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written to one open question. Filters do not apply: words tell who writes."""
    campaign = get_object_or_404(Campaign, pk=pk)
    records = load(campaign)
    language = current_language()
    questions = [
        (question.key, question.label.in_(language), len(texts(records, question.key)))
        for question in campaign.shape
        if question.type in (TEXT, LONG_TEXT)
    ]
    key = request.GET.get("question", "")
    labels = {question: label for question, label, _number in questions}
    said = texts(records, key) if key in labels else ()
    return _page(
        request,
        campaign,
        "texts",
        {
            "questions": questions,
            "question": key,
            "label": labels.get(key, ""),
            "said": Paginator(said, TEXTS_A_PAGE).get_page(request.GET.get("p")),
        },
    )


URLS: list[URLPattern] = [
    path("", latest, name="index"),
    path("<int:pk>/", figures, name="figures"),
    path("<int:pk>/cross/", cross, name="cross"),
    path("<int:pk>/trends/", trends, name="trends"),
    path("<int:pk>/texts/", open_answers, name="texts"),
]


@hooks.register("register_admin_urls")
def results_urls() -> list[URLResolver]:
    return [path("campaigns/results/", include((URLS, "campaign_results")))]


@hooks.register("register_campaigns_menu_item")
def results_item() -> MenuItem:
    return PermittedItem(
        _lazy("Results"),
        reverse("campaign_results:index"),
        name="campaign-results",
        icon_name="order",
        order=50,
        permission=SEE,
    )
