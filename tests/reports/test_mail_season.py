"""A whole season by a simulated clock: who receives which mail, and nobody one too many."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from resources.reports import workflow
from resources.reports.mailing import composing, stopping
from resources.reports.models import Answer, Campaign, Contact, PlannedMail, SentMail
from tests import campaigns
from tests.alerts import work
from tests.mailing import LINK, invite, move, passes, season

pytestmark = pytest.mark.django_db
Kind = PlannedMail.Kind


def subjects(kind):
    return PlannedMail.objects.get(kind=kind).subject_fr.split("\u00a0: ")[1].split("{")[0]


def received():
    """How many of each kind each address was sent, by the beginning of the subject."""
    kinds = {subjects(kind): kind for kind in Kind.values}
    found = Counter()
    for message in mail.outbox:
        said = message.subject.split("\u00a0: ")[1]
        (kind,) = [kind for begins, kind in kinds.items() if said.startswith(begins)]
        found[message.to[0], kind] += 1
    return found


def begin(participant):
    return campaigns.answer(
        participant, {"nom_coop": "X"}, saved_at=timezone.now(), last_section="coop", version=1
    )


def send(participant):
    answer = Answer.objects.filter(participant=participant).first() or begin(participant)
    workflow.move(answer, Answer.State.RECEIVED, who=workflow.BY_THE_COOP)


def groups(invited):
    """What the 160 co-ops do."""
    cuts = {"early": 40, "late": 30, "draft": 30, "never": 40, "stopped": 10, "bounced": 10}
    found, start = {}, 0
    for name, size in cuts.items():
        found[name], start = invited[start : start + size], start + size
    return found


EXPECTED = {
    "early": {Kind.OPENING, Kind.THANKS, Kind.RESULTS},  # answers on day 3
    "late": {Kind.OPENING, Kind.NOT_STARTED, Kind.UNFINISHED, Kind.THANKS, Kind.RESULTS},
    "draft": {Kind.OPENING, Kind.UNFINISHED, Kind.LAST_DAYS},
    "never": {Kind.OPENING, Kind.NOT_STARTED, Kind.LAST_DAYS},
    "stopped": {Kind.OPENING},  # on day 2
    "bounced": set(),
}


def live(group, day):
    """What the co-ops do on this day, before the worker has its turn."""
    if day == 2:
        for participant in group["stopped"]:
            stopping.stop(participant.contacts.get(), "par le lien d’un courriel")
    if day == 3:
        for participant in group["early"]:
            send(participant)
    if day == 10:
        for participant in group["draft"]:
            begin(participant)
    if day == 20:
        for participant in group["late"]:
            begin(participant)
    if day == 36:
        for participant in group["late"]:
            send(participant)
    if day == 102:
        Campaign.objects.update(synthesis_on=timezone.localdate())


def test_each_co_op_receives_exactly_the_mails_of_its_story(site):
    campaign = season()
    group = groups(invite(campaign, 160))
    Contact.objects.filter(participant__in=group["bounced"]).update(state=Contact.State.BOUNCED)
    passes(hours=2)
    for day in (*range(43), 102):
        live(group, day)
        work()
        passes(days=1 if day < 42 else 60)
    expected = {
        (participant.contacts.get().email, kind): 1
        for name, kinds in EXPECTED.items()
        for participant in group[name]
        for kind in kinds
    }
    assert received() == expected
    links = [LINK.findall(message.body) for message in mail.outbox]
    results = sum(kind == Kind.RESULTS for _to, kind in expected)
    assert sum(not found for found in links) == results  # results are for everybody
    assert len({link for found in links for link in found}) == len(mail.outbox) - results
    assert set(SentMail.objects.values_list("outcome", flat=True)) == {SentMail.Outcome.SENT}
    assert SentMail.objects.count() == len(mail.outbox)


def test_a_reminder_that_waits_while_the_co_op_answers_does_not_leave(site, settings):
    campaign = season()
    (slow,) = invite(campaign, 1)
    passes(days=14, hours=20)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody answers there
    work()
    assert not mail.outbox
    send(slow)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    passes(minutes=2)
    work()
    assert not mail.outbox
    assert set(SentMail.objects.values_list("outcome", flat=True)) == {SentMail.Outcome.NOT_NEEDED}


def test_no_more_mails_a_minute_leave_than_the_campaign_says(site):
    invite(season(rate=10), 25)
    passes(hours=2)
    counts = []
    for _minute in range(4):
        before = len(mail.outbox)
        work()
        work()  # a second round in the same minute
        counts.append(len(mail.outbox) - before)
        passes(seconds=61)
    assert counts == [10, 10, 5, 0]


def test_a_co_op_added_later_receives_the_opening_and_not_the_reminder_of_that_day(site):
    campaign = season()
    passes(days=15, hours=2)
    invite(campaign, 1)
    work()
    passes(minutes=5)
    work()
    assert [kind for _to, kind in received()] == [Kind.OPENING]


def test_a_worker_that_was_away_for_a_week_sends_no_reminder_out_of_date(site):
    campaign = season()
    invite(campaign, 1)
    passes(hours=2)
    work()
    passes(days=22)
    work()
    assert [kind for _to, kind in received()] == [Kind.OPENING]


@pytest.mark.parametrize(
    "away", [{"live": False}, {"is_example": True}], ids=lambda a: next(iter(a))
)
def test_a_campaign_in_preparation_or_invented_writes_to_nobody(site, away):
    campaign = season()
    Campaign.objects.filter(pk=campaign.pk).update(**away)
    invite(campaign, 2)
    passes(days=15)
    work()
    assert not mail.outbox
    assert not SentMail.objects.exists()


def test_a_closed_campaign_asks_for_nothing_more(site):
    invite(season(), 2)
    passes(days=41)
    move(PlannedMail, ["due_at"], -timedelta(days=1))  # the last days’ mail would be due
    work()
    assert not mail.outbox


def test_several_contacts_of_a_co_op_each_have_a_link_of_their_own(site):
    campaign = season()
    (coop,) = invite(campaign, 1)
    Contact.objects.create(participant=coop, email="deux@coop.example", language="en")
    passes(hours=2)
    work()
    assert len({LINK.search(message.body)[1] for message in mail.outbox}) == 2
    english = next(m for m in mail.outbox if m.to == ["deux@coop.example"])
    assert english.subject == "AGM reports 2026: tell us about your meeting"
    assert english.body.startswith("Hello,\n")
    assert "(Paris time)" in english.body


def test_results_lead_to_where_they_are_read(site, monkeypatch):
    monkeypatch.setattr(composing, "_results", [])
    campaign = season()
    send(invite(campaign, 1)[0])
    assert composing.results_address(campaign, "fr").endswith("/campagnes/retours-ag-2026/")
    composing.register_results(lambda of, language: f"https://hub.example/{of.pk}/{language}/")
    Campaign.objects.update(synthesis_on=timezone.localdate())
    passes(days=101)
    work()
    bodies = [message.body for message in mail.outbox if "sont publiés" in message.body]
    assert len(bodies) == 1
    assert f"https://hub.example/{campaign.pk}/fr/" in bodies[0]
