from typing import ClassVar

from django.db import models


class ReviewNotice(models.Model):
    """Somebody was told that this was to be read again on that day: nobody is told twice."""

    wagtail_reference_index_ignore: ClassVar[bool] = True

    # « page-12-2026-01-31 », « legal-3-2026-01-31 »
    key = models.CharField(max_length=60, unique=True)
    told_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
