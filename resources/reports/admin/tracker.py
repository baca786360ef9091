"""The follow-up of a campaign: how far each co-op is, and the rate of each group."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.core.text import folded
from resources.models import Organisation
from resources.reports.admin.invitation_screen import InvitationScreen
from resources.reports.invitations import exports
from resources.reports.mailing.moments import PARIS
from resources.reports.tracking import Line, Stage, lines_of, rate_of, rates, reached

ALL: Final = ("", gettext_lazy("All"))
UNREACHABLE: Final = "unreachable"


class TrackerForm(forms.Form):
    """What the list is narrowed to; an unknown value narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        required=False,
        choices=[
            ALL,
            *Stage.choices,
            ("missing", gettext_lazy("Has not sent")),
            (UNREACHABLE, gettext_lazy("No mail can reach it")),
        ],
    )
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Legal form"),
        required=False,
        choices=[ALL, *Organisation.Status.choices],
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Size"), required=False, choices=[ALL, *Organisation.Size.choices]
    )

    def __init__(self, data: Any, regions: list[str]) -> None:
        super().__init__(data)
        self.fields["region"].choices = [ALL, *((name, name) for name in regions)]  # type: ignore[attr-defined]
        self.is_valid()

    def keeps(self, line: Line) -> bool:
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        coop = line.coop
        if "q" in chosen and folded(chosen["q"]) not in coop.match_key:
            return False
        if "stage" in chosen and not _is_at(line, chosen["stage"]):
            return False
        return all(
            getattr(coop, name) == chosen[name]
            for name in ("region", "status", "size")
            if name in chosen
        )


def _is_at(line: Line, stage: str) -> bool:
    if stage == "missing":
        return line.sent_at is None
    if stage == UNREACHABLE:
        return line.sent_at is None and not line.is_reachable
    return line.stage == stage


class TrackerView(InvitationScreen):
    """At most 15 queries, however many co-ops are on the list."""

    template_name = "reports/admin/tracker.html"
    page_title = gettext_lazy("Follow-up")
    header_icon = "tasks"
    tab = "tracker"

    @cached_property
    def lines(self) -> list[Line]:
        return lines_of(self.campaign)

    @cached_property
    def filters(self) -> TrackerForm:
        regions = sorted({line.coop.region for line in self.lines if line.coop.region})
        return TrackerForm(self.request.GET, regions)

    @property
    def shown(self) -> list[Line]:
        return [line for line in self.lines if self.filters.keeps(line)]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = request.GET.get("format")
        if kind in exports.FORMATS:
            name = f"suivi-{self.campaign.slug}"
            return exports.as_file(name, kind, _headers(), map(_cells, self.shown))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = reached(self.lines)
        named = (
            (_("By region"), lambda coop: (folded(coop.region), coop.region)),
            (_("By legal form"), lambda coop: _placed(coop, "status")),
            (_("By size"), lambda coop: _placed(coop, "size")),
        )
        query = self.request.GET.copy()
        query.pop("format", None)
        return super().get_context_data(**kwargs) | {
            "filters": self.filters,
            "lines": self.shown,
            "whole": rate_of("", self.lines),
            "stages": [(stage.label, counts[stage]) for stage in list(Stage)[1:]],
            "groups": [(title, rates(self.lines, group)) for title, group in named],
            "formats": exports.FORMATS,
            "query": query.urlencode(),
        }


def _placed(coop: Organisation, name: str) -> tuple[int, str]:
    """A closed value: its place in the vocabulary, and its label."""
    choices = dict(coop._meta.get_field(name).choices)
    value = getattr(coop, name)
    return [*choices, ""].index(value), str(choices.get(value, ""))


def _headers() -> list[str]:
    return [
        _("Co-operative"), _("Region"), _("Legal form"), _("Size"), _("Contacts"), _("Stage"),
        _("Invited on"), _("Opened on"), _("Last section"), _("Saved on"), _("Sent on"),
        _("State of the answer"),
    ]  # fmt: skip


def _cells(line: Line) -> Iterator[str]:
    coop, answer = line.coop, line.answer
    yield from (coop.name, coop.region, str(coop.get_status_display()))
    yield str(coop.get_size_display())
    yield ", ".join(contact.email for contact in line.contacts)
    yield str(line.stage.label)
    yield from map(_moment, (line.participant.invited_at, line.participant.opened_at))
    yield line.section
    yield from map(_moment, (line.saved_at, line.sent_at))
    yield str(answer.get_state_display()) if answer else ""


def _moment(moment: Any) -> str:
    """As spreadsheet programs read a moment, in the hour of Paris."""
    return f"{moment.astimezone(PARIS):%Y-%m-%d %H:%M}" if moment else ""
