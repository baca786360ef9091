"""Letters for those whom no mail reaches: a page each, with the code that opens their answer."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from hub.core.models import FederationSettings
from resources.reports import access
from resources.reports.admin.invitation_screen import InvitationScreen
from resources.reports.mailing.moments import moment_in_paris
from resources.reports.models import Campaign, Contact, Participant
from resources.reports.tracking import Line, lines_of


@dataclass(frozen=True)
class Paper:
    """What stands on one page."""

    participant: Participant
    name: str
    language: str
    code: str
    closing: str


class LettersView(InvitationScreen):
    """Chooses the co-ops: those that have sent nothing and that no mail reaches, to begin with."""

    template_name = "reports/admin/invitation_letters.html"
    page_title = gettext_lazy("Letters")
    header_icon = "doc-full"
    tab = "letters"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = [line for line in lines_of(self.campaign) if line.sent_at is None]
        return super().get_context_data(**kwargs) | {
            "lines": sorted(waiting, key=lambda line: line.is_reachable)
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """New codes, shown this once: the ones of earlier letters work no more."""
        wanted = set(request.POST.getlist("coop"))
        lines = [x for x in lines_of(self.campaign) if str(x.participant.pk) in wanted]
        if not lines:
            messages.error(request, _("Choose at least one co-operative."))
            return redirect("invitations:letters", self.campaign.pk)
        context = {
            "campaign": self.campaign,
            "papers": _papers(self.campaign, lines),
            "address": f"{settings.BASE_URL}{reverse('answer_code')}",
            "federation": FederationSettings.load(),
        }
        response = render(request, "reports/admin/letters.html", context)
        add_never_cache_headers(response)
        return response


@transaction.atomic
def _papers(campaign: Campaign, lines: list[Line]) -> list[Paper]:
    """One a co-op; whoever is written to is invited."""
    found = []
    for line in lines:
        contact = _contact(line)
        code = access.new_code(line.participant)
        name, language = (contact.name, contact.language) if contact else ("", "fr")
        with override(language):
            closing = moment_in_paris(campaign.closes_at)
        found.append(Paper(line.participant, name, language, code, closing))
    pks = [line.participant.pk for line in lines]
    Participant.objects.filter(pk__in=pks, invited_at=None).update(invited_at=timezone.now())
    return found


def _contact(line: Line) -> Contact | None:
    return next(iter(line.contacts), None)
