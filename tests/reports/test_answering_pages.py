"""A co-op answers page by page, without any script."""

import pytest

from tests import campaigns
from tests.answering import Device

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def device():
    return Device(campaigns.participant(campaigns.campaign())).begin()


def test_every_page_of_the_whole_questionnaire_is_shown_and_saved(device):
    assert device.response.headers["Location"].endswith("/reponse/coop/")
    address, pages = device.response.headers["Location"], []
    while "/reponse/" in address:
        key = address.rstrip("/").rpartition("/")[2]
        page = device.section(key)
        assert device.response.status_code == 200
        pages.append(page.select_one(".progress__words span").get_text())
        assert device.fill(key).status_code == 302, key
        address = device.response.headers["Location"]
    assert pages[3] == "Étape 4 sur 15"
    assert len(pages) == 15
    assert address.endswith("/relecture/")
    assert device.get("relecture/")
