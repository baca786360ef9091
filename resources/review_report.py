"""The report of what should have been read again by now."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.permissions import page_permission_policy

from hub.core.spreadsheets import InertCells
from resources.models import ResourcePage
from resources.reviews import overdue_pages, overdue_values
from resources.types import resource_types


class OverdueView(InertCells, PageReportView):
    """Published resources past their review date; legal values have their own list."""

    page_title = _("Overdue reviews")
    header_icon = "calendar-alt"
    results_template_name = "resources/admin/overdue_results.html"
    index_url_name = "overdue_reviews:index"
    index_results_url_name = "overdue_reviews:results"
    export_filename = "relectures-en-retard"
    any_permission_required = ["add", "change", "publish"]
    list_export = ["title", "type", "review_on", "owner"]
    export_headings = {"review_on": _("To be read again by"), "owner": _("Owner")}
    columns: list[BaseColumn] = [
        TitleColumn(
            "title",
            label=_("Title"),
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("type", label=_("Type"), accessor=lambda page: type_name(page.type)),
        DateColumn("review_on", label=_("To be read again by")),
        Column("owner", label=_("Owner"), accessor=lambda page: page.owner or "–"),
    ]

    def get_queryset(self) -> QuerySet[ResourcePage]:
        mine = page_permission_policy.instances_user_has_any_permission_for(
            self.request.user, {"add", "change", "publish"}
        )
        return overdue_pages(timezone.localdate()).filter(pk__in=mine).select_related("owner")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        legal = reverse("wagtailsnippets_resources_legalrecord:list")
        return super().get_context_data(*args, **kwargs) | {
            "overdue_values": overdue_values(today).count(),
            "values_url": f"{legal}?next_review__lte={today.isoformat()}",
        }


def type_name(kind: str) -> str:
    """What a resource type is called."""
    model = resource_types().get(kind)
    return str(model._meta.verbose_name) if model else kind


class OverdueItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return page_permission_policy.user_has_any_permission(
            request.user, {"add", "change", "publish"}
        )


def menu_item() -> MenuItem:
    return OverdueItem(
        _("Overdue reviews"),
        reverse("overdue_reviews:index"),
        name="overdue-reviews",
        icon_name="calendar-alt",
        order=1150,
    )


URLS = [
    path("", OverdueView.as_view(), name="index"),
    path("results/", OverdueView.as_view(results_only=True), name="results"),
]
