"""The ten-minute report on a phone, in a hall with a poor connection: nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_answer_form import judged, stored, unavailable
from tests.campaign_child import invited
from tests.live import LiveHub

ADVICE = "#q-conseil_a_un_pair"
SAVED = re.compile(r"^Enregistré à \d\d:\d\d$")


def evening(open_page: OpenPage, link: str) -> Page:
    page = open_page(link, width=375)
    page.goto(f"{page.url.rstrip('/')}/dix-minutes/")
    return page


def test_what_is_typed_is_saved_without_the_button(open_page: OpenPage, live_hub: LiveHub) -> None:
    coop = "Les Toits du soir"
    page = evening(open_page, invited(live_hub.data_dir, coop))
    page.locator(ADVICE).fill("Un goûter.")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert stored(live_hub, coop)[1]["conseil_a_un_pair"] == "Un goûter."
    judged(page, script=True)


def test_words_typed_before_the_draft_is_begun_come_back(
    open_page: OpenPage, live_hub: LiveHub
) -> None:
    coop = "Les Toits du soir sans réseau"
    page = evening(open_page, invited(live_hub.data_dir, coop))
    page.route("**/dix-minutes/", unavailable)
    page.locator(ADVICE).fill("Écrit dans la salle.")
    expect(page.locator("[data-saved]")).to_contain_text("Pas de connexion")
    address = page.url
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    page.unroute("**/dix-minutes/")
    page.goto(address)
    expect(page.locator(ADVICE)).to_have_value("Écrit dans la salle.")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert stored(live_hub, coop)[1]["conseil_a_un_pair"] == "Écrit dans la salle."
    page.get_by_role("button", name="Enregistrer mon bilan").click()
    page.wait_for_url("**/dix-minutes/?fait=1")
    judged(page, script=True)


@pytest.mark.parametrize("script", [False, True])
def test_two_phones_lose_no_text(open_page: OpenPage, live_hub: LiveHub, script: bool) -> None:
    coop = f"Les Toits à deux {'avec' if script else 'sans'} script"
    link = invited(live_hub.data_dir, coop)
    late = open_page(link, width=375, java_script_enabled=script)
    late.locator("main form button").first.click()
    late.goto(re.sub("reponse/.*", "reponse/recit/", late.url))
    first = open_page(link, width=375)
    first.goto(late.url)
    first.locator("#q-ce_qui_a_marche").fill("Le pot du soir.")
    expect(first.locator("[data-saved]")).to_have_text(SAVED)
    late.locator("#q-ce_qui_a_marche").fill("La visite du chantier.")
    if script:  # the page saves by itself, and is closed before anybody reads what it says
        expect(late.locator("[data-saved]")).to_contain_text("voir les deux textes")
    else:
        late.get_by_role("button", name="Continuer").click()
        expect(late.locator("h1")).to_have_text("Deux textes pour une réponse")
        judged(late, script)
    late.goto("about:blank")
    first.reload()
    first.get_by_role("link", name="Voir les deux textes").click()
    judged(first, script=True)
    expect(first.locator("#q-ce_qui_a_marche")).to_have_value("La visite du chantier.")
    first.get_by_role("button", name="Enregistrer et continuer").click()
    first.wait_for_url("**/reponse/outils/")
    kept = stored(live_hub, coop)[1]["ce_qui_a_marche"]
    assert kept == "La visite du chantier.\n\nLe pot du soir."
    assert first.evaluate("localStorage.length") == 0
