"""A questionnaire as one file: taken away, and brought in once its changes have been looked at."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from resources.reports.admin.campaign_form import all_problems
from resources.reports.admin.screens import CampaignScreen, address
from resources.reports.models import Phase
from resources.reports.questionnaire import exchange
from resources.reports.questionnaire.checks import said
from resources.reports.questionnaire.comparison import compare
from resources.reports.questionnaire.file_checks import faults
from resources.reports.questionnaire.schema import Questionnaire
from resources.reports.questionnaire.stream import to_stream


class ExportView(CampaignScreen):
    """The questionnaire as it is being edited."""

    permission_required = "view"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = exchange.write(self.campaign.shape)
        response = HttpResponse(content, content_type="application/json; charset=utf-8")
        name = f"questionnaire-{self.campaign.slug}.json"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File of a questionnaire"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )


class ImportView(CampaignScreen):
    """Twice the same address: a file first, then its content with what was seen of the campaign."""

    page_title = _("Import a questionnaire")
    header_icon = "upload"
    template_name = "reports/admin/questionnaire_import.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": FileForm()} | super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "content" in request.POST:
            return self.bring_in(request.POST["content"].replace("\r\n", "\n").encode())
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self.look_at(form.cleaned_data["file"].read(exchange.LARGEST + 1))

    def read(self, content: bytes) -> tuple[Questionnaire | None, list[str]]:
        wrong = faults(content)
        if wrong:
            return None, wrong
        try:
            questionnaire = exchange.read(content)
        except exchange.ExchangeError:
            return None, [now("This file is no questionnaire.")]
        found = all_problems(self.campaign, questionnaire)
        return questionnaire, [said(questionnaire, problem) for problem in found]

    def look_at(self, content: bytes) -> HttpResponse:
        questionnaire, wrong = self.read(content)
        told: dict[str, Any] = {"problems": wrong}
        if questionnaire is not None and not wrong:
            told |= {
                "comparison": compare(self.campaign.shape, questionnaire),
                "content": exchange.write(questionnaire),
                "seen": self.stored.latest_revision_id or "",
            }
        return self.render_to_response(self.get_context_data(**told))

    def bring_in(self, content: bytes) -> HttpResponse:
        questionnaire, wrong = self.read(content)
        changed_meanwhile = self.request.POST.get("seen", "") != str(
            self.stored.latest_revision_id or ""
        )
        if questionnaire is None or wrong or changed_meanwhile:
            if changed_meanwhile:
                words = now("The campaign was changed meanwhile: look at the differences again.")
                messages.warning(self.request, words)
            return self.look_at(content)
        draft = self.campaign
        field = draft._meta.get_field("sections")
        draft.sections = field.to_python(to_stream(questionnaire))
        with transaction.atomic():  # the form shows the revision: no row goes without
            if self.stored.phase() == Phase.DRAFT:
                draft.save()
            draft.save_revision(user=self.request.user, log_action=True)
        words = now("The questionnaire was imported, as a draft: look at it, then publish.")
        messages.success(self.request, words)
        return redirect(address("edit", draft))
