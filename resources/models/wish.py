import hashlib
import secrets
from typing import ClassVar

from django.db import models


def digest_of(token: str) -> str:
    """All that is kept of the token of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def nobodys_digest() -> str:
    """The digest of a token that is thrown away: no link leads there."""
    return digest_of(secrets.token_urlsafe(32))


class MailWish(models.Model):
    """Somebody wants to be written to about one thing: what every such wish keeps.

    Only ``resources.wishes`` and those who write its messages read or write it: the address serves
    for nothing else, and no screen of the admin shows it. There are no permissions to give on it.
    """

    wagtail_reference_index_ignore: ClassVar[bool] = True

    email = models.EmailField()
    locale = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, unique=True, default=nobodys_digest)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    # The last message of any kind about this wish.
    last_sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        default_permissions = ()
