"""« Hand it to a colleague »: one more link to the same answer, shown once or sent by mail."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from resources.reports.access import Holder, handed_link, untold, with_holder
from resources.reports.access_letters import hand_over
from resources.reports.access_secrets import handed_lately

MOST_A_DAY: Final = 20
UNPROCESSABLE: Final = 422


class ColleagueForm(forms.Form):
    email = forms.EmailField(
        label=_lazy("The e-mail address of your colleague"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _lazy("Write the address of your colleague: the link goes there."),
            "invalid": _lazy("This address is not complete: it looks like name@example.org."),
        },
    )

    def __init__(self, holder: Holder, data: Any = None) -> None:
        super().__init__(data)
        self.holder = holder

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if too_many(self.holder):
            raise forms.ValidationError(
                _("That is a lot of links for one day: hand on one of those that you have made.")
            )
        return cleaned


@sensitive_variables("link")
@require_http_methods(["GET", "HEAD", "POST"])
@with_holder
def answer_handover(request: HttpRequest, holder: Holder) -> HttpResponseBase:
    """GET shows both ways; POST makes the link, and shows it this once or mails it."""
    if request.method != "POST":
        return _page(request, holder, ColleagueForm(holder))
    if "show" in request.POST and not too_many(holder):
        link = handed_link(holder.participant, holder.answer)
        response: HttpResponse = untold(_page(request, holder, ColleagueForm(holder), link=link))
        return response
    form = ColleagueForm(holder, request.POST)
    if not form.is_valid():
        return _page(request, holder, form, status=UNPROCESSABLE)
    hand_over(holder.participant, holder.answer, form.cleaned_data["email"])
    address = reverse("answer_handover", args=[holder.campaign.slug])
    return redirect(f"{address}?fait=1")


def too_many(holder: Holder) -> bool:
    lately = handed_lately(holder.participant, holder.answer, timezone.now())
    return lately.count() >= MOST_A_DAY


def _page(
    request: HttpRequest, holder: Holder, form: ColleagueForm, link: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "campaign": holder.campaign,
        "holder": holder,
        "form": form,
        "link": link,
        "is_done": "fait" in request.GET and status == 200 and not link,
    }
    return render(request, "reports/answer_handover.html", context, status=status)
