"""What the site still has to do outside of the transaction that asked for it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class OutboxItem(models.Model):
    """Something to do once its transaction is kept: one row for each kind and key.

    Asking again for the same key raises ``version`` and makes the row wait again, so that work
    already under way never counts for what was asked since. Only ``hub.core.outbox`` writes here.
    """

    wagtail_reference_index_ignore = True

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("subject"), max_length=200)
    payload = models.JSONField(default=dict)
    version = models.PositiveBigIntegerField(default=1)
    done = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    asked_at = models.DateTimeField(_("asked on"), db_default=Now())
    due_at = models.DateTimeField(_("next attempt"), db_default=Now())
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    given_up_at = models.DateTimeField(_("given up on"), null=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("task in waiting")
        verbose_name_plural = _("tasks in waiting")
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="outbox_once")]
        indexes = [
            models.Index(
                fields=["kind", "due_at"],
                condition=models.Q(done=False, given_up_at=None),
                name="outbox_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class JobRun(models.Model):
    """When a regular job last began, so that several workers share one clock."""

    wagtail_reference_index_ignore = True

    name = models.CharField(max_length=60, unique=True)
    began_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
