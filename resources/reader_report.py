"""The report of what readers say of each resource, and the list of their comments."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import django_filters
from django.db.models import Count, F, Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from hub.core.menu_items import PermittedItem
from hub.core.snippets import UnchosenViewSet
from hub.core.spreadsheets import InertCells
from resources.models import ReaderAnswer
from resources.types import resource_types

SEE = "resources.view_readeranswer"
LIST = "wagtailsnippets_resources_readeranswer:list"
Row = dict[str, Any]
_SUMS = {
    "yes": Count("pk", filter=Q(helped=True)),
    "no": Count("pk", filter=Q(helped=False)),
    "number": Count("pk"),
    "comments": Count("pk", filter=~Q(comment="")),
}


def type_choices() -> list[tuple[str, str]]:
    return [(name, str(model.type_label)) for name, model in resource_types().items()]


def season_choices() -> list[tuple[str, str]]:
    """A season is a calendar year, that of its general meetings."""
    years = ReaderAnswer.objects.order_by().values_list("day__year", flat=True).distinct()
    return [(str(year), str(year)) for year in sorted(years, reverse=True)]


def rate(row: Row) -> str:
    """« 80 % (n = 5) »: a rate never goes without its number."""
    percent = round(100 * row["yes"] / row["number"])
    return now("%(percent)s %% (n = %(number)s)") % {"percent": percent, "number": row["number"]}


class AnswersFilterSet(WagtailFilterSet):
    type = django_filters.ChoiceFilter(
        field_name="page__type", choices=type_choices, label=_("type")
    )
    season = django_filters.ChoiceFilter(
        field_name="day", lookup_expr="year", choices=season_choices, label=_("season")
    )
    commented = django_filters.BooleanFilter(method="with_words", label=_("with comments"))

    class Meta:
        model = ReaderAnswer
        fields: tuple[str, ...] = ()

    def with_words(
        self, rows: QuerySet[ReaderAnswer], _name: str, value: bool
    ) -> QuerySet[ReaderAnswer]:
        return rows.exclude(comment="") if value else rows


class CommentsColumn(Column):
    """How many comments there are, one click away."""

    cell_template_name = "resources/admin/comments_cell.html"

    def get_value(self, instance: Row) -> Row:
        return instance | {"url": f"{reverse(LIST)}?page={instance['page']}&commented=true"}


class AnswersView(InertCells, ReportView):
    """One line a resource, those that help least first."""

    model = ReaderAnswer
    permission_policy = ModelPermissionPolicy(ReaderAnswer)
    permission_required = "view"
    page_title = _("Did it help? Answers of readers")
    header_icon = "thumbtack"
    filterset_class = AnswersFilterSet
    index_url_name = "reader_answers:index"
    index_results_url_name = "reader_answers:results"
    results_template_name = "resources/admin/answers_results.html"
    export_filename = "avis-des-lecteurs"
    list_export = ("title", "type", "yes", "no", "rate", "trend", "comments")
    export_headings = {
        "title": _("Resource"), "type": _("Type"), "yes": _("Yes"), "no": _("No"),
        "rate": _("It helped"), "trend": _("Season after season"), "comments": _("Comments"),
    }  # fmt: skip
    columns: list[BaseColumn] = [
        Column("title", label=_("Resource"), classname="title"),
        Column("type", label=_("Type")),
        NumberColumn("yes", label=_("Yes")),
        NumberColumn("no", label=_("No")),
        Column("rate", label=_("It helped")),
        Column("trend", label=_("Season after season")),
        CommentsColumn("comments", label=_("Comments")),
    ]

    def get_queryset(self) -> QuerySet[ReaderAnswer]:
        return ReaderAnswer.objects.order_by()

    def get_filtered_queryset(self) -> list[Row]:
        """A list: its lines say what no query says. Two queries, whatever the number of lines."""
        answers = self.filter_queryset(self.get_queryset())
        rows = answers.values("page", kind=F("page__type"), title=F("page__title"))
        trends, types = self._trends, dict(type_choices())
        lines = [
            row
            | {
                "rate": rate(row),
                "trend": trends[row["page"]],
                "type": types.get(row["kind"], row["kind"]),
            }
            for row in rows.annotate(**_SUMS)
        ]
        return sorted(lines, key=lambda row: (row["yes"] / row["number"], -row["number"]))

    @cached_property
    def _trends(self) -> defaultdict[int, str]:
        """The rate of each season, for each resource, whatever the filters."""
        told: defaultdict[int, list[str]] = defaultdict(list)
        seasons = ReaderAnswer.objects.order_by("day__year").values("page", "day__year")
        for row in seasons.annotate(**_SUMS):
            said = now("%(year)s: %(rate)s") % {"year": row["day__year"], "rate": rate(row)}
            told[row["page"]].append(said)
        return defaultdict(str, {page: " · ".join(parts) for page, parts in told.items()})


class CommentsFilterSet(AnswersFilterSet):
    class Meta:
        model = ReaderAnswer
        fields = ("page", "helped")


class OnlyReadPolicy(ModelPermissionPolicy):
    """Answers come from the site: nobody writes one, or changes what a reader said."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "change") and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)


class AnswerViewSet(UnchosenViewSet):
    """Every answer, one by one; a comment that should not be there is deleted."""

    model = ReaderAnswer
    icon = "comment"
    add_to_admin_menu = True
    menu_label = _("Answers of readers")
    menu_name = "reader-answers"
    menu_order = 345
    list_display = ("day", "page", "place", "helped", "comment")
    list_export = ("day", "page", "place", "helped", "comment")
    export_filename = "reponses-des-lecteurs"
    filterset_class = CommentsFilterSet
    ordering = "-day"


def menu_item() -> MenuItem:
    return PermittedItem(
        _("Did it help?"),
        reverse("reader_answers:index"),
        name="reader-answers-report",
        icon_name="comment",
        order=1100,
        permission=SEE,
    )


URLS: list[URLPattern] = [
    path("", AnswersView.as_view(), name="index"),
    path("results/", AnswersView.as_view(results_only=True), name="results"),
]
