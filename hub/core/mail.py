"""Mail that leaves after its transaction, once, whatever becomes of the mail server.

``send_later`` keeps the message beside what caused it; the worker sends it. Its Message-ID stays
the same from one attempt to the next, so that a message sent twice is shown once.
"""

import hashlib
import smtplib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext_lazy as _

from hub.core import outbox
from hub.core.models import OutboxItem

KIND = "mail"
BATCH = 20


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
        "subject": " ".join(subject.split()),
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


def _message(item: OutboxItem, connection: Any) -> EmailMessage:
    payload = item.payload
    return EmailMessage(
        payload["subject"],
        payload["body"],
        to=[payload["to"]],
        reply_to=[payload["reply_to"]] if payload["reply_to"] else None,
        headers={"Message-ID": message_id(item.key), **payload["headers"]},
        connection=connection,
    )


def _send(items: Sequence[OutboxItem]) -> outbox.Failures:
    """Send each message on one connection; a refusal for good is not tried again."""
    failures: dict[int, outbox.Failure] = {}
    connection = get_connection()
    for item in items:
        try:
            _message(item, connection).send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _text in error.recipients.values()]
            final = all(code >= 500 for code in codes)
            failures[item.pk] = outbox.Failure(f"The address is refused: {codes}.", final)
        except smtplib.SMTPResponseException as error:
            text = f"The mail server answers {error.smtp_code}."
            failures[item.pk] = outbox.Failure(text, final=500 <= error.smtp_code < 600)
        except OSError as error:
            failures[item.pk] = outbox.Failure(f"The mail server is away: {error}.")
    connection.close()
    return failures


def register() -> None:
    """Called when the app is ready."""
    outbox.register(outbox.Handler(KIND, _send, batch=BATCH, label=_("messages to send")))
