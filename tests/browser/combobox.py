"""The search boxes with suggestions: where they are, and what shows in them."""

from playwright.sync_api import Page, expect

from tests.browser.addresses import KIT

BOXES = {"/": "#q", "/ressources/": "#q", KIT: "#site-search", "/en/": "#q"}
OPTION = ".suggest [role=option]"
ASKED = "**/api/suggest?*"
LINE = {"text": "Un", "kind": "page", "type": "guide", "type_label": "Guide", "language": "fr"}
# Keys of a fast typist, at a pace that a busy machine does not change.
TYPE = """async (field, text) => {
  field.focus();
  for (const letter of text) {
    field.value += letter;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => setTimeout(done, 20));
  }
}"""


def typed(page: Page, text: str, box: str = "#q") -> None:
    page.locator(box).evaluate(TYPE, text)


def words(page: Page) -> list[str]:
    return page.locator(f"{OPTION} .suggest__text").all_inner_texts()


def active(page: Page, box: str = "#q") -> str:
    """The words of the option that the keyboard stands on, read as a screen reader does."""
    name = page.locator(box).get_attribute("aria-activedescendant")
    if not name:
        return ""
    option = page.locator(f"[id='{name}']")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    return option.locator(".suggest__text").inner_text()
