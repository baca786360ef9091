import hashlib
import secrets
from typing import ClassVar

from django.db import models

LONGEST_PARAMETERS = 1_000


def digest_of(token: str) -> str:
    """All that is kept of the token of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def nobodys_digest() -> str:
    """The digest of a token that is thrown away: no link leads there."""
    return digest_of(secrets.token_urlsafe(32))


class SearchAlert(models.Model):
    """Somebody wants to be told by mail of what is new in a search.

    Only ``resources.alerts`` and ``resources.digests`` read or write it: the address serves for
    nothing else, and no screen of the admin shows it. There are no permissions to give on it.
    """

    wagtail_reference_index_ignore: ClassVar[bool] = True

    email = models.EmailField()
    locale = models.CharField(max_length=12)
    # The query string of the state that is followed; empty for everything.
    parameters = models.CharField(max_length=LONGEST_PARAMETERS, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, default=nobodys_digest)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    # The last message of any kind about this alert.
    last_sent_at = models.DateTimeField(null=True)
    # What was published before this moment was looked at; `seen` are the last pages known, because
    # what is published while one looks may carry an earlier hour.
    seen_until = models.DateTimeField(null=True)
    seen = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
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
