"""Mail that leaves after its transaction, once, whatever becomes of the mail server.

``send_later`` keeps the message beside what caused it; the worker sends it. Its Message-ID stays
the same from one attempt to the next, so that a message sent twice is shown once.

``compose_later`` keeps only what the message is about: it is written when it is sent, so that it
tells the truth of that moment and nobody's address waits anywhere.
"""

import hashlib
import logging
import smtplib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext_lazy as _

from hub.core import outbox
from hub.core.models import OutboxItem

logger = logging.getLogger(__name__)
KIND = "mail"
BATCH = 20


@dataclass(frozen=True)
class Letter:
    """What a composer writes."""

    to: str
    subject: str
    body: str
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[tuple[str, str, str]] = ()  # name, text, kind such as « text/html »


# Writes a letter from its data, at each attempt; None when there is nothing left to say.
Composer = Callable[[Mapping[str, Any]], Letter | None]
_composers: dict[str, Composer] = {}


def register_composer(name: str, composer: Composer) -> None:
    """Say who writes the letters of this name: called when an app is ready."""
    _composers[name] = composer


def compose_later(key: str, composer: str, data: Mapping[str, Any]) -> None:
    """Have a composer write one message when it is sent; kept in the caller's transaction.

    The same key is one message; ``data`` says what it is about, not to whom.
    """
    outbox.ask(KIND, {key: {"composer": composer, "data": dict(data)}})


def send_later(
    key: str,
    *,
    subject: str,
    body: str,
    to: str,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Keep one message for one person, in the caller's transaction.

    ``key`` says which message this is (« alert-12-2026-W48 »): the same key is one message.
    """
    payload = {
        "subject": subject,
        "body": body,
        "to": to,
        "reply_to": reply_to,
        "headers": dict(headers or {}),
    }
    outbox.ask(KIND, {key: payload})


def message_id(key: str) -> str:
    """The Message-ID of the message of this key: says nothing of the key itself."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{key}".encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.BASE_URL).hostname}>"


def _letter(item: OutboxItem) -> Letter | None:
    payload = item.payload
    if "composer" in payload:
        return _composers[payload["composer"]](payload["data"])
    return Letter(
        to=payload["to"],
        subject=payload["subject"],
        body=payload["body"],
        reply_to=payload["reply_to"],
        headers=payload["headers"],
    )


def _message(key: str, letter: Letter, connection: Any) -> EmailMessage:
    message = EmailMessage(
        " ".join(letter.subject.splitlines()),
        letter.body,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={"Message-ID": message_id(key), **letter.headers},
        connection=connection,
    )
    for name, content, kind in letter.files:
        message.attach(name, content, kind)
    return message


def _send(items: Sequence[OutboxItem]) -> outbox.Failures:
    """Send each message on one connection; a refusal for good is not tried again."""
    connection = get_connection()
    found = {item.pk: _attempt(item, connection) for item in items}
    connection.close()
    return {pk: failure for pk, failure in found.items() if failure}


def _attempt(item: OutboxItem, connection: Any) -> outbox.Failure | None:
    """Send one message, if it still has something to say; return why it did not leave."""
    try:
        letter = _letter(item)
        if letter is not None:
            _message(item.key, letter, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        return outbox.Failure(f"The address is refused: {codes}.", all(c >= 500 for c in codes))
    except smtplib.SMTPResponseException as error:
        final = 500 <= error.smtp_code < 600
        return outbox.Failure(f"The mail server answers {error.smtp_code}.", final)
    except OSError as error:
        return outbox.Failure(f"The mail server is away: {error}.")
    except Exception as error:
        # The others of the batch must neither wait for this one nor be sent twice because of it.
        logger.exception("a message could not be written")
        return outbox.Failure(f"It could not be written: {type(error).__name__}.")
    return None


def register() -> None:
    """Called when the app is ready."""
    outbox.register(outbox.Handler(KIND, _send, batch=BATCH, label=_("messages to send")))
