from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.reports.models.answers import Answer


class AppendOnlyError(Exception):
    """A log is written once: nothing in it changes."""


class AppendOnlyQuerySet(models.QuerySet["ReviewEvent"]):
    """Lines are added. They disappear with their answer alone, which the database sees to."""

    def update(self, **fields: Any) -> int:
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise AppendOnlyError


class ReviewEvent(models.Model):
    """One step of an answer: who, when, why, and what it changed. Written by ``workflow`` alone.

    The database refuses what changes a line too, but for the erasure of its words
    (``resources.reports.triggers``).
    """

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

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("step of an answer")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError


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
