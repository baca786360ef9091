"""The report of kits: how far each zip is, why one failed, and the button that packs it again."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from hub.core.menu_items import PermittedItem
from hub.core.snippets import UnchosenViewSet
from hub.core.spreadsheets import InertCells
from hub.core.templatetags.formats import file_size, long_date
from resources.kit_states import states_of
from resources.kit_versions import ask_for
from resources.models import KitPage, KitVersion

SEE = "resources.view_kitversion"


class MadeByTheSitePolicy(ModelPermissionPolicy):
    """Versions come from the site: nobody adds or deletes one in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "delete"} and super().user_has_permission(user, action)


class KitVersionViewSet(UnchosenViewSet):
    """The versions, whose note an editor writes."""

    model = KitVersion
    icon = "folder-inverse"
    menu_label = _("Versions of kits")
    list_display = ("kit", "number", "label", "made_on", "state_label")
    list_filter = ("kit", "kept")
    list_export = ("kit", "number", "label", "made_on", "size", "sha256", "note")
    export_filename = "versions-des-kits"
    search_fields = ("note", "label")


class AgainColumn(Column):
    cell_template_name = "resources/admin/kit_again_cell.html"

    def get_value(self, instance: KitPage) -> str:
        return reverse("kit_report:again", args=[instance.pk])


def _of_latest(name: str) -> Any:
    def value(kit: KitPage) -> str:
        latest = kit.latest
        shown = {"made_on": long_date, "size": file_size}.get(name, str)
        return shown(getattr(latest, name)) if latest else ""

    return value


class KitsView(InertCells, ReportView):
    """Every published kit, with its last version and what becomes of the next one."""

    model = KitVersion
    page_title = _("Kits")
    header_icon = "folder-inverse"
    permission_required = "view"
    index_url_name = "kit_report:index"
    index_results_url_name = "kit_report:results"
    results_template_name = "resources/admin/kits_results.html"
    export_filename = "kits"
    list_export = ("title", "locale", "version")
    columns: list[BaseColumn] = [
        TitleColumn("title", label=_("Kit"), url_name="wagtailadmin_pages:edit", classname="title"),
        Column("locale", label=_("Language")),
        Column("number", label=_("Version"), accessor=_of_latest("number")),
        Column("made_on", label=_("Date"), accessor=_of_latest("made_on")),
        Column("size", label=_("Size"), accessor=_of_latest("size")),
        Column("state", label=_("State"), accessor=lambda kit: kit.state.label),
        Column("reason", label=_("Reason"), accessor=lambda kit: kit.state.reason),
        AgainColumn("again", label=_("What to do")),
    ]

    def get_queryset(self) -> QuerySet[KitPage]:
        published = KitPage.objects.filter(first_published_at__isnull=False)
        return published.select_related("locale").order_by("title", "pk")

    def decorate_paginated_queryset(self, object_list: Sequence[KitPage]) -> list[KitPage]:
        kits = list(object_list)
        states = states_of([kit.pk for kit in kits])
        versions = KitVersion.objects.filter(kit__in=kits).order_by("number")
        latest = {version.kit_id: version for version in versions}
        for kit in kits:
            kit.state, kit.latest = states[kit.pk], latest.get(kit.pk)
        return kits


class PackAgain(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    """Asks for confirmation, then has one kit packed again now."""

    model = KitVersion
    permission_required = "change"
    page_title = _("Pack the kit again")
    header_icon = "rotate"
    template_name = "resources/admin/kit_again.html"

    @cached_property
    def kit(self) -> KitPage:
        return get_object_or_404(KitPage, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"kit": self.kit}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        ask_for([self.kit.pk], again=True)
        messages.success(request, now("The kit is going to be packed again within a minute."))
        return redirect("kit_report:index")


def menu_item() -> MenuItem:
    return PermittedItem(
        _("Kits"),
        reverse("kit_report:index"),
        name="kits",
        icon_name="folder-inverse",
        order=1150,
        permission=SEE,
    )


URLS: list[URLPattern] = [
    path("", KitsView.as_view(), name="index"),
    path("results/", KitsView.as_view(results_only=True), name="results"),
    path("<int:pk>/again/", PackAgain.as_view(), name="again"),
]
