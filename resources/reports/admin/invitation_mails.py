"""The planned mails of a campaign: what became of each, how it reads, one to try."""

import uuid
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from hub.core.languages import current_language
from hub.core.mail import Letter, send_later
from resources.models import Organisation
from resources.reports.admin.invitation_screen import InvitationScreen
from resources.reports.mailing import audience, defaults
from resources.reports.mailing.composing import letter_of, results_address
from resources.reports.mailing.planning import messages_of
from resources.reports.models import (
    CampaignLanguage,
    Contact,
    Participant,
    Phase,
    PlannedMail,
    SentMail,
)

Outcome = SentMail.Outcome
EXAMPLE: Final = gettext_lazy("Example co-operative")


@dataclass(frozen=True)
class Row:
    """A planned mail with what became of it."""

    mail: PlannedMail
    counts: dict[str, int]
    concerned: int | None  # how many contacts it would go to as things stand, before it begins

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        return [(label, self.counts[v]) for v, label in Outcome.choices if self.counts.get(v)]

    @property
    def is_late(self) -> bool:
        """Whether it has not begun, and will not any more."""
        late = timezone.now() - self.mail.due_at > audience.LATEST
        return self.mail.kind in audience.REMINDERS and late and not self.counts

    @property
    def word(self) -> str:
        """Why a mail is not where its date says."""
        campaign, mail = self.mail.campaign, self.mail
        now = timezone.now()
        asking = mail.kind in audience.ASKING
        if asking and not campaign.opens_at <= mail.due_at < campaign.closes_at:
            return _("Its date is outside of the campaign.")
        if mail.due_at > now or self.counts:
            return ""
        if self.is_late:
            return _("Too late: it will not leave any more.")
        if mail.kind == PlannedMail.Kind.RESULTS and campaign.synthesis_on is None:
            return _("It waits for the synthesis.")
        if campaign.phase() == Phase.DRAFT:
            return _("It waits until the campaign is published.")
        return ""


class MailsView(InvitationScreen):
    template_name = "reports/admin/invitation_mails.html"
    page_title = gettext_lazy("Mails")
    header_icon = "mail"
    tab = "mails"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mails = PlannedMail.objects.filter(campaign=self.campaign).select_related("campaign")
        sendings = SentMail.objects.filter(mail__campaign=self.campaign)
        counts: dict[int, dict[str, int]] = {}
        for mail, outcome, number in (
            sendings.order_by().values_list("mail", "outcome").annotate(Count("pk"))
        ):
            counts.setdefault(mail, {})[outcome] = number
        waiting = messages_of(self.campaign.pk) if self.campaign else messages_of(0)
        return super().get_context_data(**kwargs) | {
            "rows": [
                Row(
                    mail,
                    counts.get(mail.pk, {}),
                    None if mail.pk in counts else audience.audience(mail).count(),
                )
                for mail in mails.order_by("due_at", "pk")
            ],
            "given_up": waiting.filter(given_up_at__isnull=False).count(),
            "rate": self.campaign.mails_a_minute if self.campaign else 0,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Give a campaign without mails the default ones."""
        if not request.user.has_perm("reports.change_campaign"):
            messages.error(request, _("Only those who change campaigns add mails to them."))
        elif defaults.propose(self.campaign, request.user):
            messages.success(
                request, _("The default mails are there: check their dates and words.")
            )
        return redirect("invitations:mails", self.campaign.pk)


class PreviewView(InvitationScreen):
    """A mail with the data of a co-op, whose links lead nowhere; sent to oneself at the button."""

    template_name = "reports/admin/invitation_preview.html"
    header_icon = "view"

    @cached_property
    def mail(self) -> PlannedMail:
        mails = PlannedMail.objects.filter(campaign=self.campaign).select_related("campaign")
        return get_object_or_404(mails, pk=self.kwargs["mail"])

    @cached_property
    def participants(self) -> list[Participant]:
        rows = Participant.objects.filter(campaign=self.campaign)
        return list(rows.select_related("organisation"))

    def get_page_title(self) -> str:
        return str(self.mail.get_kind_display())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self._participant()
        return super().get_context_data(**kwargs) | {
            "mail": self.mail,
            "participants": self.participants,
            "chosen": chosen,
            "language": self._language(chosen),
            "languages": CampaignLanguage.choices,
            "letter": self._letter(chosen),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.email:
            messages.error(request, _("Your account has no e-mail address."))
            return self.render_to_response(self.get_context_data(), status=422)
        letter = self._letter(self._participant())
        send_later(
            f"campaign-trial-{uuid.uuid4()}",
            subject=_("[Trial] %(subject)s") % {"subject": letter.subject},
            body=letter.body,
            to=request.user.email,
            reply_to=letter.reply_to,
        )
        said = _("A trial leaves for %(address)s.") % {"address": request.user.email}
        messages.success(request, said)
        return redirect(request.get_full_path())

    def _participant(self) -> Participant | None:
        wanted = self.request.GET.get("coop", "")
        rows = self.participants
        return next((row for row in rows if str(row.pk) == wanted), rows[0] if rows else None)

    def _language(self, participant: Participant | None) -> str:
        wanted = self.request.GET.get("language")
        if wanted in CampaignLanguage.values:
            return str(wanted)
        contact = participant.contacts.first() if participant else None
        return contact.language if contact else "fr"

    def _page(self) -> str:
        """What stands in for the personal link, in the active language."""
        campaign = self.mail.campaign
        if self.mail.kind == PlannedMail.Kind.RESULTS:
            return results_address(campaign, current_language())
        return f"{settings.BASE_URL}{campaign.get_absolute_url()}"

    def _letter(self, participant: Participant | None) -> Letter:
        """As its contact would read it, with no link that opens an answer or stops anything."""
        invented = Participant(organisation=Organisation(name=str(EXAMPLE)))
        contact = participant.contacts.first() if participant else None
        contact = contact or Contact(email="contact@coop.example")
        contact.participant = participant or invented
        with override(self._language(participant)):
            page = self._page()
            stop = _("(here, the link of this contact to receive nothing more)")
            return letter_of(self.mail, contact, link=page, stop=stop)
