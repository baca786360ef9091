"""What goes when its time is over, campaign by campaign; said first, done every day, logged.

Drafts and addresses never confirmed go some days after the end of the campaign, refused and
withdrawn answers some months after they were, contacts some months after the synthesis. What was
answered stays, stripped of every address and link: it is what the seasons are compared by.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core import forgetting, jobs
from resources.reports.erasure import Erased, erase_answer, erase_contacts, forget_mails, log
from resources.reports.models import (
    AccessLink,
    Answer,
    Campaign,
    Contact,
    DataAct,
    OpenRequest,
)

WHO: Final = "hub"
ACTS_KEPT: Final = 5 * 12  # months
STATE = Answer.State


@dataclass(frozen=True)
class Rule:
    """One kind of data: when it goes, which rows, how."""

    name: str
    label: Any
    due: Callable[[Campaign], datetime | None]  # of the first that goes; None while it is not known
    rows: Callable[[Campaign, datetime], QuerySet[Any]]
    apply: Callable[[Campaign, QuerySet[Any]], Erased]


@dataclass(frozen=True)
class Due:
    """What one rule does to one campaign."""

    campaign: Campaign
    rule: Rule
    at: datetime | None
    count: int  # rows whose time is over


def plan(at: datetime | None = None) -> Iterator[Due]:
    """What goes at this moment, and when the next goes, for every campaign."""
    at = at or timezone.now()
    for campaign in Campaign.objects.order_by("season", "pk"):
        for rule in RULES:
            yield Due(campaign, rule, rule.due(campaign), rule.rows(campaign, at).count())


def apply(at: datetime | None = None, *, who: str = WHO, user: Any = None) -> Sequence[Due]:
    """Erase what is due; each campaign and rule is one transaction, with its line in the log.

    What one of them cannot erase keeps no other from its time: the errors are raised together, as
    an ExceptionGroup, once all the others are done.
    """
    at = at or timezone.now()
    done, errors = [], []
    for due in plan(at):
        if not due.count:
            continue
        try:
            _apply(due, at, who, user)
        except Exception as error:
            error.add_note(f"{due.campaign.slug}: {due.rule.name}")
            errors.append(error)
        else:
            done.append(due)
    DataAct.objects.filter(made_at__lt=months_after(at, -ACTS_KEPT)).delete()
    if errors:
        raise ExceptionGroup("some data whose time is over could not be erased", errors)
    return done


@transaction.atomic
def _apply(due: Due, at: datetime, who: str, user: Any) -> None:
    erased = due.rule.apply(due.campaign, due.rule.rows(due.campaign, at))
    log(DataAct.Kind.RETENTION, due.campaign, erased, who=who, user=user, what=due.rule.name)


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the last of a month that has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


# -- Drafts ----------------------------------------------------------------------------------------


def _drafts_due(campaign: Campaign) -> datetime:
    return campaign.closes_at + timedelta(days=campaign.drafts_kept_days)


def _drafts(campaign: Campaign, at: datetime) -> QuerySet[Answer]:
    """Those never sent, tests, and those whose address nobody confirmed."""
    unconfirmed = Q(participant=None, email__gt="", verified_at=None)
    never = Q(sent_at=None) | Q(is_test=True) | unconfirmed
    found = campaign.answers.filter(never)
    return found if _drafts_due(campaign) <= at else found.none()


def _erase_answers(_campaign: Campaign, answers: QuerySet[Answer]) -> Erased:
    erased, addresses = Erased(), set()
    for answer in answers.select_related("campaign"):
        addresses.add(answer.email)
        erased += erase_answer(answer)
    forgetting.ask(addresses)
    return erased


def _requests(campaign: Campaign, at: datetime) -> QuerySet[OpenRequest]:
    found = campaign.open_requests.all()
    return found if _drafts_due(campaign) <= at else found.none()


def _erase_requests(_campaign: Campaign, requests: QuerySet[OpenRequest]) -> Erased:
    addresses = list(requests.values_list("email", flat=True))
    forget_mails(Q(pk=None), addresses)
    requests.delete()
    forgetting.ask(addresses)
    return Erased(contacts=len(addresses))


# -- Refused and withdrawn answers -----------------------------------------------------------------


def _refused_due(campaign: Campaign) -> datetime | None:
    oldest = _ended(campaign).order_by("ended").values_list("ended", flat=True).first()
    return months_after(oldest, campaign.refused_kept_months) if oldest else None


def _ended(campaign: Campaign) -> QuerySet[Answer]:
    ends = Q(events__after__in=(STATE.REFUSED, STATE.WITHDRAWN))
    ended = campaign.answers.filter(state__in=(STATE.REFUSED, STATE.WITHDRAWN))
    return ended.annotate(ended=Max("events__made_at", filter=ends)).exclude(ended=None)


def _refused(campaign: Campaign, at: datetime) -> QuerySet[Answer]:
    return _ended(campaign).filter(ended__lte=months_after(at, -campaign.refused_kept_months))


# -- Contacts --------------------------------------------------------------------------------------


def _contacts_due(campaign: Campaign) -> datetime | None:
    if campaign.synthesis_on is None:
        return None
    published = timezone.make_aware(datetime.combine(campaign.synthesis_on, time.min))
    return months_after(published, campaign.contacts_kept_months)


def _contacts(campaign: Campaign, at: datetime) -> QuerySet[Contact]:
    found = Contact.objects.filter(participant__campaign=campaign)
    return found if _is_over(_contacts_due(campaign), at) else found.none()


def _erase_contacts(campaign: Campaign, contacts: QuerySet[Contact]) -> Erased:
    addresses = list(contacts.values_list("email", flat=True))
    number = erase_contacts(contacts)
    AccessLink.objects.filter(participant__campaign=campaign).delete()
    forgetting.ask(addresses)
    return Erased(contacts=number)


def _addresses(campaign: Campaign, at: datetime) -> QuerySet[Answer]:
    """Answers that came without an invitation keep the address that was confirmed."""
    found = campaign.answers.filter(email__gt="", verified_at__isnull=False)
    return found if _is_over(_contacts_due(campaign), at) else found.none()


def _strip(campaign: Campaign, answers: QuerySet[Answer]) -> Erased:
    addresses = list(answers.values_list("email", flat=True))
    forget_mails(Q(payload__data__answer__in=list(answers.values_list("pk", flat=True))), addresses)
    AccessLink.objects.filter(answer__campaign=campaign).delete()
    OpenRequest.objects.filter(campaign=campaign).delete()
    answers.update(email="")
    forgetting.ask(addresses)
    return Erased(contacts=len(addresses))


def _is_over(due: datetime | None, at: datetime) -> bool:
    return due is not None and due <= at


RULES: Final = (
    Rule("drafts", _("Drafts never sent, tests"), _drafts_due, _drafts, _erase_answers),
    Rule("requests", _("Addresses never confirmed"), _drafts_due, _requests, _erase_requests),
    Rule("refused", _("Refused and withdrawn answers"), _refused_due, _refused, _erase_answers),
    Rule("contacts", _("Contacts of the co-operatives"), _contacts_due, _contacts, _erase_contacts),
    Rule(
        "addresses", _("Addresses of answers without invitation"), _contacts_due, _addresses, _strip
    ),
)


def register() -> None:
    """Called when the app is ready."""
    jobs.register(jobs.Job("retention of campaigns", timedelta(days=1), apply))
