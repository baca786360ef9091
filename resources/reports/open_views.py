"""Answering without an invitation: the form, and what it says next."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hub.core.languages import current_language
from hub.core.visitor_forms import VisitorForm
from resources.reports import open_answers
from resources.reports.models import Campaign
from resources.reports.proof_of_work import WorkField
from resources.reports.questionnaire.values import cleaned

FULL = 429


class UninvitedForm(VisitorForm):
    """Who wants to answer: the name of a co-op, and the address that the link goes to."""

    salt = "open-answer"
    shortest_filling = 3

    coop_name = forms.CharField(
        label=_lazy("The name of your co-operative"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _lazy("Write the name of your co-operative.")},
    )
    email = forms.EmailField(
        label=_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _lazy("Write your e-mail address: the link goes there."),
            "invalid": _lazy("This address is not complete: it looks like name@example.org."),
        },
    )
    work = WorkField()

    def clean_coop_name(self) -> str:
        return " ".join(cleaned(self.cleaned_data["coop_name"]).split())

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_uninvited(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the link that opens an answer, where the campaign is open to all."""
    campaign = get_object_or_404(Campaign, slug=slug)
    if not campaign.open_to_all or not campaign.is_open():
        raise Http404
    form = UninvitedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            open_answers.ask(campaign, form.cleaned_data, current_language())
        except open_answers.FullError:
            words = _("Too many people ask at this moment: come back in an hour, or write to us.")
            form.add_error(None, words)
            return _page(request, campaign, form, FULL)
        return HttpResponseRedirect(reverse("answer_uninvited_asked", args=[slug]))
    return _page(request, campaign, form, 422 if form.is_bound else 200)


def _page(
    request: HttpRequest, campaign: Campaign, form: UninvitedForm, status: int
) -> HttpResponse:
    context: dict[str, Any] = {"campaign": campaign, "form": form}
    return render(request, "reports/uninvited.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD"])
def answer_uninvited_asked(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = get_object_or_404(Campaign, slug=slug)
    if not campaign.open_to_all:
        raise Http404
    return render(request, "reports/uninvited_asked.html", {"campaign": campaign})
