"""The report of what the site still has to do, for administrators.

What a task carries is never shown: a message holds an address and what somebody wrote.
"""

import re
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, NumberColumn
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from hub.core import outbox
from hub.core.menu_items import PermittedItem
from hub.core.models import OutboxItem
from hub.core.spreadsheets import InertCells

ADDRESS = re.compile(r"[^\s<>\"'(]+@[^\s<>\"')]+")
SEE, ACT = "core.view_outboxitem", "core.change_outboxitem"


def kind_label(item: OutboxItem) -> str:
    return outbox.label_of(item.kind)


def moment(when: datetime | None) -> str:
    """In full: Wagtail's own column says how long ago, which means nothing for what comes."""
    return str(localize(localtime(when))) if when else ""


def said_error(item: OutboxItem) -> str:
    """The last error without the mail addresses that servers repeat in theirs."""
    return ADDRESS.sub("…@…", item.error)


class TasksFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("kind"), choices=outbox.labels)
    given_up_at = django_filters.BooleanFilter(
        label=_("given up"), lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = OutboxItem
        fields = ("kind", "given_up_at")


class RetryColumn(Column):
    cell_template_name = "core/admin/retry_cell.html"

    def get_value(self, instance: OutboxItem) -> str:
        return reverse("waiting_tasks:retry", args=[instance.pk])


class TasksView(InertCells, ReportView):
    """Tasks that are not done, those given up first."""

    model = OutboxItem
    page_title = _("Tasks in waiting")
    header_icon = "tasks"
    permission_required = "view"
    filterset_class = TasksFilterSet
    index_url_name = "waiting_tasks:index"
    index_results_url_name = "waiting_tasks:results"
    results_template_name = "core/admin/tasks_results.html"
    export_filename = "taches"
    list_export = ("kind", "key", "attempts", "asked_at", "due_at", "given_up_at")
    columns: list[BaseColumn] = [
        Column("kind", label=_("Kind"), accessor=kind_label, classname="title"),
        Column("key", label=_("Subject")),
        NumberColumn("attempts", label=_("Attempts")),
        Column("due_at", label=_("Next attempt"), accessor=lambda task: moment(task.due_at)),
        Column("given_up_at", label=_("Given up on"), accessor=lambda t: moment(t.given_up_at)),
        Column("error", label=_("Last error"), accessor=said_error),
        RetryColumn("retry", label=_("What to do")),
    ]

    def get_queryset(self) -> QuerySet[OutboxItem]:
        waiting = OutboxItem.objects.filter(done=False).defer("payload")
        return waiting.order_by(F("given_up_at").desc(nulls_last=True), "due_at", "pk")


class RetryTask(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    """Asks for confirmation, then tries one task again now."""

    model = OutboxItem
    permission_required = "change"
    page_title = _("Try again")
    header_icon = "rotate"
    template_name = "core/admin/retry.html"

    @cached_property
    def task(self) -> OutboxItem:
        waiting = OutboxItem.objects.filter(done=False).defer("payload")
        return get_object_or_404(waiting, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"task": self.task, "kind": kind_label(self.task), "error": said_error(self.task)}
        return super().get_context_data(**kwargs) | told

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        outbox.retry(OutboxItem.objects.filter(pk=self.task.pk))
        messages.success(request, now("The task is going to be tried again."))
        return redirect("waiting_tasks:index")


def menu_item() -> MenuItem:
    return PermittedItem(
        _("Tasks in waiting"),
        reverse("waiting_tasks:index"),
        name="waiting-tasks",
        icon_name="tasks",
        order=1200,
        permission=SEE,
    )


URLS: list[URLPattern] = [
    path("", TasksView.as_view(), name="index"),
    path("results/", TasksView.as_view(results_only=True), name="results"),
    path("<int:pk>/retry/", RetryTask.as_view(), name="retry"),
]
