"""What editors manage besides pages, and where it stands in the menu of the admin."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from hub.core.models import SeasonMoment
from hub.core.row_edits import RowEditView
from hub.core.snippets import HubSnippetViewSet, InertIndexView, UnchosenViewSet
from resources.kit_report import KitVersionViewSet
from resources.models import Audience, LegalRecord, Organisation, SupportRequest, Theme
from resources.support import follow_up


class ThemeViewSet(HubSnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    list_display = ("label_fr", "label_en", "slug")
    search_fields = ("label_fr", "label_en")


class AudienceViewSet(HubSnippetViewSet):
    model = Audience
    icon = "group"
    menu_label = _("Audiences")
    list_display = ("label_fr", "label_en", "slug")
    search_fields = ("label_fr", "label_en")


class OrganisationViewSet(HubSnippetViewSet):
    model = Organisation
    icon = "home"
    menu_label = _("Co-operatives")
    list_display = ("name", "town", "region", "status_label", "is_example")
    list_filter = ("status", "activity", "region", "consent", "is_example")
    list_export = ("name", "town", "region", "status_label", "activity_label")
    search_fields = ("name", "town", "region")


class LegalRecordViewSet(HubSnippetViewSet):
    model = LegalRecord
    icon = "clipboard-list"
    menu_label = _("Legal values")
    list_display = ("title", "value", "unit", "effective_state_label", "next_review")
    list_filter: ClassVar[dict[str, list[str]]] = {"state": ["exact"], "next_review": ["lte"]}
    list_export = ("title", "value", "unit", "state", "source", "checked_on", "next_review")
    search_fields = ("title", "value", "source", "reference")


class SeasonMomentViewSet(HubSnippetViewSet):
    model = SeasonMoment
    icon = "calendar-alt"
    menu_label = _("Season")
    list_display = ("title_fr", "first_month", "last_month", "page")


class ReferenceData(SnippetViewSetGroup):
    items = (
        LegalRecordViewSet,
        ThemeViewSet,
        AudienceViewSet,
        OrganisationViewSet,
        SeasonMomentViewSet,
        KitVersionViewSet,
    )
    menu_label = _("Reference data")
    menu_name = "reference-data"
    menu_icon = "list-ul"
    menu_order = 350


# -- The inbox of requests ---------------------------------------------------------------------


def seasons() -> list[tuple[int, int]]:
    """Each season (a calendar year, that of its general meetings) with its number of requests."""
    rows = SupportRequest.objects.order_by().values_list(ExtractYear("created_at"))
    return list(rows.annotate(number=Count("pk")).order_by("-created_at__year"))


def season_choices() -> list[tuple[str, str]]:
    return [(str(year), f"{year} ({number})") for year, number in seasons()]


class RequestFilterSet(WagtailFilterSet):
    season = django_filters.ChoiceFilter(
        field_name="created_at", lookup_expr="year", choices=season_choices, label=_("season")
    )

    class Meta:
        model = SupportRequest
        fields = ("state", "tool", "document")


class RequestIndexView(InertIndexView):
    """The inbox, the latest first; its title counts the requests of each season."""

    def get_page_subtitle(self) -> str:
        counts = [
            now("%(year)s: %(count)s") % {"year": year, "count": _requests(number)}
            for year, number in seasons()
        ]
        return " · ".join([str(super().get_page_subtitle()), *counts])


def _requests(number: int) -> str:
    return ngettext("%(number)s request", "%(number)s requests", number) % {"number": number}


class FiledFromTheSitePolicy(ModelPermissionPolicy):
    """Requests come from the site: nobody writes one in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)


class RequestEditView(RowEditView):
    def save_instance(self) -> SupportRequest:
        changed: SupportRequest = self.form.save(commit=False)
        follow_up(changed)
        return changed


class RequestViewSet(UnchosenViewSet):
    model = SupportRequest
    icon = "mail"
    index_view_class = RequestIndexView
    edit_view_class = RequestEditView
    add_to_admin_menu = True
    menu_label = _("Requests")
    menu_name = "requests"
    menu_order = 340
    list_display = ("created_at", "__str__", "about", "state_label")
    list_export = ("created_at", "coop", "name", "email", "phone", "about", "state", "message")
    export_filename = "demandes"
    filterset_class = RequestFilterSet
    search_fields = ("coop", "name", "email", "message")
    ordering = "-created_at"
