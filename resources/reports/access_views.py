"""The doors of an answer: the link of a mail, the code of a letter, the way out."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hub.core.languages import current_language, other_addresses
from hub.core.visitor_forms import VisitorForm
from resources.reports import open_answers
from resources.reports.access import Holder, entrance, forget, let_in, refused, untold
from resources.reports.access_letters import ask_for_link
from resources.reports.access_secrets import CODE_LENGTH, code_typed
from resources.reports.models import AccessLink, CampaignLanguage


@csrf_exempt
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def answer_open(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Exchange the secret of a link for the cookie. Whatever follows links by itself changes nothing.

    A link that confirms an address shows a button; the button begins the answer. The secret of the
    address is all the proof there is: without a ``Referer``, a browser does not say its origin.
    """
    holder = entrance(secret, AccessLink.Kind.LINK)
    if holder is None and request.method == "POST":
        holder = open_answers.confirm(secret)
    if holder is not None:
        return let_in(holder)
    asked = open_answers.asked_with(secret)
    if asked is None:
        return refused(request)
    page = shown(
        request, "reports/uninvited_confirm.html", {"campaign": asked.campaign, "asked": asked}
    )
    response: HttpResponse = untold(page)
    return response


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of your letter"),
        help_text=_("Three groups of five letters and figures. Capitals and dashes do not matter."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code that your letter gives.")},
    )
    holder: Holder | None = None

    def clean_code(self) -> str:
        typed = code_typed(self.cleaned_data["code"])
        if len(typed) == CODE_LENGTH:
            self.holder = entrance(typed, AccessLink.Kind.CODE)
        if self.holder is None:
            raise forms.ValidationError(
                _(
                    "This code opens nothing: check it character by character, or ask for a link by e-mail."
                )
            )
        return ""  # not needed any more


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_code(request: HttpRequest) -> HttpResponseBase:
    """Let in whoever types the code of a letter."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.holder:
        return let_in(form.holder)
    return shown(request, "reports/access_code.html", {"form": form} | _in_both(request))


class LostLinkForm(VisitorForm):
    """Asks where the link goes, and for nothing else."""

    salt = "lost-link"
    shortest_filling = 1

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one at which you receive our mails."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address: the link goes there."),
            "invalid": _("This address is not complete: it looks like name@example.org."),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_lost_link(request: HttpRequest) -> HttpResponse:
    """Send a new link to an address that we know. The page is the same for any other."""
    form = LostLinkForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        ask_for_link(form.cleaned_data["email"], current_language())
        return HttpResponseRedirect(reverse("answer_link_asked"))
    return shown(request, "reports/access_lost.html", {"form": form} | _in_both(request))


@never_cache
@require_safe
def answer_link_asked(request: HttpRequest) -> HttpResponse:
    return shown(request, "reports/access_asked.html", {})


@require_POST
def answer_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget, on this device, the answer of this campaign."""
    response = HttpResponseRedirect(reverse("answer_left"))
    forget(response, slug)
    return response


@never_cache
@require_safe
def answer_left(request: HttpRequest) -> HttpResponse:
    return shown(request, "reports/access_left.html", {})


def _in_both(request: HttpRequest) -> dict[str, Any]:
    return {"translations": other_addresses(request.get_full_path(), CampaignLanguage.values)}


def shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with maybe a form: 422 when it comes back with errors."""
    form = context.get("form")
    status = 422 if form is not None and form.is_bound else 200
    return render(request, template, context, status=status)
