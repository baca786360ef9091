"""Where a list is brought in: send it, look at every change, then say yes or no."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resources.reports.admin.invitation_screen import InvitationScreen
from resources.reports.invitations import sources
from resources.reports.invitations.applying import ChangedMeanwhileError, apply_lines
from resources.reports.invitations.columns import LABELS
from resources.reports.invitations.plan import Plan, plan_of
from resources.reports.invitations.reading import MOST_ROWS, UnreadableError
from resources.reports.invitations.sheet import Line, Sheet, read_sheet

SHOWN: Final = 300  # changes, problems, absent co-ops: what follows is counted


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("List of co-operatives"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """The lines of the file, once it is known to hold some."""
        file = self.cleaned_data["file"]
        try:
            self.cleaned_data["sheet"] = read_sheet(file.name, file.read())
        except UnreadableError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class ChangesScreen(InvitationScreen):
    """Shows what lines would change, and the button that writes it."""

    tab = "send"
    changes_template = "reports/admin/invitation_changes.html"

    def shown_changes(self, sheet: Sheet, status: int = 200) -> HttpResponseBase:
        self.template_name = self.changes_template
        plan = plan_of(sheet.lines, self.campaign)
        context = self.get_context_data() | {
            "plan": plan,
            "changes": plan.writes[:SHOWN],
            "more_changes": max(0, len(plan.writes) - SHOWN),
            "absent": plan.absent[:SHOWN],
            "more_absent": max(0, len(plan.absent) - SHOWN),
            "problems": sheet.problems[:SHOWN],
            "more_problems": max(0, len(sheet.problems) - SHOWN),
            "notes": sheet.notes[:SHOWN],
            "counts": _counts(plan),
            "lines": self._kept(sheet.lines),
        }
        return self.render_to_response(context, status=422 if sheet.problems else status)

    def _kept(self, lines: Sequence[Line]) -> str:
        return sources.kept_in_page(lines, self.campaign, self.request.user)


class SendView(ChangesScreen):
    template_name = "reports/admin/invitation_import.html"
    page_title = gettext_lazy("Import a list of co-operatives")
    header_icon = "upload"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "form": kwargs.get("form") or ListForm(),
            "columns": LABELS.values(),
            "most": MOST_ROWS,
            "previous": sources.previous(self.campaign),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = ListForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return self.shown_changes(form.cleaned_data["sheet"])


class LastYearView(ChangesScreen):
    """The list of the season before, as if it had been sent as a file."""

    page_title = gettext_lazy("Take last year’s list")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        older = sources.previous(self.campaign)
        if older is None:
            messages.warning(request, _("No earlier campaign has a list."))
            return redirect("invitations:send", self.campaign.pk)
        return self.shown_changes(Sheet(sources.lines_of(older)))


class ApplyView(ChangesScreen):
    """Writes the changes that somebody has seen: all of them or none."""

    page_title = gettext_lazy("Import a list of co-operatives")
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            told = request.POST.get("lines", "")
            lines = sources.from_page(told, self.campaign, request.user)
        except signing.BadSignature:
            messages.error(request, _("This page is too old: send the list once more."))
            return redirect("invitations:send", self.campaign.pk)
        try:
            counts = apply_lines(lines, self.campaign, request.POST.get("seen", ""))
        except ChangedMeanwhileError:
            messages.error(
                request,
                _(
                    "Nothing was written: the list has changed since you looked. Here are the "
                    "changes as they would be now."
                ),
            )
            return self.shown_changes(Sheet(lines), status=409)
        written = counts["new"] + counts["changed"]
        messages.success(
            request,
            ngettext(
                "%(number)s co-operative was written.",
                "%(number)s co-operatives were written.",
                written,
            )
            % {"number": written},
        )
        return redirect("invitations:list", self.campaign.pk)


def _counts(plan: Plan) -> list[str]:
    new, changed, unchanged = (len(plan.of_kind(k)) for k in ("new", "changed", "unchanged"))
    absent = len(plan.absent)
    return [
        ngettext("%(number)s new", "%(number)s new", new) % {"number": new},
        ngettext("%(number)s changed", "%(number)s changed", changed) % {"number": changed},
        ngettext("%(number)s unchanged", "%(number)s unchanged", unchanged) % {"number": unchanged},
        ngettext("%(number)s not in this list", "%(number)s not in this list", absent)
        % {"number": absent},
    ]
