"""The opening of a large campaign, through a mail server that refuses, stalls and dies on the way."""

import random
from dataclasses import dataclass

from django.db.models import Q

from hub.core.mail import message_id
from hub.core.models import OutboxItem
from resources.reports.mailing.planning import key_of
from resources.reports.models import Contact, PlannedMail, SentMail
from tests.alerts import work
from tests.mailboxes import Mailboxes, serving
from tests.mailing import invite, passes, season

DELAYS = (0, 1.1, 5.1, 30.1, 120.1, 360.1, 1440.1)  # minutes
DIES, REFUSES, STALLS = 0.02, 0.03, 2  # of all messages; stalls are slow: so many in all
ROOM = 30_000  # mails a minute: the rate is not what is looked at here


@dataclass(frozen=True)
class Flood:
    """What became of the mails of a campaign."""

    asked: int
    lost: int
    twice: int  # copies too many
    killed: int  # sendings that the server took and never acknowledged
    given_up: int
    strange: int  # copies under another Message-ID than the first
    noted: int  # sendings that the hub knows to have left


def flood(count: int, port: int) -> Flood:
    """Open a campaign of so many co-ops; the mail server of this port has the accidents of a bad day."""
    campaign = season(rate=ROOM)
    passes(hours=2)
    for start in range(0, count, 500):
        invite(campaign, min(500, count - start), start=start)
    boxes = Accidents(count)
    with serving(boxes, port):
        for minutes in DELAYS:
            passes(minutes=minutes)
            work()
    opening = PlannedMail.objects.get(campaign=campaign, kind=PlannedMail.Kind.OPENING)
    ids = {c.email: message_id(key_of(opening, c.pk)) for c in Contact.objects.all()}
    counts = boxes.counts()
    return Flood(
        asked=count,
        lost=len(ids.keys() - counts.keys()),
        twice=sum(counts.values()) - len(counts),
        killed=boxes.killed,
        given_up=OutboxItem.objects.filter(~Q(given_up_at=None)).count(),
        strange=sum(content["Message-ID"] != ids[to] for (to,), content in boxes.taken),
        noted=SentMail.objects.filter(mail=opening, outcome=SentMail.Outcome.SENT).count(),
    )


class Accidents(Mailboxes):
    """Draws the fate of each message when it comes, the same ones each time."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.chance, self.killed = random.Random(count), 0
        self.stalls = set(self.chance.sample(range(count), STALLS))

    async def handle_DATA(self, server, session, envelope):
        drawn = self.chance.random()
        if self.seen in self.stalls:
            fate = "stall"
        elif drawn < DIES:
            fate = "dies"
        else:
            fate = "4xx" if drawn < DIES + REFUSES else ""
        self.fates[self.seen] = fate
        self.killed += fate in ("stall", "dies")
        return await super().handle_DATA(server, session, envelope)
