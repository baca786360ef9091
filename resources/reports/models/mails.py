from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from hub.core.models.settings import in_active_language
from resources.reports.mailing.words import VARIABLES, unknown_variables
from resources.reports.models.answers import Answer
from resources.reports.models.campaign import Campaign
from resources.reports.models.participants import Contact


class PlannedMail(Orderable):
    """One mail of a campaign: to whom, when, in which words."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening, to all")
        NOT_STARTED = "not-started", _("Reminder to those who have not begun")
        UNFINISHED = "unfinished", _("Reminder to those who have a draft")
        LAST_DAYS = "last-days", _("Last days, to those who have not sent")
        THANKS = "thanks", _("Thanks, to those who answered")
        RESULTS = "results", _("Results, to those who answered")

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(_("mail"), max_length=12, choices=Kind.choices)
    due_at = models.DateTimeField(_("leaves on"), help_text=_("Hour of Paris."))
    subject_fr = models.CharField(_("subject in French"), max_length=150)
    subject_en = models.CharField(_("subject in English"), max_length=150, blank=True)
    body_fr = models.TextField(
        _("text in French"),
        help_text=_("{coop}, {name}, {link}, {closing} and {campaign} are replaced."),
    )
    body_en = models.TextField(_("text in English"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("due_at")]),
        FieldPanel("subject_fr"),
        FieldPanel("body_fr"),
        FieldPanel("subject_en"),
        FieldPanel("body_en"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("planned mail")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_at:%d/%m/%Y}"

    def clean(self) -> None:
        """A variable that nothing replaces would be read by 160 co-ops."""
        super().clean()
        wrong = {
            name: _("{%(variable)s} is not known; these are: %(known)s.")
            % {"variable": unknown[0], "known": ", ".join(f"{{{v}}}" for v in VARIABLES)}
            for name in ("subject_fr", "body_fr", "subject_en", "body_en")
            if (unknown := unknown_variables(getattr(self, name)))
        }
        if wrong:
            raise ValidationError(wrong)

    @property
    def subject(self) -> str:
        return in_active_language(self, "subject")

    @property
    def body(self) -> str:
        return in_active_language(self, "body")


class SentMail(models.Model):
    """That a planned mail was asked for, and what became of it.

    For one contact of an invited co-op, or for whoever sent one answer without an invitation.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        NOT_NEEDED = "not-needed", _("No longer needed")
        REFUSED = "refused", _("Refused by the address")

    # A mail that was sent stays: without it, nobody would know who has it. Its campaign may go.
    mail = models.ForeignKey(PlannedMail, on_delete=models.RESTRICT, related_name="sendings")
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, related_name="sendings"
    )
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="sendings")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mail", "contact"], name="mail_once_a_contact"),
            models.UniqueConstraint(fields=["mail", "answer"], name="mail_once_an_answer"),
            models.CheckConstraint(
                condition=models.Q(contact__isnull=True) ^ models.Q(answer__isnull=True),
                name="mail_is_for_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mail_id} → {self.contact_id or self.answer}"
