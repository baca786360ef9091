"""The answers to read again: what waits, for how long, and what is known of each."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from hub.core.menu_items import PermittedItem
from resources.reports.admin.permitted_screens import Permitted
from resources.reports.models import Answer, Campaign
from resources.reports.questionnaire.agreement import LEVEL

MODERATE = "reports.moderate_answers"
State = Answer.State
TO_READ = (State.RECEIVED, State.IN_REVIEW)
SHOWN_STATES = [(value, label) for value, label in State.choices if value != State.DRAFT]
LEVELS = [
    ("nom", _("With the name")),
    ("anonyme", _("Without the name")),
    ("federation", _("For the federation only")),
]
UNVERIFIED = Q(participant__isnull=True, verified_at__isnull=True)


class Moderated(Permitted):
    """For a view: only moderators open it."""

    permissions = (MODERATE,)


class QueueFilterSet(WagtailFilterSet):
    campaign = django_filters.ModelChoiceFilter(
        label=_("campaign"), queryset=Campaign.objects.all()
    )
    state = django_filters.ChoiceFilter(
        label=_("state"),
        choices=[*SHOWN_STATES, ("all", _("All"))],
        empty_label=_("To be read"),
        method="leave",
    )
    consent = django_filters.ChoiceFilter(
        label=_("consent"), choices=LEVELS, field_name=f"values__{LEVEL}"
    )
    unverified = django_filters.BooleanFilter(label=_("address not confirmed"), method="suspect")
    photos = django_filters.BooleanFilter(label=_("has photos or files"), method="illustrated")

    class Meta:
        model = Answer
        fields = ("campaign", "state", "consent", "unverified", "photos")

    def leave(self, rows: QuerySet[Answer], _name: str, _value: str) -> Any:
        """The view applies it: without a choice, what is to be read is shown."""
        return rows

    def suspect(self, rows: QuerySet[Answer], _name: str, value: bool) -> Any:
        return rows.filter(UNVERIFIED) if value else rows.exclude(UNVERIFIED)

    def illustrated(self, rows: QuerySet[Answer], _name: str, value: bool) -> Any:
        return rows.filter(attachments__isnull=not value).distinct()


def _level(answer: Answer) -> str:
    return str(dict(LEVELS).get(answer.values.get(LEVEL), "–"))


def _marks(answer: Answer) -> str:
    """What a moderator looks at first."""
    marks = []
    if answer.participant_id is None and answer.verified_at is None:
        marks.append(now("address not confirmed"))
    if answer.files:
        marks.append(now("files: %(count)d") % {"count": answer.files})
    return ", ".join(marks)


def _moment(answer: Answer) -> str:
    return str(localize(localtime(answer.sent_at))) if answer.sent_at else ""


class CoopColumn(TitleColumn):
    class Media:
        css = {"all": ["core/css/moderation_admin.css"]}


class QueueView(Moderated, ReportView):
    """What was sent, the oldest first."""

    model = Answer
    page_title = _("Answers to read")
    header_icon = "clipboard-list"
    filterset_class = QueueFilterSet
    index_url_name = "moderation:index"
    index_results_url_name = "moderation:results"
    results_template_name = "reports/admin/queue_results.html"
    list_export: Sequence[str] = ()
    columns: list[BaseColumn] = [
        CoopColumn(
            "shown_name",
            label=_("Co-operative"),
            get_url=lambda answer: reverse("moderation:answer", args=[answer.pk]),
        ),
        Column("campaign", label=_("Campaign"), classname="answer-wide"),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("consent", label=_("Consent"), classname="answer-wide", accessor=_level),
        Column("sent_at", label=_("Sent on"), classname="answer-wide", accessor=_moment),
        Column("marks", label=_("To know"), accessor=_marks),
    ]

    def get_queryset(self) -> QuerySet[Answer]:
        rows = Answer.objects.sent().exclude(state=State.DRAFT)
        rows = rows.select_related("campaign", "organisation").annotate(files=Count("attachments"))
        return rows.order_by("sent_at", "pk")

    def get_filtered_queryset(self) -> QuerySet[Answer]:
        rows = super().get_filtered_queryset()
        chosen = self.filters.form.cleaned_data.get("state") if self.filters.is_valid() else ""
        if chosen == "all":
            return rows
        return rows.filter(state=chosen) if chosen else rows.filter(state__in=TO_READ)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {"states": self.states()}

    def states(self) -> list[dict[str, Any]]:
        """How many answers stand where, in the chosen campaign, each with its list."""
        valid = self.filters.is_valid()
        campaign = self.filters.form.cleaned_data.get("campaign") if valid else None
        rows = Answer.objects.sent().order_by()
        rows = rows.filter(campaign=campaign) if campaign else rows
        counts = dict(rows.values_list("state").annotate(number=Count("pk")))
        address = reverse("moderation:index")
        kept = f"&campaign={campaign.pk}" if campaign else ""
        return [
            {"label": label, "count": counts[value], "url": f"{address}?state={value}{kept}"}
            for value, label in SHOWN_STATES
            if counts.get(value)
        ]


def to_read() -> int:
    return Answer.objects.sent().filter(state__in=TO_READ).count()


class ToReadPanel(Component):
    """The reminder on the first page of the administration; nothing when nothing waits."""

    name = "answers-to-read"
    order = 90
    template_name = "reports/admin/to_read_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"count": to_read(), "url": reverse("moderation:index")}


@hooks.register("construct_homepage_panels")
def remind(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(MODERATE):
        panels.append(ToReadPanel())


@hooks.register("register_campaigns_menu_item")
def menu_item() -> MenuItem:
    return PermittedItem(
        _("Answers to read"),
        reverse("moderation:index"),
        name="answers-to-read",
        icon_name="clipboard-list",
        order=30,
        permission=MODERATE,
    )
