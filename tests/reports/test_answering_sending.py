"""Reading an answer again, sending it once, changing it after, and the clock of the campaign."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from resources.reports import workflow
from resources.reports.models import Answer, Campaign, ReviewEvent
from tests import campaigns
from tests.alerts import work
from tests.answering import Device, complete

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def device():
    return Device(campaigns.participant(campaigns.campaign())).begin()


def at(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_what_is_missing_is_listed_with_links_and_keeps_from_sending(device):
    page = device.get("relecture/")
    links = [link["href"] for link in page.select("#to-settle a")]
    assert links[0].endswith("/reponse/ag/#q-date_ag")
    assert len(links) == 4
    fields = {"csrfmiddlewaretoken": [page.select_one("main [name=csrfmiddlewaretoken]")["value"]]}
    fields["send_key"] = [page.select_one("[name=send_key]")["value"]]
    assert device.send(fields).status_code == 422
    assert device.answer.state == Answer.State.DRAFT


def test_sending_is_received_once_with_one_receipt_and_the_answer_attached(device):
    complete(device)
    device.fill("recit", {"q-ce_qui_a_marche": "Le pot <b>du soir</b>."})
    page = device.get("relecture/")
    assert "Le pot <b>du soir</b>." in page.get_text()
    fields = device.fields_of_form(page)
    for _again in range(3):
        assert device.send(fields).headers["Location"].endswith("/envoi/")
    work()
    (message,) = mail.outbox
    assert message.to == [device.participant.contacts.get().email]
    ((name, content, kind),) = message.attachments
    assert (name, kind) == ("retours-ag-2026.html", "text/html")
    assert "Le pot &lt;b&gt;du soir&lt;/b&gt;." in content
    assert ReviewEvent.objects.count() == 1
    assert "bien arrivée" in device.get("envoi/").get_text()
    assert "du soir" in device.get("recu/").get_text()


def test_the_key_of_the_sending_of_another_co_op_is_a_key_like_any(device):
    other = Device(campaigns.participant(device.participant.campaign, campaigns.coop("Voisins")))
    for one in (other.begin(), device):
        complete(one)
    other.send()
    fields = device.fields_of_form(device.get("relecture/"))
    fields["send_key"] = [str(other.answer.send_key)]
    assert device.send(fields).headers["Location"].endswith("/envoi/")
    assert {one.answer.state for one in (other, device)} == {Answer.State.RECEIVED}
    work()
    assert len(mail.outbox) == 2


def test_what_changes_after_sending_counts_once_it_is_sent_again(device):
    complete(device)
    device.send()
    device.fill("recit", {"q-ce_qui_a_marche": "Le pot."})
    assert "ce_qui_a_marche" not in device.answer.values
    assert device.fields("recit")["q-ce_qui_a_marche"] == ["Le pot."]
    device.send()
    answer = device.answer
    assert (answer.values["ce_qui_a_marche"], answer.resumed) == ("Le pot.", None)
    assert ReviewEvent.objects.count() == 2


def test_a_change_that_is_taken_back_leaves_nothing_to_send(device):
    complete(device)
    device.send()
    device.fill("recit", {"q-ce_qui_a_marche": "Le pot."})
    device.fill("recit", {"q-ce_qui_a_marche": ""})
    assert device.answer.resumed is None
    assert device.get("relecture/").select_one("[name=send_key]") is None


def test_what_the_federation_asks_reopens_the_answer_even_after_the_end(device):
    complete(device)
    device.send()
    workflow.move(device.answer, Answer.State.IN_REVIEW, who="moderator")
    workflow.move(device.answer, Answer.State.CHANGE_ASKED, who="moderator")
    Answer.objects.update(question="Quelle salle ?")
    past = timezone.now() - timedelta(hours=2)
    Campaign.objects.update(opens_at=past - timedelta(days=9), closes_at=past)
    assert "Quelle salle ?" in device.section("recit").get_text()
    device.fill("recit", {"q-ce_qui_a_marche": "La salle des fêtes."})
    device.send()
    assert device.answer.state == Answer.State.RECEIVED


def test_a_refused_answer_stays_as_it_is(device):
    complete(device)
    device.send()
    fields = device.fields("recit")
    workflow.move(device.answer, Answer.State.IN_REVIEW, who="moderator")
    workflow.move(device.answer, Answer.State.REFUSED, who="moderator")
    response = device.fill("recit", {"q-ce_qui_a_marche": "Le pot."}, fields=fields)
    assert response.status_code == 403


DEADLINES = [
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),  # the hour that does not exist in Paris
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # half past two, for the first time
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # and for the second
    datetime(2028, 2, 29, 22, 59, 59, 999000, tzinfo=UTC),  # the last moment of a leap day
]


@pytest.mark.parametrize("end", DEADLINES, ids=str)
def test_a_draft_is_taken_until_fifteen_minutes_after_the_end(device, monkeypatch, end):
    complete(device)
    Campaign.objects.update(opens_at=end - timedelta(days=30), closes_at=end)
    Answer.objects.update(started_at=end - timedelta(days=2))
    at(monkeypatch, end - timedelta(minutes=1))
    fields = device.fields("recit")
    at(monkeypatch, end + timedelta(minutes=15))
    assert (
        device.fill("recit", {"q-ce_qui_a_marche": "Juste à temps."}, fields=fields).status_code
        == 302
    )
    at(monkeypatch, end + timedelta(minutes=15, milliseconds=1))
    device.fill("recit", {"q-ce_qui_a_marche": "Trop tard."}, fields=fields)
    assert device.response.status_code == 403
    assert "Trop tard." in device.response.content.decode()  # to be copied
    assert device.answer.values["ce_qui_a_marche"] == "Juste à temps."


def test_the_door_says_when_with_the_zone(monkeypatch):
    end = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    campaign = campaigns.campaign(opens_at=end - timedelta(days=30), closes_at=end)
    device = Device(campaigns.participant(campaign))
    at(monkeypatch, end - timedelta(days=1))
    text = device.get().get_text(" ", strip=True)
    assert "25 octobre 2026 à 02:30 (heure de Paris)" in text
    at(monkeypatch, end + timedelta(minutes=1))
    page = device.get()
    assert "Commencer" not in page.get_text()
    device.post(device.home, device.fields_of_form(page))
    assert device.response.status_code == 302
    assert not Answer.objects.exists()
