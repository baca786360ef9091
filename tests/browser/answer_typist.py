"""Answers a form with the keyboard alone, and counts what it takes."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

# What is typed in a field, by what its name ends with; the rest is told by its kind.
STORY = "Nous avons avancé l’heure et offert un pot : les gens sont restés parler."
FOCUSED = """() => {
  const e = document.activeElement;
  const form = e.closest("main form");
  return form ? {
    tag: e.tagName.toLowerCase(), type: e.type || "", name: e.name || "", mode: e.inputMode || "",
    checked: Boolean(e.checked), value: e.value || "",
  } : null;
}"""
MOST_STEPS = 400
A_TAP, A_SIGN, A_QUESTION = 2.0, 0.3, 3.0  # seconds


@dataclass
class Typist:
    """Goes from field to field with Tab, answers each, and presses « Continuer »."""

    page: Page | None = None
    stories: bool = True
    taps: int = 0
    signs: int = 0
    fields: set[str] = field(default_factory=set)
    practices: int = 2

    @property
    def minutes(self) -> float:
        """Two seconds a tap, 0.3 s a sign on a phone, three seconds to read each field."""
        return (self.taps * A_TAP + self.signs * A_SIGN + len(self.fields) * A_QUESTION) / 60

    @property
    def words(self) -> str:
        counted = f"{len(self.fields)} fields, {self.taps} taps, {self.signs} signs"
        return f"{counted}: {self.minutes:.1f} minutes"

    def section(self) -> None:
        """One page, from its title to its first button."""
        self.page.locator("main").focus()
        for _step in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(FOCUSED)
            if found is None:
                continue
            if found["tag"] == "button" and found["name"] == "on":
                self.taps += 1
                return
            self._answer(found)
        raise AssertionError("the button « Continuer » is not reached with Tab")

    def _answer(self, found: dict[str, object]) -> None:
        name, kind = str(found["name"]), str(found["type"])
        if found["tag"] in ("a", "button"):
            return
        self.fields.add(name)
        if kind in ("radio", "checkbox"):
            self._choose(name, bool(found["checked"]))
        elif found["tag"] == "select":
            self._press("ArrowDown")
        elif not found["value"]:
            self._type(self._text(name, kind, str(found["mode"]), str(found["tag"])))

    def _choose(self, name: str, checked: bool) -> None:
        tried = name.endswith("-tried")
        if checked or (tried and self.practices <= 0):
            return
        self.practices -= tried
        self._press("Space")

    def _press(self, key: str) -> None:
        self.taps += 1
        self.page.keyboard.press(key)

    def _type(self, text: str) -> None:
        self.taps += 1
        self.signs += len(text)
        self.page.keyboard.type(text)

    def _text(self, name: str, kind: str, mode: str, tag: str) -> str:
        if kind == "date":
            return "05052026"  # the same in every order of day and month
        if kind == "time":
            return "1030A"
        if name.endswith("-h"):
            return "2"
        if mode == "numeric":
            return "12" if name.endswith(("convoques", "-m")) else "8"
        if tag == "textarea":
            return STORY if self.stories else ""
        return "Autre chose"
