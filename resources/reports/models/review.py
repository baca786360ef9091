from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.reports.models.answers import Answer


class AppendOnlyError(Exception):
    """A log is written once: nothing in it changes."""


class ReviewEvent(models.Model):
    """One step of an answer: who, when, why, and what it changed. Written by ``workflow`` alone."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="events")
    before = models.CharField(_("from"), max_length=12)
    after = models.CharField(_("to"), max_length=12)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    who = models.CharField(_("who"), max_length=150)
    why = models.TextField(_("why"), blank=True)
    changes = models.JSONField(default=dict)  # {"what": [before, after]}
    made_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("step of an answer")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnlyError
        super().save(*args, **kwargs)


class Publication(models.Model):
    """The page that tells an answer. It exists only by an act that accepted the answer."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="publication")
    accepted_by = models.ForeignKey(ReviewEvent, on_delete=models.PROTECT, related_name="+")
    page = models.OneToOneField(
        "resources.ExperienceReportPage", on_delete=models.PROTECT, related_name="publication"
    )
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("published answer")

    def __str__(self) -> str:
        return f"{self.answer_id} → {self.page_id}"
