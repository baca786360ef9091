"""The receipt of an answer: on the screen, as a page to keep, and by mail to the co-op’s contacts."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.core.languages import current_language
from hub.core.mail import Letter, compose_later, register_composer
from hub.core.models import FederationSettings
from resources.reports.answer_text import Names, told_sections
from resources.reports.controls import practice_titles
from resources.reports.models import Answer, Contact
from resources.reports.working import sent_part

COMPOSER = "answer-receipt"


def ask(answer: Answer, send_key: uuid.UUID) -> None:
    """Have the receipt of this sending written, in the caller's transaction.

    To whoever of the co-op receives its mails; to a confirmed address for an answer without an
    invitation.
    """
    if answer.is_test:
        return
    if answer.participant_id is None:
        if answer.email and answer.verified_at:
            compose_later(f"{COMPOSER}-{send_key}", COMPOSER, {"answer": answer.pk})
        return
    contacts = Contact.objects.filter(participant=answer.participant_id)
    for pk in contacts.filter(state=Contact.State.ACTIVE).values_list("pk", flat=True):
        about = {"answer": answer.pk, "contact": pk}
        compose_later(f"{COMPOSER}-{send_key}-{pk}", COMPOSER, about)


def letter(data: Mapping[str, Any]) -> Letter | None:
    """The receipt, as the answer stands when it leaves; nothing when answer or contact is gone."""
    answers = Answer.objects.select_related("campaign", "organisation")
    answer = answers.filter(pk=data["answer"]).first()
    contact = Contact.objects.filter(pk=data.get("contact")).first()
    if answer is None or answer.sent_at is None or ("contact" in data and contact is None):
        return None
    to = contact.email if contact else answer.email
    if not to:
        return None
    with override(contact.language if contact else answer.language):
        body = render_to_string("mail/answer_receipt.txt", _mail_context(answer, contact))
        document = render_to_string("reports/receipt_document.html", receipt_context(answer))
        subject = _("We have received your answer: %(campaign)s") % {
            "campaign": answer.campaign.title
        }
        files = [(file_name(answer), document, "text/html")]
        reply_to = FederationSettings.load().contact_email
        return Letter(to=to, subject=subject, body=body, reply_to=reply_to, files=files)


def _mail_context(answer: Answer, contact: Contact | None) -> dict[str, Any]:
    address = reverse("campaign", args=[answer.campaign.slug])
    return {
        "answer": answer,
        "campaign": answer.campaign,
        "name": contact.name if contact else "",
        "address": f"{settings.BASE_URL}{address}",
        "federation": FederationSettings.load(),
        "site_address": settings.BASE_URL,
    }


def file_name(answer: Answer) -> str:
    return f"{answer.campaign.slug}.html"


def receipt_context(answer: Answer) -> dict[str, Any]:
    """What was sent, in words, in the active language."""
    language = current_language()
    return {
        "answer": answer,
        "campaign": answer.campaign,
        "sections": told_sections(answer, sent_part(answer), language, names_of(answer, language)),
        "language": language,
    }


def names_of(answer: Answer, language: str) -> Names:
    """Names of the files and titles of the practices of an answer."""
    files = {str(file.key): file.original_name for file in answer.attachments.all()}
    return Names(files, practice_titles(language))


def register() -> None:
    """Called when the app is ready."""
    register_composer(COMPOSER, letter)
