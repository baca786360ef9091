"""A questionnaire built in the admin as an editor does it, in a real browser."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page

from tests.live import LiveHub

ADD = "/admin/snippets/reports/campaign/add/"
SECTION = "sections-15-value"  # after those of the questionnaire that ships
QUESTION = f"{SECTION}-questions-0"


@pytest.fixture
def form(open_page, live_hub: LiveHub) -> Iterator[Page]:
    with closing(sqlite3.connect(live_hub.data_dir / "hub.sqlite3", timeout=30)) as database:
        database.execute("DELETE FROM axes_accessattempt")
        database.commit()
    page = open_page("/admin/login/")
    page.fill("#id_username", live_hub.admin_name)
    page.fill("#id_password", live_hub.admin_password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    page.goto(ADD, timeout=90_000)
    page.set_default_timeout(60_000)
    yield page
    with closing(sqlite3.connect(live_hub.data_dir / "hub.sqlite3", timeout=30)) as database:
        database.execute("DELETE FROM reports_campaign WHERE slug LIKE 'essai-%'")
        database.commit()


def show(form: Page) -> None:
    form.get_by_role("tab", name="Questionnaire").click()


def save(form: Page) -> None:
    with form.expect_navigation(timeout=90_000):
        form.get_by_role("button", name="Enregistrer le brouillon").click()


def add_question(form: Page, slug: str) -> None:
    """A new section at the end with one question, typed and clicked; no key is given."""
    form.fill("#id_slug", slug)
    show(form)
    outer = form.locator("input[name='sections-count']").locator("xpath=..")
    outer.locator("button.c-sf-add-button").last.click()
    form.fill(f"[name='{SECTION}-title_fr']", "La garde des enfants")
    inner = form.locator(f"[name='{SECTION}-questions-count']").locator("xpath=..")
    inner.locator("button.c-sf-add-button").last.click()
    form.get_by_role("option", name="Oui ou non").click()
    form.fill(f"[name='{QUESTION}-value-label_fr']", "Une garde était-elle proposée ?")


def test_a_section_and_a_question_are_added_and_get_their_keys(form: Page) -> None:
    add_question(form, "essai-garde")
    save(form)
    assert "/edit/" in form.url
    assert form.input_value(f"[name='{SECTION}-key']") == "garde_enfants"
    assert form.input_value(f"[name='{QUESTION}-value-key']") == "garde_etait_proposee"


def test_a_copy_gets_its_key_when_the_draft_is_saved(form: Page) -> None:
    add_question(form, "essai-copie")
    save(form)
    show(form)
    block = form.locator(f"[name='{QUESTION}-type']").locator("xpath=..")
    block.locator("button[title='Dupliquer']").first.evaluate("button => button.click()")
    copy = f"{SECTION}-questions-1-value"
    form.locator(f"[name='{copy}-label_fr']").evaluate("field => { field.value = 'La copie ?' }")
    save(form)
    assert form.input_value(f"[name='{copy}-label_fr']") == "La copie ?"
    assert form.input_value(f"[name='{copy}-key']") == "copie"
    assert form.input_value(f"[name='{QUESTION}-value-key']") == "garde_etait_proposee"


# One question of each kind of block, with everything that its form holds.
TYPED = {
    "Texte court": {"label_fr": "Un mot ?", "label_en": "A word?", "max_length": "40"},
    "Nombre entier": {"label_fr": "Combien ?", "minimum": "2", "maximum": "9"},
    "Un seul choix": {"label_fr": "Lequel ?", "when": "clef_inconnue = oui"},
    "Tableau": {"label_fr": "Le tableau", "help_fr": "Une aide", "minimum": "1"},
    "Accord": {"label_fr": "D’accord ?", "prefill": "last"},
    "Texte sans question": {"label_fr": "Merci de lire", "key": "Clé impossible"},
}


def test_nothing_typed_is_lost_by_a_draft_with_problems_nor_by_a_refusal(form: Page) -> None:
    add_question(form, "essai-perdu")
    inner = form.locator(f"[name='{SECTION}-questions-count']").locator("xpath=..")
    for place, (kind, values) in enumerate(TYPED.items(), 1):
        inner.locator("button.c-sf-add-button").last.click()
        form.get_by_role("option", name=kind, exact=True).click()
        for name, value in values.items():
            field = form.locator(f"[name='{SECTION}-questions-{place}-value-{name}']")
            field.evaluate("(field, value) => { field.value = value }", value)
    save(form)
    assert "/edit/" in form.url  # the draft is kept
    assert_typed(form)
    show(form)
    beside = form.locator(f"[name='{SECTION}-questions-3-value-when']").locator(
        "xpath=ancestor::*[contains(@class, 'w-field__wrapper')][1]"
    )
    assert "clef_inconnue" in beside.inner_text()
    assert "clef_inconnue" in form.locator(".messages").inner_text()
    form.get_by_role("button", name="Plus d’actions").or_(
        form.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]")
    ).first.click()
    with form.expect_navigation(timeout=90_000):
        form.get_by_role("button", name="Publier").click()
    assert "clef_inconnue" in form.locator(".messages").inner_text()
    assert_typed(form)


def assert_typed(form: Page) -> None:
    for place, values in enumerate(TYPED.values(), 1):
        for name, value in values.items():
            field = form.locator(f"[name='{SECTION}-questions-{place}-value-{name}']")
            found = field.input_value()
            assert found == value or float(found) == float(value), name
