"""Mails to a co-op what the federation asks about its answer, with the link that reopens it."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.core.mail import Letter, compose_later, register_composer
from resources.reports import access, workflow
from resources.reports.models import Answer, Contact, ReviewEvent

COMPOSER: Final = "answer-question"
State = Answer.State


@receiver(workflow.moved, sender=Answer)
def mail_question(sender: type[Answer], answer: Answer, event: ReviewEvent, **options: Any) -> None:
    if event.after != State.CHANGE_ASKED:
        return
    contacts: list[int | None] = []
    if answer.participant_id:
        rows = Contact.objects.filter(participant=answer.participant_id)
        contacts = list(rows.filter(state=Contact.State.ACTIVE).values_list("pk", flat=True))
    elif answer.email and answer.verified_at:
        contacts = [None]
    for contact in contacts:
        key = f"question-{event.pk}-{contact or 0}"
        compose_later(key, COMPOSER, {"answer": answer.pk, "contact": contact})


def compose(data: Mapping[str, Any]) -> Letter | None:
    """Written when it leaves: nothing is asked any more of a co-op that has answered meanwhile."""
    answer = Answer.objects.filter(pk=data["answer"], state=State.CHANGE_ASKED).first()
    contact = Contact.objects.filter(pk=data["contact"], state=Contact.State.ACTIVE).first()
    if answer is None or (data["contact"] and contact is None):
        return None
    language = contact.language if contact else answer.language
    with override(language):
        link = access.new_link(answer=answer, contact=contact)
        return Letter(
            to=contact.email if contact else answer.email,
            subject=_("A question about your answer: %(campaign)s")
            % {"campaign": answer.campaign.title},
            body=_(
                "Hello,\n\nThank you for your answer. Before we publish it, we have a question:\n\n"
                "%(question)s\n\nYour answer is open again. Complete it, then send it again:\n"
                "%(link)s\n\nThis link is that of your co-operative: give it to your colleagues "
                "only.\n"
            )
            % {"question": answer.question, "link": link},
            reply_to=settings.DEFAULT_FROM_EMAIL,
        )


def register() -> None:
    """Called when the app is ready."""
    register_composer(COMPOSER, compose)
