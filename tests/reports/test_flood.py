"""A flood of answers that nobody invited: it stays small, and whoever means it is let in."""

from collections import Counter

import pytest
from django.test import override_settings
from django.utils import timezone

from hub.settings.public_api import rate_limits
from resources.reports.models import Answer, OpenRequest
from tests import campaigns
from tests.reports.test_open_answers import CAMILLE, opened, send, worked

pytestmark = pytest.mark.usefixtures("site")
FLOOD, AN_HOUR, WITHOUT_WORK, QUEUE = 1_000, 10, 20, 200
ELSEWHERE = "192.0.2.200"


@pytest.fixture
def campaign():
    return campaigns.campaign(open_to_all=True)


def let_in_elsewhere():
    """Somebody with a script, at another address."""
    form = opened()
    return send(form, work=worked(form.challenge), address=ELSEWHERE).status_code == 302


def test_a_thousand_from_one_address_are_ten_at_most(campaign):
    form, codes = opened(), Counter()
    with override_settings(RATE_LIMITS=rate_limits(1)):
        form.browser.handler.load_middleware()
        for number in range(FLOOD):
            codes[send(form, email=f"robot{number}@coop.example").status_code] += 1
        assert OpenRequest.objects.count() == codes[302] <= AN_HOUR
        assert codes == {302: codes[302], 429: FLOOD - codes[302]}
        assert let_in_elsewhere()


def test_from_two_hundred_addresses_without_work_they_are_twenty(campaign):
    form, codes = opened(), Counter()
    with override_settings(RATE_LIMITS=rate_limits(1)):
        form.browser.handler.load_middleware()
        for number in range(QUEUE):
            address = f"198.51.100.{number}"
            sent = send(form, email=f"robot{number}@coop.example", address=address)
            codes[sent.status_code] += 1
        assert codes == {302: WITHOUT_WORK, 429: QUEUE - WITHOUT_WORK}
        assert let_in_elsewhere()
    assert OpenRequest.objects.filter(email=CAMILLE).get().was_worked_for


def test_what_waits_for_moderators_is_two_hundred_at_most(campaign):
    Answer.objects.bulk_create(
        Answer(
            campaign=campaign, coop_name="x", state=Answer.State.RECEIVED, sent_at=timezone.now()
        )
        for _n in range(QUEUE)
    )
    assert not let_in_elsewhere()
    Answer.objects.filter(pk=Answer.objects.first().pk).update(state=Answer.State.IN_REVIEW)
    assert let_in_elsewhere()


def test_each_guard_refuses_alone(campaign):
    done, form = worked(opened().challenge), opened()
    assert send(form, work=done, after=0).status_code == 422
    assert send(form, work=done, website="http://spam.example").status_code == 422
    OpenRequest.objects.bulk_create(
        OpenRequest(campaign=campaign, coop_name="x", email=f"{n}@coop.example")
        for n in range(WITHOUT_WORK)
    )
    assert send(form, work="e30=").status_code == 429
    assert not OpenRequest.objects.filter(email=CAMILLE).exists()
    form = opened()
    assert send(form, work=worked(form.challenge)).status_code == 302
