"""What was kept long enough goes, and nothing else: campaigns whose dates lie back."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hub.core import mail
from hub.core.models import OutboxItem
from resources.reports import retention, triggers
from resources.reports.models import (
    AccessLink,
    Answer,
    Contact,
    DataAct,
    OpenRequest,
    Participant,
    ReviewEvent,
)
from tests import campaigns

pytestmark = pytest.mark.usefixtures("site")
NOW = timezone.now()


def over(days, **fields):
    """A campaign that closed so many days ago."""
    return campaigns.campaign(
        opens_at=NOW - timedelta(days=days + 40), closes_at=NOW - timedelta(days=days), **fields
    )


def answer(of, name="Les Toits Bleus", **fields):
    return campaigns.answer(campaigns.participant(of, campaigns.coop(name)), **fields)


def ended(of, state, days, name):
    """An answer refused or withdrawn so many days ago."""
    made = answer(of, name, state=state, sent_at=NOW - timedelta(days=days + 1))
    event = ReviewEvent.objects.create(answer=made, before="in-review", after=state, who="Alex")
    triggers.drop()  # the database lets nobody date a line of the log
    ReviewEvent._base_manager.filter(pk=event.pk).update(made_at=NOW - timedelta(days=days))
    triggers.make()
    return made


def names_left():
    return set(Answer.objects.values_list("organisation__name", flat=True))


@pytest.mark.parametrize(("days", "left"), [(89, {"brouillon", "envoyée"}), (91, {"envoyée"})])
def test_drafts_go_ninety_days_after_the_end(days, left):
    of = over(days)
    answer(of, "brouillon")
    answer(of, "envoyée", state="received", sent_at=NOW - timedelta(days=days + 2))
    retention.apply()
    assert names_left() == left


def test_the_time_of_drafts_is_that_of_the_campaign():
    answer(over(20, drafts_kept_days=10), "brouillon")
    retention.apply()
    assert names_left() == set()


def test_an_address_that_nobody_confirmed_goes_with_its_answer():
    of = over(91)
    for email, verified_at in (("a@coop.example", None), ("b@coop.example", NOW)):
        Answer.objects.create(
            campaign=of, coop_name=email, email=email, verified_at=verified_at,
            state="received", sent_at=NOW,
        )  # fmt: skip
    OpenRequest.objects.create(campaign=of, coop_name="c", email="c@coop.example")
    retention.apply()
    assert [a.email for a in Answer.objects.all()] == ["b@coop.example"]
    assert not OpenRequest.objects.exists()


def test_refused_and_withdrawn_answers_go_six_months_after():
    of = over(300)
    for state in ("refused", "withdrawn"):
        ended(of, state, 200, f"{state} vieille")
        ended(of, state, 100, f"{state} récente")
    answer(of, "envoyée", state="received", sent_at=NOW - timedelta(days=310))
    retention.apply()
    assert names_left() == {"refused récente", "withdrawn récente", "envoyée"}


def test_an_answer_that_was_refused_and_taken_up_again_stays():
    of = over(300)
    made = ended(of, "refused", 200, "reprise")
    Answer.objects.filter(pk=made.pk).update(state="in-review")
    retention.apply()
    assert names_left() == {"reprise"}


@pytest.mark.parametrize(("days", "contacts"), [(360, 1), (370, 0)])
def test_contacts_go_twelve_months_after_the_synthesis(days, contacts):
    of = over(400, synthesis_on=(NOW - timedelta(days=days)).date())
    made = answer(of, state="received", sent_at=NOW - timedelta(days=410))
    campaigns.new_link(contact=made.participant.contacts.get())
    retention.apply()
    assert Contact.objects.count() == contacts
    assert AccessLink.objects.count() == contacts


def test_contacts_stay_while_there_is_no_synthesis():
    answer(over(3000), state="received", sent_at=NOW - timedelta(days=3010))
    retention.apply()
    assert Contact.objects.count() == 1


def test_figures_are_the_same_once_contacts_are_gone():
    of = over(400, synthesis_on=(NOW - timedelta(days=370)).date())
    invited = answer(of, state="received", sent_at=NOW - timedelta(days=410), values={"duree": 90})
    Answer.objects.create(
        campaign=of, coop_name="Sans invitation", email="x@coop.example", verified_at=NOW,
        state="accepted", sent_at=NOW, values={"duree": 60},
    )  # fmt: skip
    before = sorted(Answer.objects.counted().values_list("pk", "values__duree"))
    mail.send_later("one", subject="Bonjour", body="…", to="x@coop.example")
    retention.apply()
    assert sorted(Answer.objects.counted().values_list("pk", "values__duree")) == before
    assert not Answer.objects.exclude(email="").exists()
    assert Participant.objects.get() == invited.participant
    assert not OutboxItem.objects.filter(kind="mail").exists()


def test_each_kind_that_went_is_one_line_of_the_log():
    of = over(91)
    answer(of, "un")
    answer(of, "deux")
    retention.apply()
    retention.apply()
    act = DataAct.objects.get()
    assert (act.kind, act.who) == ("retention", "hub")
    assert act.detail == {"what": "drafts", "answers": 2}


def test_the_dry_run_says_what_would_go_and_erases_nothing(capsys):
    answer(over(91), "brouillon")
    call_command("apply_retention", "--dry-run")
    said = capsys.readouterr().out
    day = (timezone.localtime(NOW) - timedelta(days=1)).date()
    assert f"retours-ag-2026: Drafts never sent, tests: 1 now ({day})" in said
    assert "Contacts of the co-operatives: 0 now (no date yet)" in said
    assert names_left() == {"brouillon"}
    call_command("apply_retention")
    assert "erased: 1" in capsys.readouterr().out
    assert names_left() == set()


def test_the_worker_does_it():
    answer(over(91), "brouillon")
    call_command("run_worker", "--once")
    assert names_left() == set()


def test_what_cannot_be_erased_keeps_no_other_from_its_time():
    first, second = over(120), over(91, slug="autre", season=2027)
    answer(first, "retenue")
    answer(second, "libre")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER held BEFORE DELETE ON reports_answer"
            f" WHEN OLD.campaign_id = {first.pk} BEGIN SELECT RAISE(ABORT, 'held'); END"
        )
        with pytest.raises(ExceptionGroup, match="could not be erased"):
            retention.apply()
        cursor.execute("DROP TRIGGER held")
    assert names_left() == {"retenue"}
    assert [act.campaign for act in DataAct.objects.all()] == [second]


def test_acts_are_forgotten_after_five_years():
    for days in (5 * 366, 5 * 365 - 10):
        act = DataAct.objects.create(kind="export", who="Alex")
        DataAct.objects.filter(pk=act.pk).update(made_at=NOW - timedelta(days=days))
    retention.apply()
    assert DataAct.objects.count() == 1


def test_administrators_see_what_goes_next(admin_client):
    answer(over(91), "brouillon")
    page = admin_client.get(reverse("campaign_data_life:next")).content.decode()
    assert "Retours AG 2026" in page
    assert names_left() == {"brouillon"}


def test_the_register_tells_the_times_of_each_campaign():
    over(1, live=True, drafts_kept_days=17, contacts_kept_months=23, refused_kept_months=5)
    page = Client().get("/campagnes/donnees/").content.decode()
    for words in ("17 jours", "23 mois", "5 mois", "contact@vie-coop.example"):
        assert words in page
    english = Client().get("/en/campagnes/donnees/").content.decode()
    assert "17 days" in english
