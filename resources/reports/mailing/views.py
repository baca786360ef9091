"""The page that the last link of each mail leads to.

A link only shows a button: whatever follows links by itself, such as the filter of a mail server,
changes nothing. A mail program that posts here stops the mails at once (RFC 8058).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.core.templatetags.formats import long_date
from resources.alert_views import of_a_link
from resources.reports.mailing.stopping import is_stopped, stop, whom_of
from resources.reports.models import Answer


@of_a_link
def campaign_mail_stop(request: HttpRequest, code: str) -> HttpResponse:
    """Stop the mails of campaigns for one address."""
    whom = whom_of(code)
    if whom is None:
        return _page(
            request,
            _("This link no longer works"),
            _("It may be cut in two by the mail program, or the address is erased already."),
            status=404,
        )
    if request.method == "POST":
        stop(whom, _why())
    elif not is_stopped(whom):
        of_answer = isinstance(whom, Answer)
        return _page(
            request,
            _("Receive no more mail about campaigns?"),
            _(
                "Your co-operative can still answer: its link goes on working. The mails are those of"
            ),
            campaign=whom.campaign if of_answer else whom.participant.campaign,
            button=_("Send me no more mail"),
        )
    return _page(
        request,
        _("You will receive no more mail about campaigns"),
        _("If it was a mistake, write to the federation."),
    )


def _why() -> str:
    """Read by editors, in the language of the house."""
    with override("fr"):
        return _("by the link of a mail, on %(day)s") % {"day": long_date(timezone.localdate())}


def _page(
    request: HttpRequest, heading: str, text: str, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"heading": heading, "text": text, **more}
    return render(request, "reports/mail_stop.html", context, status=status)
