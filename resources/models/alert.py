from django.db import models

from resources.models.wish import MailWish, digest_of, nobodys_digest

__all__ = ["LONGEST_PARAMETERS", "SearchAlert", "digest_of", "nobodys_digest"]
LONGEST_PARAMETERS = 1_000


class SearchAlert(MailWish):
    """Somebody wants to be told by mail of what is new in a search.

    Only ``resources.alerts`` and ``resources.digests`` read or write what is its own.
    """

    # The query string of the state that is followed; empty for everything.
    parameters = models.CharField(max_length=LONGEST_PARAMETERS, blank=True)
    # What was published before this moment was looked at; `seen` are the last pages known, because
    # what is published while one looks may carry an earlier hour.
    seen_until = models.DateTimeField(null=True)
    seen = models.JSONField(default=list)

    class Meta(MailWish.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["email", "locale", "parameters"], name="alert_once_for_a_search"
            )
        ]
        indexes = [
            models.Index(
                fields=["seen_until"],
                condition=models.Q(confirmed_at__isnull=False),
                name="alert_to_look_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.locale} {self.parameters}"
