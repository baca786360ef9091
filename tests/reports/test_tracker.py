"""The follow-up of a campaign: its figures are those of the rows of the log."""

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone

from resources.models import Organisation
from resources.reports import evening_views, tracking, workflow
from resources.reports.models import Answer, Contact, Participant, ReviewEvent, SentMail
from tests import campaigns
from tests.alerts import work
from tests.mailing import LINK, invite, passes, season
from tests.reports.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(site):
    return signed_in()


def begin(participant, **fields):
    values = {"saved_at": timezone.now(), "last_section": "coop"} | fields
    return campaigns.answer(participant, {"nom_coop": "X"}, **values)


def send(participant):
    workflow.move(begin(participant), Answer.State.RECEIVED, who=workflow.BY_THE_COOP)


def accept(participant):
    send(participant)
    answer = Answer.objects.get(participant=participant)
    for state in (Answer.State.IN_REVIEW, Answer.State.ACCEPTED):
        workflow.move(answer, state, who="Camille")


@pytest.fixture
def followed(site):
    """160 co-ops: 150 written to, 20 of them with a draft, 40 sent, of which 10 accepted."""
    campaign = season()
    invited = invite(campaign, 160)
    Contact.objects.filter(participant__in=invited[150:]).update(state=Contact.State.BOUNCED)
    halves = Organisation.objects.filter(pk__in=[p.organisation_id for p in invited[:80]])
    halves.update(region="Bretagne", status="scic", size="moins_100")
    passes(hours=2)
    work()
    for participant in invited[:10]:
        accept(participant)
    for participant in invited[10:40]:
        send(participant)
    for participant in invited[80:100]:
        begin(participant)
    Participant.objects.filter(pk=invited[100].pk).update(opened_at=timezone.now())
    begin(invited[101], is_test=True)
    return campaign


def page_of(browser, campaign, query=""):
    return browser.get(f"/admin/invitations/{campaign.pk}/tracker/{query}")


def test_the_figures_are_those_of_the_log(browser, followed, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        said = page_of(browser, followed).content.decode()
    received = ReviewEvent.objects.filter(after=Answer.State.RECEIVED)
    moderated = ReviewEvent.objects.filter(after=Answer.State.ACCEPTED)
    written = SentMail.objects.filter(outcome=SentMail.Outcome.SENT)
    counts = tracking.reached(tracking.lines_of(followed))
    assert counts[tracking.Stage.SENT] == received.values("answer").distinct().count() == 40
    assert counts[tracking.Stage.MODERATED] == moderated.values("answer").distinct().count() == 10
    assert counts[tracking.Stage.INVITED] == written.values("contact").distinct().count() == 150
    assert counts[tracking.Stage.DRAFT] == 60
    assert counts[tracking.Stage.OPENED] == 61
    assert "25\u00a0% (40 sur 160)" in said
    assert "50\u00a0% (40 sur 80)" in said
    assert "Votre coopérative" in said  # the last section of a draft


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?stage=draft", 20), ("?stage=missing", 120), ("?stage=sent", 30),
        ("?stage=moderated", 10), ("?stage=unreachable", 10), ("?stage=listed", 10),
        ("?region=Bretagne&stage=missing", 40), ("?status=scic", 80), ("?size=moins_100", 80),
        ("?q=cooperative+0015", 10), ("?stage=nonsense&region=x", 160),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(browser, followed, query, count):
    assert f"{count} coopératives<" in page_of(browser, followed, query).content.decode()


def test_what_is_shown_is_taken_out_and_no_cell_is_computed(browser, followed):
    Organisation.objects.filter(name="Coopérative 00080").update(name="=CMD()")
    file = page_of(browser, followed, "?stage=draft&format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file), delimiter=";"))
    assert len(rows) == 21
    assert rows[0][0] == "Coopérative"
    assert "'=CMD()" in {row[0] for row in rows}
    book = page_of(browser, followed, "?format=xlsx")
    assert book["Content-Type"].endswith("spreadsheetml.sheet")


def test_a_mail_that_is_read_and_a_link_that_is_followed_by_a_machine_open_nothing(site):
    from django.core import mail

    campaign = season()
    invite(campaign, 1)
    passes(hours=2)
    work()
    (message,) = mail.outbox
    assert "<img" not in message.body
    assert not message.attachments
    for method in ("head", "get"):
        getattr(Client(), method)(LINK.search(message.body)[1])
    assert Participant.objects.get().opened_at is None


def test_an_answer_that_came_without_the_invitation_counts_for_its_co_op(site):
    campaign = season()
    (invited,) = invite(campaign, 1)
    Answer.objects.create(
        campaign=campaign, organisation=invited.organisation, email="a@b.example",
        state=Answer.State.RECEIVED, sent_at=timezone.now(),
    )  # fmt: skip
    assert tracking.lines_of(campaign)[0].stage == tracking.Stage.SENT


def test_the_page_of_the_evening_is_called_by_its_name(browser):
    campaign = season()
    (invited,) = invite(campaign, 1)
    begin(invited, last_section=evening_views.PLACE)
    page = browser.get(f"/admin/invitations/{campaign.pk}/tracker/").content.decode()
    assert "Bilan d’AG en 10 minutes" in page
    assert tracking.EVENING == evening_views.PLACE
