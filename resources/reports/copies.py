"""Everything that a campaign keeps of one co-op, as a file that people read and one for programs."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from hub.core.languages import current_language
from resources.reports import attachments
from resources.reports.answer_text import told_sections
from resources.reports.models import (
    Answer,
    Attachment,
    Campaign,
    Contact,
    DataAct,
    Participant,
    Publication,
)
from resources.reports.receipts import names_of
from resources.reports.working import sent_part, working

WORDS, PAGE = "donnees.json", "donnees.html"
OF_THE_ANSWER: Final = (
    "key", "state", "coop_name", "email", "verified_at", "language", "values", "unread", "resumed",
    "prefilled", "reasons", "started_at", "saved_at", "sent_at", "question", "public_texts",
    "pending",
)  # fmt: skip


def held(
    campaign: Campaign, participant: Participant | None, answer: Answer | None
) -> dict[str, Any]:
    """What is kept, as it is kept. Digests of links say nothing and are left out."""
    contacts = Contact.objects.filter(participant=participant).exclude(participant=None)
    return {
        "campaign": {"slug": campaign.slug, "title": campaign.title, "season": campaign.season},
        "invitation": _invitation(participant),
        "contacts": [_contact(contact) for contact in contacts],
        "answer": _answer(answer) if answer else None,
    }


def _invitation(participant: Participant | None) -> dict[str, Any] | None:
    if participant is None:
        return None
    links = participant.links.values("kind", "made_at", "expires_at", "revoked_at", "last_used_at")
    return {
        "coop": participant.organisation.name,
        "invited_at": participant.invited_at,
        "opened_at": participant.opened_at,
        "links": list(links),
    }


def _contact(contact: Contact) -> dict[str, Any]:
    sent = contact.sendings.values("mail__kind", "outcome", "asked_at", "settled_at")
    about = ("name", "email", "language", "state", "state_why")
    return {name: getattr(contact, name) for name in about} | {"mails": list(sent)}


def _answer(answer: Answer) -> dict[str, Any]:
    consents = ("question_key", "value", "wording__content", "recorded_at", "is_withdrawal")
    files = ("key", "question_key", "original_name", "content_type", "size", "sha256", "added_at")
    steps = ("before", "after", "why", "changes", "made_at")
    page = Publication.objects.filter(answer=answer).select_related("page").first()
    return {name: getattr(answer, name) for name in OF_THE_ANSWER} | {
        "consents": list(answer.consents.values(*consents)),
        "files": list(answer.attachments.values(*files)),
        "steps": list(answer.events.values(*steps)),
        "page": page.page.full_url if page else None,
    }


def archive(
    campaign: Campaign, participant: Participant | None, answer: Answer | None
) -> IO[bytes]:
    """A zip with both files and the files of the answer. The caller closes it."""
    told = held(campaign, participant, answer)
    file = tempfile.TemporaryFile()  # noqa: SIM115  given to the response, which closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            WORDS, json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        )
        package.writestr(PAGE, page_of(told, answer))
        for name, attachment in _named(answer.attachments.all() if answer else ()):
            if attachments.stored_bytes(attachment) is None:  # the scanner has not seen it
                continue
            with attachments.open_file(attachment) as stored:
                package.writestr(f"fichiers/{name}", stored.read(), zipfile.ZIP_STORED)
    file.seek(0)
    return file


def page_of(told: dict[str, Any], answer: Answer | None) -> str:
    """The page for people: the answers in the words of their questions, and what stands around."""
    language = current_language()
    context: dict[str, Any] = {"told": told, "language": language, "answer": answer}
    if answer is not None:
        names = names_of(answer, language)
        sent = sent_part(answer) if answer.sent_at else working(answer)
        context["sections"] = told_sections(answer, sent, language, names)
        if answer.resumed is not None:
            context["changes"] = told_sections(answer, working(answer), language, names)
        context["waiting"] = list(_waiting(answer, language))
    return render_to_string("reports/data_document.html", context)


def _waiting(answer: Answer, language: str) -> Iterator[tuple[str, list[str]]]:
    """The texts that nobody has chosen yet, by the words of their question."""
    questions = answer.campaign.shape.questions
    for entry in answer.pending or ():
        question = questions.get(entry["question"])
        words = question.label.in_(language) if question else entry["question"]
        yield words, [text for texts in entry["fields"].values() for text in texts]


def _named(files: Any) -> Iterator[tuple[str, Attachment]]:
    """Each file under its own name, twice the same one numbered."""
    seen: dict[str, int] = {}
    for attachment in files:
        name = PurePosixPath(attachment.original_name.replace("\\", "/")).name or "fichier"
        seen[name] = number = seen.get(name, 0) + 1
        path = PurePosixPath(name)
        yield (name if number == 1 else f"{path.stem} ({number}){path.suffix}"), attachment


def log(campaign: Campaign, answer: Answer | None, *, who: str, user: Any = None) -> None:
    """Note that a copy was given."""
    files = answer.attachments.count() if answer else 0
    detail = {"answers": int(answer is not None), "files": files}
    DataAct.objects.create(
        campaign=campaign, kind=DataAct.Kind.ACCESS, who=who, user=user, detail=detail
    )
