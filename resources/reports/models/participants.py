from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.reports.models.campaign import Campaign, CampaignLanguage


class Participant(models.Model):
    """A co-op that is invited to a campaign: one line of the invitation list."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="participants", verbose_name=_("campaign")
    )
    organisation = models.ForeignKey(
        "resources.Organisation",
        on_delete=models.PROTECT,
        related_name="participations",
        verbose_name=_("co-operative"),
    )
    invited_at = models.DateTimeField(_("invited on"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened the form on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["organisation__name"]
        verbose_name = _("invited co-operative")
        verbose_name_plural = _("invited co-operatives")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation"], name="coop_invited_once_a_season"
            )
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Contact(models.Model):
    """Somebody of an invited co-op who receives the mails of the campaign."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Receives the mails")
        BOUNCED = "bounced", _("Address refused")
        STOPPED = "stopped", _("Wants no more mail")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(
        _("language"), max_length=2, choices=CampaignLanguage.choices, default="fr"
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ACTIVE)
    state_why = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("contact")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "email"], name="contact_once_a_participant"
            )
        ]

    def __str__(self) -> str:
        return self.email


class AccessLink(models.Model):
    """The digest of a secret that opens the answer of one co-op: of a link, or typed from a letter.

    Only ``resources.reports.access`` makes, reads and revokes them. The secret itself is kept
    nowhere.
    """

    class Kind(models.TextChoices):
        LINK = "link", _("link in a mail")
        CODE = "code", _("code of a letter")

    answer = models.ForeignKey(
        "reports.Answer", on_delete=models.CASCADE, null=True, related_name="links"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, related_name="links"
    )
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="links")
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.LINK)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer__isnull=False) | models.Q(participant__isnull=False),
                name="access_link_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
