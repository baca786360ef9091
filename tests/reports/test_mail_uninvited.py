"""Whoever answered without an invitation is thanked and told of the results, once, until they stop."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from resources.reports import workflow
from resources.reports.models import Answer, Campaign, Contact, SentMail
from tests.alerts import work
from tests.mailing import LINK, STOP, invite, passes, season

pytestmark = pytest.mark.django_db
EMAIL = "alix@coop.example"


def answer(campaign, **fields):
    values = {"coop_name": "Les Passants", "email": EMAIL, "verified_at": timezone.now()} | fields
    made = Answer.objects.create(campaign=campaign, values={"nom_coop": "X"}, **values)
    workflow.move(made, Answer.State.RECEIVED, who=workflow.BY_THE_COOP)
    return made


@pytest.fixture
def campaign(site):
    made = season()
    passes(hours=2)
    return made


def told(email=EMAIL):
    return [message for message in mail.outbox if message.to == [email]]


def whole_season():
    """The worker has its turn on the days when something is due, and once more each time."""
    for days in (14, 20, 10, 60):
        for _again in range(2):
            work()
        passes(days=days)
    Campaign.objects.update(synthesis_on=timezone.localdate())
    for _again in range(2):
        work()


def test_thanks_and_results_and_nothing_else(campaign):
    answer(campaign)
    whole_season()
    thanks, results = told()
    assert "Les Passants" in thanks.body
    assert LINK.search(thanks.body)
    assert not LINK.search(results.body)
    assert Client().get(LINK.search(thanks.body)[1]).status_code == 302  # the link opens
    assert SentMail.objects.filter(outcome="sent").count() == 2


@pytest.mark.parametrize(
    "fields", [{"verified_at": None}, {"email": ""}, {"is_test": True}, {"wants_no_mail": True}]
)
def test_nobody_else_is_written_to(campaign, fields):
    answer(campaign, **fields)
    whole_season()
    assert mail.outbox == []


def test_a_withdrawn_answer_is_not_thanked(campaign):
    made = answer(campaign)
    workflow.move(made, Answer.State.WITHDRAWN, who="test")
    whole_season()
    assert told() == []


def test_the_link_of_the_mail_stops_the_next_one(campaign):
    made = answer(campaign)
    passes(days=45)
    work()
    (thanks,) = told()
    address = STOP.search(thanks.body)[1]
    assert Client().get(address).status_code == 200
    made.refresh_from_db()
    assert not made.wants_no_mail
    assert f"<http://127.0.0.1:8000{address}>" == thanks.extra_headers["List-Unsubscribe"]
    stop = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert stop.status_code == 200
    whole_season()
    assert len(told()) == 1


def test_an_address_that_stopped_elsewhere_is_not_written_to(campaign):
    (invited,) = invite(campaign, 1)
    Contact.objects.filter(participant=invited).update(email=EMAIL.upper(), state="stopped")
    answer(campaign)
    whole_season()
    assert told() == []


def test_an_address_that_is_a_contact_too_has_each_mail_once(campaign):
    (invited,) = invite(campaign, 1)
    Contact.objects.filter(participant=invited).update(email=EMAIL)
    mine = Answer.objects.create(
        campaign=campaign, participant=invited, organisation=invited.organisation,
        saved_at=timezone.now(),
    )  # fmt: skip
    workflow.move(mine, Answer.State.RECEIVED, who=workflow.BY_THE_COOP)
    answer(campaign)
    whole_season()
    assert len({message.subject for message in told()}) == len(told()) == 2
