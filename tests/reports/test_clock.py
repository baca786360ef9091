"""A clock that is wrong, or jumps: what was closed stays closed, and nothing happens twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from hub.core.models import OutboxItem
from resources.reports.access import new_code, new_link, revoke
from resources.reports.models import AccessLink, Answer, Campaign, ReviewEvent, SentMail
from resources.reports.working import GRACE
from tests import campaigns
from tests.alerts import link, work
from tests.answering import Device, complete
from tests.clocks import clock_off_by
from tests.mailing import invite, passes, season
from tests.reports.test_access_links import path_of
from tests.reports.test_open_answers import opened, send

pytestmark = pytest.mark.usefixtures("site")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OFF = [-HOUR, HOUR]
CODE = "/campagnes/code/"


@pytest.fixture
def device():
    return Device(campaigns.participant(campaigns.campaign())).begin()


def closes(moment):
    """Move the campaign and its drafts, so that it closes then."""
    Campaign.objects.update(opens_at=moment - timedelta(days=30), closes_at=moment)
    Answer.objects.update(started_at=moment - timedelta(days=2))


@pytest.mark.parametrize("gap", OFF, ids=str)
def test_the_end_is_wrong_by_no_more_than_the_clock(device, gap):
    fields = device.fields("recit")
    for seconds, accepted in ((1, True), (-1, False)):
        # By the clock of the hub, a moment before the last one, and a moment after.
        closes(timezone.now() + gap - GRACE + seconds * timedelta(seconds=30))
        with clock_off_by(gap):
            device.fill("recit", {"q-ce_qui_a_marche": f"Le pot {seconds}."}, fields=fields)
        assert device.response.status_code == (302 if accepted else 403)
        fields |= {"q-ce_qui_a_marche": ["Le pot 1."]}


def test_an_answer_that_was_sent_stays_so_when_the_clock_goes_back(device):
    complete(device)
    page = device.fields_of_form(device.get("relecture/"))
    device.send(page)
    for gap in (-HOUR, HOUR, -timedelta(days=400)):
        with clock_off_by(gap):
            device.send(page)
    work()
    assert len(mail.outbox) == ReviewEvent.objects.count() == 1
    assert device.answer.state == Answer.State.RECEIVED


def dead_link(coop, kind):
    """The path of a link that has just stopped to open anything."""
    path = path_of(new_link(contact=coop.contacts.get()))
    row = AccessLink.objects.latest("pk")
    if kind == "expired":
        AccessLink.objects.filter(pk=row.pk).update(expires_at=timezone.now())
        work()  # within ten minutes
    elif kind == "revoked":
        revoke(AccessLink.objects.filter(pk=row.pk))
    else:
        new_link(contact=coop.contacts.get())
    return path


@pytest.mark.parametrize("kind", ["expired", "revoked", "replaced"])
@pytest.mark.parametrize("back", [HOUR, timedelta(days=1000)], ids=str)
def test_a_dead_link_stays_dead_when_the_clock_goes_back(kind, back):
    coop = campaigns.participant(campaigns.campaign())
    path = dead_link(coop, kind)
    assert Client().get(path).status_code == 404
    closes(timezone.now() - back + timedelta(days=9))  # the campaign itself would let it in
    with clock_off_by(-back):
        assert Client().get(path).status_code == 404


def test_nor_does_a_code_that_was_replaced(client):
    coop = campaigns.participant(campaigns.campaign())
    old, _newer = new_code(coop), new_code(coop)
    with clock_off_by(-HOUR):
        assert client.post(CODE, {"code": old}).status_code == 422


def test_nor_does_the_request_of_a_link_that_has_confirmed_its_address():
    campaigns.campaign(open_to_all=True)
    send(opened())
    work()
    path = link(mail.outbox[0], "/campagnes/r/")
    Client().post(path)
    revoke(AccessLink.objects.all())
    with clock_off_by(-HOUR):
        assert Client().get(path).status_code == 404
        assert Client().post(path).status_code == 404
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("gap", OFF, ids=str)
def test_mails_leave_by_the_clock_of_the_database_and_once(gap):
    campaign = season()  # opens in an hour
    invite(campaign, 3)
    passes(minutes=30)
    with clock_off_by(gap):
        work()
    assert not mail.outbox
    passes(minutes=31)
    for moved in (gap, -gap, gap):
        with clock_off_by(moved):
            work()
    assert len(mail.outbox) == SentMail.objects.count() == 3
    assert not OutboxItem.objects.exists()
