"""The secrets that open an answer: those of links, and those that people type from a letter.

A link holds 256 random bits, a code 67; only the SHA-256 is kept. Each newer one replaces the one
before for the same person.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from hub.core import jobs
from hub.core.languages import current_language
from resources.reports.models import AccessLink, Answer, Contact, Participant

# An answer can be read, and a consent taken back, long after the end of a campaign.
KEPT_AFTER_CLOSING: Final = timedelta(days=400)
# What has stopped to be an entrance stopped at a moment that no clock goes back to.
LONG_PAST: Final = datetime(1970, 1, 1, tzinfo=UTC)
# No sign that looks like another: neither 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
CODE_SIGNS: Final = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH, CODE_GROUP = 15, 5
# No mail program makes a link of what a stranger wrote as a name.
NO_LINK: Final = str.maketrans(dict.fromkeys("./:@\\\u3002", " "))
Kind = AccessLink.Kind
# A co-op takes back at any moment what it agreed to: its link lives as long as its story is public.
IS_PUBLIC: Final = Q(answer__state=Answer.State.PUBLISHED) | Q(
    participant__answer__state=Answer.State.PUBLISHED
)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def new_link(
    *,
    participant: Participant | None = None,
    answer: Answer | None = None,
    contact: Contact | None = None,
    message: str = "",
) -> str:
    """The whole address of a new personal link, which is written nowhere else.

    It replaces the previous link of the same contact; of an answer without an invitation, those
    that were sent before. A link for a participant alone replaces nothing. The same ``message`` is
    the same link: a mail that is tried again, and may have arrived the first time, says the same.
    """
    if contact is not None:
        participant = contact.participant
    secret = _of_message(message) if message else secrets.token_urlsafe(32)
    link = _link(Kind.LINK, secret, participant, answer, contact)
    with transaction.atomic():
        if not AccessLink.objects.filter(digest=link.digest).exists():
            _replace(_previous(link))
            link.save()
    with override(_language(contact, answer)):
        return address_of(secret)


def _of_message(message: str) -> str:
    """A secret that nobody can guess without the key of the site, and that is kept nowhere either."""
    made = salted_hmac("answer-link", message, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def handed_link(participant: Participant | None, answer: Answer | None) -> str:
    """The whole address of one more link to the same answer, for a colleague: it replaces none."""
    secret = secrets.token_urlsafe(32)
    _link(Kind.LINK, secret, participant, answer, None).save()
    return address_of(secret)


def first_link(answer: Answer, digest: str) -> AccessLink:
    """The link that confirmed an address becomes that of the answer; not saved."""
    link = _link(Kind.LINK, "", None, answer, None)
    link.digest = digest
    return link


def handed_lately(
    participant: Participant | None, answer: Answer | None, at: datetime
) -> QuerySet[AccessLink]:
    """The links that colleagues handed to each other during the last day."""
    recent = AccessLink.objects.filter(
        kind=Kind.LINK, contact=None, made_at__gt=at - timedelta(days=1)
    )
    return recent.filter(participant=participant) if participant else recent.filter(answer=answer)


def address_of(secret: str) -> str:
    return f"{settings.BASE_URL}{reverse('answer_open', args=[secret])}"


def new_code(participant: Participant) -> str:
    """A code to print in a letter; it replaces the previous one."""
    signs = "".join(secrets.choice(CODE_SIGNS) for _each in range(CODE_LENGTH))
    link = _link(Kind.CODE, signs, participant, None, None)
    with transaction.atomic():
        _replace(AccessLink.objects.filter(participant=participant, kind=Kind.CODE))
        link.save()
    return "-".join(signs[n : n + CODE_GROUP] for n in range(0, CODE_LENGTH, CODE_GROUP))


def revoke(links: QuerySet[AccessLink]) -> int:
    """Close the door to whoever came in by these links, at once; return how many they were."""
    return links.filter(revoked_at=None).update(revoked_at=timezone.now())


def _link(
    kind: str,
    secret: str,
    participant: Participant | None,
    answer: Answer | None,
    contact: Contact | None,
) -> AccessLink:
    """Of an invited co-op, the link leads to the participant: it outlives a draft that is erased."""
    if participant is None and answer is not None:
        participant = answer.participant
    campaign = (participant or answer).campaign  # type: ignore[union-attr]
    now = timezone.now()
    return AccessLink(
        kind=kind,
        digest=digest_of(secret),
        participant=participant,
        answer=None if participant else answer,
        contact=contact,
        expires_at=max(campaign.closes_at, now) + KEPT_AFTER_CLOSING,
    )


def _previous(link: AccessLink) -> QuerySet[AccessLink]:
    links = AccessLink.objects.filter(kind=Kind.LINK)
    if link.contact_id:
        return links.filter(contact=link.contact_id)
    return links.filter(answer=link.answer_id) if link.answer_id else links.none()


def _replace(links: QuerySet[AccessLink]) -> None:
    links.filter(expires_at__gt=LONG_PAST).update(expires_at=LONG_PAST)


def entrances(at: datetime) -> QuerySet[AccessLink]:
    """The links and codes that open something at this moment, those replaced or revoked left out."""
    links = AccessLink.objects.filter(revoked_at=None, expires_at__gt=LONG_PAST)
    return links.filter(Q(expires_at__gt=at) | IS_PUBLIC)


def close_expired() -> None:
    """Close for good what has expired: a clock that goes back afterwards opens nothing again."""
    _replace(AccessLink.objects.filter(expires_at__lte=Now()).exclude(IS_PUBLIC))


def _language(contact: Contact | None, answer: Answer | None) -> str:
    if contact is not None:
        return contact.language
    return answer.language if answer is not None else current_language()


def code_typed(text: str) -> str:
    """A code as it was made, however it was typed."""
    return "".join(sign for sign in text.upper() if sign in CODE_SIGNS)[: CODE_LENGTH + 1]


def register() -> None:
    """Called when the app is ready."""
    jobs.register(jobs.Job("links that have expired", timedelta(minutes=10), close_expired))
