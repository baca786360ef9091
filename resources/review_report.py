"""The report of resources that somebody should read again: their date of review has come."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from hub.core.menu_items import ActorsItem
from hub.core.spreadsheets import InertCells
from resources.models import ResourcePage
from resources.reviews import overdue_values
from resources.types import resource_types

WRITES = ["add", "change", "publish"]
SOON = timedelta(days=60)


def _types() -> list[tuple[str, Any]]:
    return [(name, model.type_label) for name, model in resource_types().items()]


def _day_of(page: ResourcePage) -> str:
    return date_format(page.review_on) if page.review_on else ""


class ReviewFilterSet(WagtailFilterSet):
    when = django_filters.ChoiceFilter(
        label=_("review"),
        choices=[("soon", _("Within two months")), ("none", _("Without a date"))],
        empty_label=_("Overdue"),
        method="leave",
    )
    type = django_filters.ChoiceFilter(label=_("type"), choices=_types)

    class Meta:
        model = ResourcePage
        fields = ("when", "type")

    def leave(self, rows: QuerySet[ResourcePage], _name: str, _value: str) -> Any:
        """The view applies it: without a choice, what is overdue is shown."""
        return rows


class ReviewView(InertCells, ReportView):
    """Public resources by date of review, the oldest first."""

    model = Page
    page_title = _("Resources to review")
    header_icon = "calendar-check"
    any_permission_required = WRITES
    filterset_class = ReviewFilterSet
    index_url_name = "to_review:index"
    index_results_url_name = "to_review:results"
    results_template_name = "resources/admin/review_results.html"
    export_filename = "ressources-a-relire"
    list_export = ("title", "type_label", "review_on", "updated_on", "owner", "full_url")
    export_headings = {
        "title": _("Title"),
        "type_label": _("Type"),
        "review_on": _("To be reviewed on"),
        "updated_on": _("Up to date on"),
        "owner": _("Owner"),
        "full_url": _("Address"),
    }
    columns: list[BaseColumn] = [
        TitleColumn(
            "title",
            label=_("Title"),
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column(
            "type", label=_("Type"), accessor=lambda page: resource_types()[page.type].type_label
        ),
        Column("language", label=_("Language"), accessor="locale.get_display_name"),
        Column("review_on", label=_("To be reviewed on"), accessor=_day_of),
        Column("owner", label=_("Owner")),
    ]

    def get_queryset(self) -> QuerySet[ResourcePage]:
        mine = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
            self.request.user, ["change"]
        )
        rows = ResourcePage.objects.filter(pk__in=mine.values("pk"), expired=False)
        rows = rows.exclude(first_published_at=None).select_related("owner", "locale")
        return rows.order_by("review_on", "title", "pk")

    def get_filtered_queryset(self) -> QuerySet[ResourcePage]:
        rows = super().get_filtered_queryset()
        chosen = self.filters.form.cleaned_data.get("when") if self.filters.is_valid() else ""
        if chosen == "none":
            return rows.filter(review_on=None)
        limit = timezone.localdate() + (SOON if chosen == "soon" else timedelta(0))
        return rows.filter(review_on__lte=limit)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Legal values have a list of their own: the report says how many are overdue there."""
        today = timezone.localdate()
        legal = reverse("wagtailsnippets_resources_legalrecord:list")
        return super().get_context_data(*args, **kwargs) | {
            "overdue_values": overdue_values(today).count(),
            "values_url": f"{legal}?next_review__lte={today.isoformat()}",
        }

    def to_row_dict(self, item: ResourcePage) -> dict[str, Any]:
        item.type_label = str(resource_types()[item.type].type_label)
        return super().to_row_dict(item)


def menu_item() -> MenuItem:
    return ActorsItem(
        _("Resources to review"),
        reverse("to_review:index"),
        name="resources-to-review",
        icon_name="calendar-check",
        order=1030,
        model=Page,
        actions=WRITES,
    )


URLS: list[URLPattern] = [
    path("", ReviewView.as_view(), name="index"),
    path("results/", ReviewView.as_view(results_only=True), name="results"),
]
