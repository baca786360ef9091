"""The pages of an alert: the form, and those that the links of its messages lead to.

A link only shows a button: whatever follows links by itself, such as the filter of a mail server,
changes nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hub.core.languages import current_language
from hub.core.visitor_forms import VisitorForm
from resources.alerts import ask_for
from resources.facets import parse
from resources.following import Followed
from resources.models.alert import LONGEST_PARAMETERS
from resources.wishes import asked_with, confirm, found_by, kind_of, stop, stopped_by

SALT = "search-alert"


class AddressForm(VisitorForm):
    """Asks for an address, and for nothing else."""

    salt = SALT
    shortest_filling = 2

    email = forms.EmailField(
        label=_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _lazy("Write your e-mail address: the messages go there."),
            "invalid": _lazy("This address is not complete: it looks like name@example.org."),
        },
    )


class AlertForm(AddressForm):
    """Follows a search."""

    def __init__(self, followed: Followed, data: Any = None) -> None:
        super().__init__(data)
        self.followed = followed

    def clean(self) -> dict[str, Any]:
        """The search is checked first: nothing else matters when it cannot be kept."""
        if len(self.followed.parameters) > LONGEST_PARAMETERS:
            raise ValidationError(_("This search is too long to be followed: remove some filters."))
        return super().clean()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alert_form(request: HttpRequest) -> HttpResponse:
    """Ask to be told of what is new in the state that the address names.

    What follows is the same page whether the address is known or not.
    """
    selection = parse(request.GET, current_language())
    followed = Followed.of(selection.lenient())
    form = AlertForm(followed, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        ask_for(form.cleaned_data["email"], followed)
        return HttpResponseRedirect(reverse("alert_asked"))
    context = {"form": form, "followed": followed}
    status = 422 if form.is_bound else 200
    return render(request, "resources/alert_form.html", context, status=status)


@require_safe
def alert_asked(request: HttpRequest) -> HttpResponse:
    return _answer(
        request,
        _("Look in your mailbox"),
        _(
            "If this address may receive an alert, a message is on its way. Open the link in it"
            " within seven days: the alert begins there."
        ),
        more=_("Nothing after a few minutes? Look among the unwanted messages."),
    )


def of_a_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose address is a secret: no cookie is needed besides, no other page is told of it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(wrapped)))


@of_a_link
def alert_confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """Only whoever reads the mailbox has the token."""
    wish = asked_with(token)
    if wish is None:
        return _unknown(request)
    subject, texts = kind_of(wish).subject(wish), kind_of(wish).texts()
    if request.method == "POST":
        confirm(wish)
    elif not wish.confirmed_at:
        return _answer(
            request,
            _("Confirm your alert"),
            texts["asked"],
            subject=subject,
            button=_("I confirm"),
        )
    return _answer(
        request,
        _("Your alert is on"),
        texts["on"],
        subject=subject,
        more=_("Each message holds a link to receive nothing more."),
    )


@of_a_link
def alert_stop(request: HttpRequest, code: str) -> HttpResponse:
    """Stop an alert: by the button, or at once when a mail program posts here (RFC 8058)."""
    digest = stopped_by(code)
    if digest is None:
        return _unknown(request)
    wish = found_by(digest)
    if request.method == "POST":
        stop(digest)
    elif wish:
        return _answer(
            request,
            _("Stop this alert?"),
            kind_of(wish).texts()["stop"],
            subject=kind_of(wish).subject(wish),
            button=_("Stop the alert"),
        )
    return _answer(
        request,
        _("This alert is stopped"),
        _("You will receive nothing more about it. Your address is erased."),
    )


def _unknown(request: HttpRequest) -> HttpResponse:
    return _answer(
        request,
        _("This link no longer works"),
        _(
            "It may be older than seven days, cut in two by the mail program, or its alert is stopped."
        ),
        more=_("To be told of what is new, ask for an alert again."),
        status=404,
    )


def _answer(
    request: HttpRequest, heading: str, text: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of a few words."""
    context = {"heading": heading, "text": text, **more}
    return render(request, "resources/alert_answer.html", context, status=status)
