"""What the search knows of itself."""

from __future__ import annotations

from django.db import models


class SearchState(models.Model):
    """One row: what every search needs to know before it trusts what it remembers.

    `changes` grows with each writing of the index, and makes writers wait for each other; `steering`
    is another word after each rule that an editor changes; `version` is that of the analysis that made
    every row; `next_end` is when the first row ends, or ended.
    """

    wagtail_reference_index_ignore = True

    changes = models.PositiveBigIntegerField(default=0)
    steering = models.CharField(max_length=32, blank=True)
    version = models.PositiveIntegerField(default=0)
    next_end = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        permissions = [("steer_search", "Can watch how the search answers and rebuild its index")]

    def __str__(self) -> str:
        return f"{self.changes}/{self.steering}"


class IndexBuild(models.Model):
    """An index of the cluster that is being made beside the one in service."""

    wagtail_reference_index_ignore = True

    alias = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=120)
    checkpoint = models.BigIntegerField(default=0, help_text="The last page sent.")
    began_at = models.DateTimeField(auto_now_add=True)
    leased_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
