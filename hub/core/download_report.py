"""The report of downloads, and their numbers day by day as a spreadsheet."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from hub.core.menu_items import PermittedItem
from hub.core.models import DownloadCount
from hub.core.spreadsheets import InertCells

SEE = "core.view_downloadcount"
Row = dict[str, Any]


class DownloadsFilterSet(WagtailFilterSet):
    day = django_filters.DateFromToRangeFilter(label=_("period"), widget=DateRangePickerWidget)
    kind = django_filters.ChoiceFilter(
        label=_("version"), choices=DownloadCount.Kind.choices, empty_label=_("All versions")
    )

    class Meta:
        model = DownloadCount
        fields = ("day", "kind")


class DownloadsView(InertCells, ReportView):
    """On the screen, files by their downloads over the period; in the spreadsheet, day by day."""

    model = DownloadCount
    page_title = _("Downloads")
    header_icon = "download"
    permission_required = "view"
    filterset_class = DownloadsFilterSet
    index_url_name = "downloads:index"
    index_results_url_name = "downloads:results"
    results_template_name = "core/admin/downloads_results.html"
    export_filename = "telechargements"
    list_export = ("day", "document_id", "document.title", "kind_label", "number")
    export_headings = {
        "day": _("Day"),
        "document_id": _("Number of the file"),
        "document.title": _("File"),
        "kind_label": _("Version"),
        "number": _("Downloads"),
    }
    columns: list[BaseColumn] = [
        TitleColumn(
            "title",
            label=_("File"),
            accessor=lambda row: row["document__title"],
            get_url=lambda row: reverse("wagtaildocs:edit", args=[row["document_id"]]),
        ),
        NumberColumn("newest", label=_("Newest version")),
        NumberColumn("older", label=_("Older version")),
        NumberColumn("total", label=_("Downloads")),
    ]

    @cached_property
    def counted(self) -> QuerySet[DownloadCount]:
        return self.filter_queryset(DownloadCount.objects.all())

    def get_queryset(self) -> QuerySet[DownloadCount]:
        return DownloadCount.objects.all()

    def get_filtered_queryset(self) -> QuerySet[Any]:
        if self.is_export:
            return self.counted.select_related("document").order_by("day", "document_id", "kind")
        return by_file(self.counted)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        total = self.counted.aggregate(total=Sum("number"))["total"] or 0
        return super().get_context_data(*args, **kwargs) | {"total": total}


def by_file(rows: QuerySet[DownloadCount]) -> QuerySet[DownloadCount, Row]:
    """One row a file, the most downloaded first."""
    older = Q(kind=DownloadCount.Kind.OLDER)
    return (
        rows.order_by()
        .values("document_id", "document__title")
        .annotate(
            newest=Coalesce(Sum("number", filter=~older), 0),
            older=Coalesce(Sum("number", filter=older), 0),
            total=Sum("number"),
        )
        .order_by("-total", "document__title")
    )


def menu_item() -> MenuItem:
    return PermittedItem(
        _("Downloads"),
        reverse("downloads:index"),
        name="downloads",
        icon_name="download",
        order=1100,
        permission=SEE,
    )


URLS: list[URLPattern] = [
    path("", DownloadsView.as_view(), name="index"),
    path("results/", DownloadsView.as_view(results_only=True), name="results"),
]
