"""What a co-op agrees to: never ticked for it, recorded with its words, taken back at any moment."""

import re
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from resources.reports import consents, drafts
from resources.reports.models import Answer, ConsentRecord, Wording
from tests import campaigns

pytestmark = pytest.mark.usefixtures("site")
CONSENT = "/campagnes/retours-ag-2026/accords/"
NEEDED = {
    "date_ag": "2026-05-14",
    "type_ag": {"chosen": ["ago"]},
    "mode_ag": {"chosen": ["presentiel"]},
}


@pytest.fixture
def heard():
    """The answers that the signal spoke of."""
    found = []

    def hear(answer, **_options):
        found.append((answer.pk, consents.level_of(answer)))

    consents.changed.connect(hear)
    yield found
    consents.changed.disconnect(hear)


def required(campaign) -> dict:
    """Something for each question that must be answered, whatever the questionnaire asks."""
    missing = {q.key for q in campaign.shape if q.required} - {*NEEDED, consents.LEVEL}
    assert missing == set()
    return NEEDED


@pytest.fixture
def season():
    campaign = campaigns.campaign()
    for question in campaign.shape:
        Wording.objects.create(
            campaign=campaign, key=question.key, number=1, content={}, digest="1"
        )
    coop = campaigns.participant(campaign)
    answer = campaigns.answer(coop, required(campaign))
    return SimpleNamespace(
        campaign=campaign, answer=answer, browser=campaigns.holder(coop), coop=coop
    )


def sent(season, **values) -> Answer:
    Answer.objects.filter(pk=season.answer.pk).update(values=season.answer.values | values)
    season.answer.refresh_from_db()
    drafts.send(season.answer, uuid.uuid4())
    season.answer.refresh_from_db()
    return season.answer


def recorded(answer) -> list[tuple]:
    rows = ConsentRecord.objects.filter(answer=answer)
    return [(r.question_key, r.value, r.is_withdrawal) for r in rows]


def test_nothing_is_ticked_at_first(season):
    page = season.browser.get(CONSENT).content.decode()
    assert 'name="q-consent_niveau"' in page
    assert not re.search(r"<input[^>]*name=\"q-consent[^>]* checked", page)
    assert consents.level_of(season.answer) is None
    assert not consents.images_allowed(season.answer)
    assert not consents.peers_allowed(season.answer)


def test_a_sending_records_each_consent_with_the_version_of_its_words_and_its_time(season, heard):
    before = timezone.now()
    answer = sent(season, consent_niveau="nom", consent_pairs=True)
    assert recorded(answer) == [
        ("consent_niveau", "nom", False),
        ("consent_pairs", True, False),
    ]
    rows = ConsentRecord.objects.select_related("wording")
    assert all(before <= row.recorded_at <= timezone.now() for row in rows)
    assert {row.wording.number for row in rows} == {1}
    assert heard == [(answer.pk, "nom")]


def test_sending_again_records_only_what_differs(season, heard):
    answer = sent(season, consent_niveau="nom")
    Answer.objects.filter(pk=answer.pk).update(state="change-asked")
    sent(season, consent_niveau="anonyme")
    assert recorded(answer)[-1] == ("consent_niveau", "anonyme", True)
    assert len(recorded(answer)) == 3  # the level, no contact, the level again
    assert [level for _pk, level in heard] == ["nom", "anonyme"]


def test_a_consent_to_images_counts_while_there_are_images(season):
    answer = sent(season, consent_niveau="nom", consent_images=True)
    assert not consents.images_allowed(answer)
    assert "consent_images" not in {key for key, _value, _less in recorded(answer)}
    answer.values |= {"photos": [str(uuid.uuid4())]}
    assert consents.images_allowed(answer)


def test_it_is_changed_from_the_same_link_long_after_the_end(season, heard):
    answer = sent(season, consent_niveau="nom", consent_pairs=True)
    season.campaign.closes_at = timezone.now() - timedelta(days=200)
    season.campaign.opens_at = timezone.now() - timedelta(days=230)
    season.campaign.save()
    response = season.browser.post(CONSENT, {"q-consent_niveau": "anonyme"}, follow=True)
    assert response.status_code == 200
    answer = Answer.objects.get()
    assert consents.level_of(answer) == "anonyme"
    assert not consents.peers_allowed(answer)
    assert recorded(answer)[2:] == [
        ("consent_niveau", "anonyme", True),
        ("consent_pairs", False, True),
    ]
    assert heard[-1] == (answer.pk, "anonyme")


def test_all_of_it_is_taken_back_with_one_button(season, heard):
    answer = sent(season, consent_niveau="nom", consent_pairs=True)
    season.browser.post(CONSENT, {"withdraw": "1"})
    answer = Answer.objects.get()
    assert consents.level_of(answer) == "federation"
    assert not consents.peers_allowed(answer)
    assert len(heard) == 2
    season.browser.post(CONSENT, {"withdraw": "1"})
    assert len(heard) == 2  # nothing differs


def test_what_is_being_changed_since_follows_too(season):
    answer = sent(season, consent_niveau="nom", consent_pairs=True)
    held = {"values": dict(answer.values), "unread": {}, "prefilled": [], "reasons": {}}
    Answer.objects.update(resumed=held)
    season.browser.post(CONSENT, {"withdraw": "1"})
    answer = Answer.objects.get()
    assert answer.resumed["values"]["consent_niveau"] == "federation"
    assert "consent_pairs" not in answer.resumed["values"]


def test_in_a_draft_it_is_noted_and_recorded_once_it_is_sent(season, heard):
    season.browser.post(CONSENT, {"q-consent_niveau": "nom"})
    answer = Answer.objects.get()
    assert answer.values["consent_niveau"] == "nom"
    assert (recorded(answer), heard) == ([], [])


def test_a_form_without_a_level_is_sent_back(season):
    sent(season, consent_niveau="nom")
    response = season.browser.post(CONSENT, {"q-consent_pairs": "on"})
    assert response.status_code == 422
    assert consents.level_of(Answer.objects.get()) == "nom"


def test_nothing_else_of_an_answer_changes_by_this_door(season):
    before = Answer.objects.values().get()
    data = {
        "q-consent_niveau": "nom",
        "state": "published",
        "q-date_ag": "2020-01-01",
        "email": "x",
    }
    season.browser.post(CONSENT, data)
    after = Answer.objects.values().get()
    assert {name for name in after if after[name] != before[name]} == {"values", "saved_at"}
    assert after["values"] == before["values"] | {"consent_niveau": "nom"}


def test_a_record_is_kept_when_the_sending_is(season):
    with pytest.raises(drafts.NotReadyError):
        drafts.send(Answer.objects.get(), uuid.uuid4())
    assert not ConsentRecord.objects.exists()


def test_it_is_taken_back_even_while_the_campaign_is_unpublished(season):
    """Its page may still be public: what unpublishes a campaign takes no page down."""
    answer = sent(season, consent_niveau="nom")
    season.campaign.live = False
    season.campaign.save()
    assert season.browser.get(CONSENT).status_code == 200
    assert season.browser.post(CONSENT, {"withdraw": "1"}).status_code == 302
    answer.refresh_from_db()
    assert consents.level_of(answer) == "federation"
    for page in ("", "relecture/", "recu/", "reponse/mes-donnees/", "reponse/coop/"):
        found = season.browser.get(f"/campagnes/retours-ag-2026/{page}")
        assert found.status_code in (200, 302), page
    assert not drafts.may_write(answer)
