"""Promoted answers: which page stands on top of which queries, and for how long."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn
from wagtail.snippets.views.snippets import CreateView

from hub.core.row_edits import RowEditView
from hub.core.snippets import InertIndexView, UnchosenViewSet
from search.admin.promotion_states import State, states, warnings
from search.models import PromotedAnswer
from search.query import clean


class SaysWarnings:
    """For a view that saves an answer: says what stands in its way."""

    object: PromotedAnswer
    request: Any

    def save_action(self) -> Any:
        response = super().save_action()  # type: ignore[misc]
        for warning in warnings(self.object):
            messages.warning(self.request, warning)
        return response


class PromotionCreateView(SaysWarnings, CreateView):
    """The address may give the query: that is how a report of searches leads here."""

    def get_initial(self) -> dict[str, Any]:
        query = clean(self.request.GET.get("query"))
        return {**super().get_initial(), **({"queries": query} if query else {})}


class PromotionEditView(SaysWarnings, RowEditView):
    pass


class PromotionIndexView(InertIndexView):
    @cached_property
    def columns(self) -> list[BaseColumn]:
        state = StatusTagColumn(
            "state",
            label=_("State"),
            accessor=lambda answer: self.states[answer.pk].label,
            primary=lambda answer: self.states[answer.pk] is State.RUNNING,
        )
        return [*super().columns, state]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        self.states = states(context["object_list"])
        return context


class PromotionViewSet(UnchosenViewSet):
    model = PromotedAnswer
    icon = "pick"
    menu_label = _("Promoted answers")
    index_view_class = PromotionIndexView
    add_view_class = PromotionCreateView
    edit_view_class = PromotionEditView
    list_display = (
        "queries_in_line",
        "page",
        Column("starts_on", label=_("From"), accessor=lambda a: localize(a.starts_on)),
        Column("ends_on", label=_("Until"), accessor=lambda a: localize(a.ends_on)),
    )
    list_export = ("queries_in_line", "page", "starts_on", "ends_on", "position")
    search_fields = ("queries", "page__title")
    edit_handler = ObjectList(
        [
            HelpPanel(template="search/admin/promotion_help.html"),
            FieldPanel("queries"),
            FieldPanel("page"),
            FieldRowPanel(
                [
                    FieldPanel("starts_on", help_text=_("As dd/mm/yyyy: 31/12/2026.")),
                    FieldPanel(
                        "ends_on", help_text=_("As dd/mm/yyyy: 31/12/2026. That day included.")
                    ),
                    FieldPanel("position"),
                ]
            ),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PromotedAnswer]:
        return PromotedAnswer.objects.select_related("page")
