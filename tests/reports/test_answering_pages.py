"""A co-op answers page by page, without any script."""

import re

import pytest
from django.test import Client

from resources.reports.questionnaire import visibility
from tests import campaigns
from tests.answering import Device, soup

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


def test_a_question_that_an_answer_calls_for_is_asked_before_going_on(device):
    assert device.section("horaire").select_one("[data-question=horaire_raison]").has_attr("hidden")
    device.fill("horaire", {"q-horaire_change": "yes"})
    assert device.response.headers["Location"].endswith("?ajout=horaire_raison#q-horaire_raison")
    page = device.section("horaire")
    assert not page.select_one("[data-question=horaire_raison]").has_attr("hidden")
    device.fill("horaire", {"q-horaire_raison": "Trop tard le soir."})
    assert device.response.headers["Location"].endswith("/reponse/lieu/")


def test_what_becomes_hidden_is_no_answer_and_comes_back_with_its_question(device):
    device.fill("horaire", {"q-horaire_change": "yes", "q-horaire_raison": "Trop tard."})
    device.fill("horaire", {"q-horaire_change": "no"})
    answer = device.answer
    assert "horaire_raison" not in visibility.answers(answer.campaign.shape, answer.values)
    assert "Trop tard." not in device.get("relecture/").get_text()
    device.fill("horaire", {"q-horaire_change": "yes"})
    assert device.fields("horaire")["q-horaire_raison"] == ["Trop tard."]


def test_a_section_that_answers_hide_is_passed_over(device):
    device.fill("ag", {"q-mode_ag": "distance"})
    device.fill("horaire")
    assert device.response.headers["Location"].endswith("/reponse/collaborateurs/")
    assert "sur 14" in device.section("horaire").select_one(".progress__words").get_text()


def test_a_warning_is_corrected_or_confirmed_with_its_reason(device):
    cells = {
        "q-participation-salaries-convoques": "5",
        "q-participation-salaries-presents": "9",
    }
    assert device.fill("participation", cells).status_code == 422
    page = soup(device.response)
    assert "plus de présents que de convoqués" in page.select_one(".question__warning").get_text()
    listed = device.get("relecture/").select_one("#to-settle").get_text()
    assert "plus de présents que de convoqués" in listed
    reason = {"why-participation-0": "Quatre salariés sont arrivés depuis."}
    assert device.fill("participation", reason).status_code == 302
    assert "Quatre salariés" in device.get("relecture/").get_text()
    assert device.answer.reasons == reason


@pytest.mark.parametrize(
    ("button", "goes"),
    [
        ("back", "/reponse/pratiques/"),
        ("later", "/campagnes/retours-ag-2026/"),
        ("files", "/fichiers/photos/"),
    ],
)
def test_every_button_saves(device, button, goes):
    told = {"q-ce_qui_a_marche": "Le pot.", "files": "photos" if button == "files" else ""}
    device.fill("recit", told, button="on" if button == "files" else button)
    assert device.response.headers["Location"].endswith(goes)
    assert device.answer.values["ce_qui_a_marche"] == "Le pot."


def test_coming_back_goes_on_where_one_stopped_and_says_when_it_was_saved(device):
    device.fill("recit", {"q-ce_qui_a_marche": "Le pot."}, "later")
    page = device.get()
    assert "Enregistré à" in page.get_text()
    device.begin()
    assert device.response.headers["Location"].endswith("/reponse/recit/")


def test_the_practices_bear_the_titles_of_their_pages(device):
    text = device.section("pratiques").get_text()
    assert device.response.status_code == 200
    assert "P01" in text  # on a hub without its content, their codes


def test_the_same_pages_stand_in_english():
    english = Device(campaigns.participant(campaigns.campaign()), prefix="/en").begin()
    assert english.response.headers["Location"].startswith("/en/campagnes/")
    page = english.section("horaire")
    assert "Step 3 of 15" in page.get_text()
    assert page.select_one("h1").get_text() == "Timing"


OTHER = re.compile(r'<a href="([^"]+)" hreflang="(fr|en)"')


def test_the_door_leads_to_the_same_answer_in_the_other_language():
    browser = campaigns.holder(campaigns.participant(campaigns.campaign()))
    page = "/campagnes/retours-ag-2026/"
    for code, path in (("en", f"/en{page}"), ("fr", page)):
        offered = dict(map(reversed, OTHER.findall(browser.get(page).content.decode())))
        assert offered == {code: path}
        page = path
        assert "Les Toits Bleus" in browser.get(page).content.decode()


def test_a_campaign_in_french_alone_offers_no_english():
    campaigns.campaign(languages=["fr"])
    assert OTHER.findall(Client().get("/campagnes/retours-ag-2026/").content.decode()) == []
    english = Client().get("/en/campagnes/retours-ag-2026/").content.decode()
    assert OTHER.findall(english) == [("/campagnes/retours-ag-2026/", "fr")]


@pytest.mark.parametrize("page", ["/campagnes/code/", "/campagnes/lien-perdu/"])
def test_the_other_ways_in_are_read_in_both_languages(page):
    assert OTHER.findall(Client().get(page).content.decode()) == [(f"/en{page}", "en")]
    assert OTHER.findall(Client().get(f"/en{page}").content.decode()) == [(page, "fr")]
