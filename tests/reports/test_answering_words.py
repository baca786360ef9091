"""What the pages of a campaign say in each of its states, in either language."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from resources.reports.models import Campaign
from tests import campaigns
from tests.answering import Device
from tests.factories import resource

pytestmark = pytest.mark.usefixtures("site")
HOME = "/campagnes/retours-ag-2026/"


@pytest.fixture
def participant():
    return campaigns.participant(campaigns.campaign())


def door(**dates) -> str:
    Campaign.objects.update(**dates)
    return unescape(Client().get(HOME).content.decode())


def closed() -> dict[str, object]:
    now = timezone.now()
    return {"opens_at": now - timedelta(days=60), "closes_at": now - timedelta(days=1)}


def test_a_practice_that_is_not_translated_is_named_all_the_same(participant):
    """A code alone says nothing: who answers in English reads the French title, said to be French."""
    resource("practice", "Offrir un pot", code="P15")
    device = Device(participant, prefix="/en").begin()
    label = device.section("pratiques").select_one("label[for=q-pratiques-P15-tried] span")
    assert label.get_text() == "Offrir un pot"
    assert label["lang"] == "fr"
    device.fill("pratiques", {"q-pratiques-P15-tried": "on"})
    assert "Offrir un pot" in device.get("relecture/").get_text()


def test_the_page_in_its_own_language_says_no_language(participant):
    resource("practice", "Offrir un pot", code="P15")
    page = Device(participant).begin().section("pratiques")
    assert not page.select_one("label[for=q-pratiques-P15-tried] span").has_attr("lang")


def test_a_campaign_that_is_over_does_not_ask_to_answer(participant):
    page = door(**closed())
    assert "Comment répondre" not in page
    assert "Comment cela se passe" not in page
    assert "Retrouver votre réponse" in page
    assert "Ce que deviennent vos réponses" in page


def test_its_synthesis_is_one_step_away(participant):
    page = resource("synthesis", "Ce que disent les coops", campaign=participant.campaign)
    assert page.url not in door()
    assert page.url in door(**closed())


def test_the_end_of_the_last_page_says_why_nothing_can_be_sent_yet(participant):
    """Whoever has read it all stands at its end, where the button would be."""
    device = Device(participant).begin()
    form = device.get("relecture/").select_one("form.review__send")
    assert form.select_one('a[href="#to-settle"]')
    assert not form.select("button")


def test_a_table_is_told_as_each_language_writes_it(participant):
    device = Device(participant, prefix="/en").begin()
    device.fill("participation", {"q-participation-salaries-convoques": "12"})
    page = device.get("relecture/").get_text()
    assert "Invited: 12" in page
    french = Device(participant).get("relecture/").get_text()
    assert "Convoqués\u00a0: 12" in french
