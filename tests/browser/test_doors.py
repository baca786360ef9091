"""The ways to an answer and what a co-op owns, on a telephone: with a script and without."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from resources.reports.open_views import UninvitedForm
from tests.browser.conftest import OpenPage
from tests.browser.test_alert import mail_to
from tests.browser.visits import AXE, AXE_SCRIPT, OPTIONS, TOO_WIDE
from tests.campaign_child import invited
from tests.live import LiveHub
from tests.security.good_files import photograph_with_place

SEASON = "/campagnes/retours-ag-2026/"
PLAIN = (
    "/campagnes/r/never-made/",
    "/campagnes/code/",
    "/campagnes/lien-perdu/",
    "/campagnes/lien-perdu/demande/",
    "/campagnes/au-revoir/",
    f"{SEASON}sans-invitation/",
)
OWN = ("", "ma-cooperative/", "confier/", "dix-minutes/", "fichiers/photos/", "accords/")


def judged(page: Page) -> None:
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, OPTIONS) == []


@pytest.fixture
def link(live_hub: LiveHub) -> str:
    return invited(live_hub.data_dir, "Les Portes Ouvertes")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "ag.jpg"
    path.write_bytes(io.BytesIO(photograph_with_place()).getvalue())
    return path


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_every_page_has_its_place_and_axe_finds_nothing(
    open_page: OpenPage, link: str, width: int
) -> None:
    page = open_page(PLAIN[0], width=width)
    for path in PLAIN:
        page.goto(path)
        judged(page)
    page.goto(link)
    for path in OWN:
        page.goto(SEASON + path)
        judged(page)


@pytest.mark.parametrize("script", [True, False])
def test_the_report_of_the_evening_with_a_photo_its_consent_and_what_is_taken_back(
    open_page: OpenPage, link: str, photo: Path, script: bool
) -> None:
    page = open_page(link, width=375, java_script_enabled=script)
    assert link not in page.url
    page.goto(f"{SEASON}dix-minutes/")
    page.locator("[name=q-date_ag]").fill("2026-05-14")
    page.locator("[name=q-photos]").set_input_files(photo)
    page.get_by_role("button", name="Enregistrer mon bilan").click()
    expect(page.locator("[name=q-consent_images]")).not_to_be_checked()
    expect(page.locator(".uploads")).to_contain_text("ag.jpg")
    page.get_by_role("link", name="Voir ou retirer les fichiers").click()
    while page.get_by_role("button", name=re.compile("Retirer")).count():
        page.get_by_role("button", name=re.compile("Retirer")).first.click()
        page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Pas encore de fichier")
    page.goto(f"{SEASON}accords/")
    page.locator("[name=q-consent_niveau]").first.check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status").first).to_contain_text("C’est noté")
    page.goto(f"{SEASON}confier/")
    for _twice in range(2):
        page.get_by_role("button", name="Afficher un nouveau lien").click()
        expect(page.locator(".secret-link")).to_contain_text("/campagnes/r/")
    page.goto(SEASON)
    page.get_by_role("button", name=re.compile("Quitter")).click()
    expect(page.locator("h1")).to_have_text("Cet appareil a oublié la réponse")
    assert page.goto(f"{SEASON}accords/").status == 404


@pytest.mark.parametrize("script", [True, False])
def test_without_an_invitation_from_the_form_to_the_answer(
    open_page: OpenPage, live_hub: LiveHub, link: str, script: bool
) -> None:
    address = f"porte-{script}@coop.example".lower()
    page = open_page(f"{SEASON}sans-invitation/", width=375, java_script_enabled=script)
    page.locator("[name=coop_name]").fill("Le Grand Large")
    page.locator("[name=email]").fill(address)
    page.wait_for_timeout(UninvitedForm.shortest_filling * 1000 + 1100)
    if script:
        expect(page.locator("[name=work]")).not_to_have_value("")
    page.get_by_role("button", name="Envoyez-moi le lien").click()
    expect(page.locator("h1")).to_have_text("Regardez dans votre messagerie")
    body = mail_to(live_hub, address).get_content()
    found = re.search(rf"{re.escape(live_hub.url)}/campagnes/r/\S+", body)
    assert found is not None
    page.goto(found[0])
    if script:
        judged(page)
    page.get_by_role("button", name="Commencer").click()
    page.wait_for_url(f"**{SEASON}")
    expect(page.locator("main")).to_contain_text("Le Grand Large")
