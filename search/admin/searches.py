"""The report of what readers search for; what few people search for is not shown, to anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, NumberColumn
from wagtail.admin.views.reports import ReportView

from hub.core.spreadsheets import InertCells
from search.admin.screens import RoomyColumn, ScreenSet, Steered
from search.counting import KEPT
from search.models import SearchCount

FEWEST = 3
DEFAULT_PERIOD = 30
DEFAULT_LABEL = _("Last 30 days")
PERIODS = [
    ("7", _("Last 7 days")),
    ("90", _("Last 90 days")),
    (str(KEPT.days), _("Last 13 months")),
]
POPULAR, NOTHING, UNOPENED = "", "nothing", "unopened"
KINDS = [(NOTHING, _("Without result")), (UNOPENED, _("Without click"))]
Row = dict[str, Any]


def language_name(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))


class SearchesFilterSet(WagtailFilterSet):
    show = django_filters.ChoiceFilter(
        label=_("show"), choices=KINDS, empty_label=_("Most frequent"), method="leave"
    )
    period = django_filters.ChoiceFilter(
        label=_("period"), choices=PERIODS, empty_label=DEFAULT_LABEL, method="leave"
    )
    locale = django_filters.ChoiceFilter(
        label=_("language"), choices=settings.LANGUAGES, empty_label=_("All languages")
    )

    class Meta:
        model = SearchCount
        fields = ("show", "period", "locale")

    def leave(self, rows: QuerySet[SearchCount], _name: str, _value: str) -> QuerySet[SearchCount]:
        """What these two choose is decided once rows are added up."""
        return rows


class ActionsColumn(Column):
    """What an editor may do about a search, one click away."""

    cell_template_name = "search/admin/search_actions.html"

    def get_value(self, instance: Row) -> list[tuple[str, str]]:
        query = instance["shown"]
        synonym = reverse("wagtailsnippets_search_synonym:add")
        promotion = reverse("wagtailsnippets_search_promotedanswer:add")
        trying = reverse("search_try:index")
        return [
            (now("Create a synonym"), f"{synonym}?{urlencode({'words': query})}"),
            (now("Add a promoted answer"), f"{promotion}?{urlencode({'query': query})}"),
            (now("Try"), f"{trying}?{urlencode({'query': query, 'locale': instance['locale']})}"),
        ]


class SearchesView(Steered, InertCells, ReportView):
    """Searches added up over a period."""

    page_title = _("Searches of readers")
    header_icon = "history"
    results_template_name = "search/admin/searches_results.html"
    filterset_class = SearchesFilterSet
    index_url_name = "search_searches:index"
    index_results_url_name = "search_searches:results"
    export_filename = "recherches"
    list_export = ("shown", "locale", "searches", "without_result", "clicks")
    columns: list[BaseColumn] = [
        RoomyColumn("shown", label=_("Words typed"), classname="title"),
        Column("locale", label=_("Language"), accessor=lambda row: language_name(row["locale"])),
        NumberColumn("searches", label=_("Searches")),
        NumberColumn("without_result", label=_("Without result")),
        NumberColumn("clicks", label=_("Clicks")),
        ActionsColumn("actions", label=_("What to do")),
    ]

    @cached_property
    def chosen(self) -> dict[str, str]:
        return self.filters.form.cleaned_data if self.filters.is_valid() else {}

    def get_queryset(self) -> QuerySet[SearchCount]:
        return SearchCount.objects.all()

    def get_filtered_queryset(self) -> QuerySet[SearchCount, Row]:
        days = int(self.chosen.get("period") or DEFAULT_PERIOD)
        since = timezone.localdate() - timedelta(days=days)
        rows = self.filter_queryset(self.get_queryset()).filter(day__gt=since)
        return added_up(rows, self.chosen.get("show") or POPULAR)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.copy()
        for name in ("show", "p", "export", "_w_filter_fragment"):
            asked.pop(name, None)
        tabs = [
            {
                "label": label,
                "url": f"?{urlencode([('show', value), *asked.items()])}",
                "current": value == (self.chosen.get("show") or POPULAR),
            }
            for value, label in [(POPULAR, _("Most frequent")), *KINDS]
        ]
        period = dict(PERIODS).get(self.chosen.get("period", ""), DEFAULT_LABEL)
        told = {"tabs": tabs, "fewest": FEWEST, "period": period}
        return super().get_context_data(*args, **kwargs) | told


def added_up(rows: QuerySet[SearchCount], show: str) -> QuerySet[SearchCount, Row]:
    """One row a query and language, those of less than FEWEST searches left out."""
    same = rows.filter(query=OuterRef("query"), locale=OuterRef("locale"))
    latest = same.order_by("-searches", "-day").values("shown")[:1]
    summed = (
        rows.order_by()
        .values("query", "locale")
        .annotate(
            shown=Subquery(latest),
            searches=Sum("searches"),
            without_result=Sum("without_result"),
            clicks=Sum("clicks"),
        )
        .filter(searches__gte=FEWEST)
    )
    if show == NOTHING:
        return summed.filter(without_result__gt=0).order_by("-without_result", "query")
    if show == UNOPENED:
        unopened = F("searches") - F("without_result")
        summed = summed.filter(clicks=0).annotate(unopened=unopened).filter(unopened__gt=0)
        return summed.order_by("-unopened", "query")
    return summed.order_by("-searches", "query")


class SearchesScreens(ScreenSet):
    name = "search_searches"
    url_prefix = "search/searches"
    icon = "history"
    menu_label = _("Searches of readers")
    menu_name = "search-searches"
    views = (
        ("", "index", SearchesView.as_view()),
        ("results/", "results", SearchesView.as_view(results_only=True)),
    )
