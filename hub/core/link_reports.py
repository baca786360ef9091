"""Two reports for editors: links that lead nowhere, and addresses that readers do not find."""

from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied, user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import CreateView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from hub.core import link_checks
from hub.core.menu_items import ActorsItem
from hub.core.models import BrokenLink, JobRun, LinkProblem, MissedAddress
from hub.core.old_addresses import canonical, spellings
from hub.core.spreadsheets import InertCells

WRITES = ["add", "change", "publish"]
Row = dict[str, Any]


class LinksFilterSet(WagtailFilterSet):
    problem = django_filters.ChoiceFilter(label=_("problem"), choices=LinkProblem.choices)

    class Meta:
        model = BrokenLink
        fields = ("problem",)


class BrokenLinksView(InertCells, ReportView):
    """The links that lead nowhere, in the pages that the person may change."""

    model = Page
    page_title = _("Broken links")
    header_icon = "link"
    any_permission_required = WRITES
    filterset_class = LinksFilterSet
    index_url_name = "broken_links:index"
    index_results_url_name = "broken_links:results"
    template_name = "core/admin/links.html"
    results_template_name = "core/admin/links_results.html"
    export_filename = "liens-casses"
    list_export = ("page.title", "page.full_url", "place", "target", "get_problem_display")
    export_headings = {
        "page.title": _("Page"),
        "page.full_url": _("Address"),
        "place": _("Where in the page"),
        "target": _("Link"),
        "get_problem_display": _("Problem"),
    }
    columns: list[BaseColumn] = [
        TitleColumn(
            "page",
            label=_("Page"),
            accessor="page.title",
            get_url=lambda link: reverse("wagtailadmin_pages:edit", args=[link.page_id]),
        ),
        Column("place", label=_("Where in the page")),
        Column("target", label=_("Link")),
        Column("problem", label=_("Problem"), accessor="get_problem_display"),
        DateColumn("found_at", label=_("Found")),
    ]

    def get_queryset(self) -> QuerySet[BrokenLink]:
        mine = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(
            self.request.user, ["change"]
        )
        rows = BrokenLink.objects.filter(page__in=mine).select_related("page")
        return rows.order_by("page__title", "page_id", "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        run = JobRun.objects.filter(name=link_checks.KIND).first()
        return super().get_context_data(*args, **kwargs) | {"checked": run and run.began_at}


@require_POST
def check_now(request: HttpRequest) -> HttpResponse:
    """Have all links checked again, after this request."""
    if not user_has_any_page_permission(request.user):
        return permission_denied(request)
    link_checks.ask_for_all()
    messages.success(request, now("The links are being checked: refresh this page in a minute."))
    return redirect("broken_links:index")


class RedirectColumn(Column):
    cell_template_name = "core/admin/redirect_cell.html"

    def get_value(self, instance: Row) -> str:
        query = urlencode({"old_path": canonical(instance["path"])})
        return f"{reverse('wagtailredirects:add')}?{query}"


class MissedView(InertCells, ReportView):
    """What readers asked for and did not find, the most often first."""

    model = Redirect
    page_title = _("Addresses not found")
    header_icon = "redirect"
    any_permission_required = ["add", "change"]
    index_url_name = "missed:index"
    index_results_url_name = "missed:results"
    results_template_name = "core/admin/missed_results.html"
    export_filename = "adresses-introuvables"
    list_export = ("path", "asked", "last")
    export_headings = {"path": _("Address"), "asked": _("Times"), "last": _("Last day")}
    columns: list[BaseColumn] = [
        Column("path", label=_("Address"), classname="title"),
        NumberColumn("asked", label=_("Times")),
        Column("last", label=_("Last day"), accessor=lambda row: date_format(row["last"])),
        RedirectColumn("act", label=_("What to do")),
    ]

    def get_queryset(self) -> QuerySet[Any]:
        known = Redirect.objects.values_list("old_path", flat=True)
        answered = {way for old in known for way in spellings(old)}
        rows = MissedAddress.objects.exclude(path__in=[*answered, *(f"{way}/" for way in answered)])
        summed = rows.values("path").annotate(asked=Sum("times"), last=Max("day"))
        return summed.order_by("-asked", "path")


class AddRedirect(CreateView):
    """Wagtail’s form, with the old address filled in when a report sends here."""

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"old_path": self.request.GET.get("old_path", "")[:255]}


def menu_items() -> list[MenuItem]:
    return [
        ActorsItem(
            _("Broken links"),
            reverse("broken_links:index"),
            name="broken-links",
            icon_name="link",
            order=1010,
            model=Page,
            actions=WRITES,
        ),
        ActorsItem(
            _("Addresses not found"),
            reverse("missed:index"),
            name="addresses-not-found",
            icon_name="redirect",
            order=1020,
            model=Redirect,
            actions=["add", "change"],
        ),
    ]


LINK_URLS: list[URLPattern] = [
    path("", BrokenLinksView.as_view(), name="index"),
    path("results/", BrokenLinksView.as_view(results_only=True), name="results"),
    path("check/", check_now, name="check"),
]
MISSED_URLS: list[URLPattern] = [
    path("", MissedView.as_view(), name="index"),
    path("results/", MissedView.as_view(results_only=True), name="results"),
]
FIRST: list[URLPattern] = [path("redirects/add/", AddRedirect.as_view())]
