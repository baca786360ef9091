"""What readers look for, counted by day: never who, never when within the day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchCount(models.Model):
    """How often a query was searched for on a day, in the lists of one locale.

    `query` is folded, so that spellings meet; `shown` is how most people type it, and `lead` how far
    that spelling is ahead of the others together. Nothing but `search.counting` writes here.
    """

    wagtail_reference_index_ignore = True

    day = models.DateField(_("day"))
    locale = models.CharField(_("language"), max_length=20)
    query = models.CharField(_("query"), max_length=200)
    shown = models.CharField(_("query as typed"), max_length=200)
    lead = models.PositiveIntegerField(default=0)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    without_result = models.PositiveIntegerField(_("without result"), default=0)
    clicks = models.PositiveIntegerField(_("clicks"), default=0)

    class Meta:
        verbose_name = _("search of readers")
        verbose_name_plural = _("searches of readers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day", "locale", "query"], name="search_counted_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.shown
