from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.reports.models.campaign import Campaign
from resources.reports.models.review import AppendOnlyError


class DataAct(models.Model):
    """Who took data out, or erased some, and when: never whose words, never the words."""

    class Kind(models.TextChoices):
        EXPORT = "export", _("Export")
        ACCESS = "access", _("Copy given to the co-operative")
        ERASURE = "erasure", _("Erasure")
        RETENTION = "retention", _("End of the time that data is kept")

    campaign = models.ForeignKey(
        Campaign, on_delete=models.SET_NULL, null=True, related_name="data_acts"
    )
    kind = models.CharField(_("act"), max_length=10, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    who = models.CharField(_("who"), max_length=150)
    detail = models.JSONField(_("what"), default=dict)  # format, counts, filters
    made_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("act on data")
        verbose_name_plural = _("acts on data")

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%d/%m/%Y}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk:
            raise AppendOnlyError
        super().save(*args, **kwargs)
