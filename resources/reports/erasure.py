"""Erases what a co-op told: afterwards its words are nowhere in the hub.

What goes: the answer with its drafts, files, consents, log and links; its contacts in this campaign;
the messages that wait for them; the page that told it, with its revisions, translations, pictures
and traces. What stays: that the co-op was invited, the figures already published (totals that hide
small groups), and one line that says that an erasure took place.

The answer leaves the figures that are computed from then on. Backups keep it until they are rotated.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal

from hub.core import forgetting
from hub.core.models import OutboxItem
from resources.reports import photos
from resources.reports.models import (
    AccessLink,
    Answer,
    Campaign,
    Contact,
    DataAct,
    OpenRequest,
    Participant,
    Publication,
)
from resources.reports.traces import erase_copies, erase_page, erase_traces

# Sent in the transaction, before anything goes, with `answer`: what was made of it elsewhere, such
# as a quotation, goes with it.
erasing = Signal()


@dataclass(frozen=True)
class Erased:
    """How much went."""

    answers: int = 0
    files: int = 0
    contacts: int = 0
    pages: int = 0

    def __add__(self, other: "Erased") -> "Erased":
        pairs = zip(asdict(self).items(), asdict(other).values(), strict=True)
        return Erased(**{name: mine + theirs for (name, mine), theirs in pairs})


def erase(answer: Answer, *, who: str, user: Any = None) -> Erased:
    """Erase an answer and the contacts of its co-op in this campaign; log that it was done."""
    return erase_all(answer.campaign, answer.participant, answer, who=who, user=user)


@transaction.atomic
def erase_all(
    campaign: Campaign,
    participant: Participant | None,
    answer: Answer | None,
    *,
    who: str,
    user: Any = None,
) -> Erased:
    """Erase what a campaign holds of one co-op, whether it has begun to answer or not."""
    contacts = Contact.objects.filter(participant=participant).exclude(participant=None)
    addresses = [*contacts.values_list("email", flat=True), answer.email if answer else ""]
    erased = Erased(contacts=contacts.count())
    if answer is not None:
        erased += erase_answer(answer)
    if participant is not None:
        erase_contacts(contacts)
        forget_mails(Q(payload__data__participant=participant.pk), ())
        AccessLink.objects.filter(participant=participant).delete()
    forgetting.ask(addresses)
    log(DataAct.Kind.ERASURE, campaign, erased, who=who, user=user)
    return erased


def erase_answer(answer: Answer) -> Erased:
    """Erase an answer alone, in the caller's transaction, which asks for ``forgetting`` once."""
    erasing.send(Answer, answer=answer)
    files = answer.attachments.count()
    erase_copies(answer)
    published = Publication.objects.filter(answer=answer).select_related("page").first()
    if published:
        photos.remove(published.page)
        published.delete()
        erase_page(published.page)
    if answer.email:
        OpenRequest.objects.filter(campaign=answer.campaign, email__iexact=answer.email).delete()
    forget_mails(Q(payload__data__answer=answer.pk), [answer.email])
    erase_traces([answer, *answer.attachments.all(), *answer.events.all()])
    answer.delete()
    return Erased(answers=1, files=files, pages=int(published is not None))


def erase_contacts(contacts: Iterable[Contact]) -> int:
    """Erase people and the messages that wait for them, in the caller's transaction."""
    found = list(contacts)
    pks = [contact.pk for contact in found]
    about = Q(payload__data__contact__in=pks)
    forget_mails(about, [contact.email for contact in found])
    erase_traces(found)
    AccessLink.objects.filter(contact__in=pks).delete()
    Contact.objects.filter(pk__in=pks).delete()
    return len(found)


def forget_mails(about: Q, addresses: Iterable[str]) -> None:
    """Delete what waits or was given up of the messages about this, or to these addresses."""
    for address in filter(None, addresses):
        about |= Q(payload__to__iexact=address) | Q(payload__data__email__iexact=address)
    OutboxItem.objects.filter(about, kind="mail").delete()


def log(
    kind: str,
    campaign: Campaign | None,
    erased: Erased,
    *,
    who: str,
    user: Any = None,
    what: str = "",
) -> None:
    """One line that says how much went, and nothing of whom."""
    counts = {name: number for name, number in asdict(erased).items() if number}
    detail = ({"what": what} if what else {}) | counts
    DataAct.objects.create(campaign=campaign, kind=kind, who=who, user=user, detail=detail)
