from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.reports.models.campaign import Campaign, CampaignLanguage


class OpenRequest(models.Model):
    """Somebody without an invitation who wants to answer: nothing more than an address to confirm.

    It becomes an answer when the link that was sent there is used, and is forgotten otherwise.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="open_requests")
    coop_name = models.CharField(_("co-operative, as typed"), max_length=150)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=2, choices=CampaignLanguage.choices, default="fr")
    digest = models.CharField(max_length=64, blank=True, db_index=True)  # of the link in the mail
    was_worked_for = models.BooleanField(default=False)  # the browser did its proof of work
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "email"], name="one_request_an_address")
        ]

    def __str__(self) -> str:
        return f"{self.coop_name} ({self.campaign_id})"
