"""A questionnaire built in the admin as an editor does it, in a real browser."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page

from resources.reports.questionnaire.condition_checks import Scope, in_condition, in_rule
from resources.reports.questionnaire.default import default_questionnaire
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
    "Consentement": {"label_fr": "D’accord ?", "prefill": "last"},
    "Texte sans question": {"label_fr": "Merci de lire", "key": "Clé impossible"},
}


def test_nothing_typed_is_lost_by_a_draft_with_problems_nor_by_a_refusal(form: Page) -> None:
    add_question(form, "essai-perdu")
    inner = form.locator(f"[name='{SECTION}-questions-count']").locator("xpath=..")
    for place, (kind, values) in enumerate(TYPED.items(), 1):
        inner.locator("button.c-sf-add-button").last.click()
        # Of the menu: the lists of themes have an answer « Consentement » too.
        form.locator("[role=option]").get_by_text(kind, exact=True).click()
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
    form.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with form.expect_navigation(timeout=90_000):
        form.get_by_role("button", name="Publier").click()
    assert "à cause d'erreurs" in form.locator(".messages").inner_text()
    assert_typed(form)


def assert_typed(form: Page) -> None:
    for place, values in enumerate(TYPED.values(), 1):
        for name, value in values.items():
            field = form.locator(f"[name='{SECTION}-questions-{place}-value-{name}']")
            found = field.input_value()
            assert found == value or float(found) == float(value), name


WHEN = "sections-3-value-questions-1-value-when"  # in « Le lieu »
CHECK = "sections-9-value-questions-0-value-rules-0-value-check"  # « Participation », a table


def composer(form: Page, name: str) -> Locator:
    """The help to write an expression, beside its field, unfolded as far as it needs."""
    field = form.locator(f"[name='{name}']")
    field.evaluate(UNFOLD)
    return field.locator("xpath=following-sibling::*[contains(@class, 'condition')]")


UNFOLD = """field => {
  for (let part = field; part; part = part.parentElement) {
    const toggle = part.querySelector?.(":scope > .w-panel__header [data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
    if (part.hidden) part.hidden = false;
  }
}"""


def test_a_condition_is_composed_with_the_keyboard_from_the_words(form: Page) -> None:
    show(form)
    box, field = composer(form, WHEN), form.locator(f"[name='{WHEN}']")
    box.locator("[data-part=open]").focus()
    form.keyboard.press("Enter")
    assert box.get_by_label("Question", exact=True).evaluate("e => e === document.activeElement")
    form.keyboard.type("Comment s’est-elle tenue")
    form.keyboard.press("Tab")
    form.keyboard.type("est différent")
    form.keyboard.press("Tab")
    form.keyboard.press("End")
    form.keyboard.press("Enter")
    assert field.evaluate("e => e === document.activeElement")
    assert field.input_value() == "mode_ag != distance"
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    box.get_by_label("Question", exact=True).select_option(label="Quel jour s’est tenue votre AG ?")
    box.get_by_label("Comparaison").select_option(label="est au moins")
    box.get_by_label("Valeur").fill("2026-06-01")
    box.get_by_label("Avec ce qui est déjà écrit").select_option(label="ou : l’un des deux suffit")
    form.keyboard.press("Escape")
    assert field.input_value() == "mode_ag != distance"
    box.locator("[data-part=open]").click()
    box.locator("[data-part=close]").click()
    assert box.locator("[data-part=open]").evaluate("e => e === document.activeElement")


EVERYTHING = """([box, field]) => {
  const part = name => box.querySelector(`[data-part="${name}"]`);
  const choose = (name, value) => {
    part(name).value = value;
    part(name).dispatchEvent(new Event("change"));
  };
  const values = name => [...part(name).options].filter(one => !one.disabled).map(one => one.value);
  const compose = (question, comparison) => {
    field.value = "";
    part("open").click();
    choose("question", question);
    choose("comparison", comparison);
    for (const tick of part("list").querySelectorAll("input")) tick.checked = true;
    const typed = {number: "2", date: "2026-06-01", time: "18:30"};
    if (!part("typing").hidden) part("typed").value = typed[part("typed").type];
    part("insert").click();
    return field.value;
  };
  part("open").click();
  const pairs = values("question").flatMap(question => {
    choose("question", question);
    return values("comparison").map(comparison => [question, comparison]);
  });
  part("close").click();
  return pairs.map(pair => compose(...pair));
}"""


@pytest.mark.parametrize("name", [WHEN, CHECK])
def test_whatever_is_composed_can_be_read(form: Page, name: str) -> None:
    show(form)
    box, field = composer(form, name), form.locator(f"[name='{name}']")
    made = form.evaluate(EVERYTHING, [box.element_handle(), field.element_handle()])
    assert len(made) == len(set(made)) > 20
    scope, check = (
        (Scope(default_questionnaire(), 3, 1), in_condition)
        if name == WHEN
        else (Scope(default_questionnaire(), 9, 0), in_rule)
    )
    assert [told for text in made for told in check(scope, text)] == []
    assert ("row.presents >= 2" in made) == (name == CHECK)
