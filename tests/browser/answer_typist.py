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
    question: e.closest("[data-question]")?.dataset.question || "",
  } : null;
}"""
MOST_STEPS = 400
MOST_BOXES = 2
A_TAP, A_SIGN, A_QUESTION, A_FIELD = 2.0, 0.3, 3.0, 1.0  # seconds
LEFT_EMPTY = ("_detail", "_usage")  # what asks for more words on an answer that is given


@dataclass
class Typist:
    """Goes from field to field with Tab, answers each, and presses « Continuer »."""

    page: Page | None = None
    taps: int = 0
    signs: int = 0
    fields: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    ticked: dict[str, int] = field(default_factory=dict)

    @property
    def minutes(self) -> float:
        """Two seconds a tap, 0.3 s a sign on a phone; three to read a question, one more a field."""
        reading = len(self.questions) * A_QUESTION + len(self.fields) * A_FIELD
        return (self.taps * A_TAP + self.signs * A_SIGN + reading) / 60

    @property
    def words(self) -> str:
        counted = f"{len(self.questions)} questions, {len(self.fields)} fields"
        return f"{counted}, {self.taps} taps, {self.signs} signs: {self.minutes:.1f} minutes"

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
        self.questions.add(str(found["question"]))
        if kind in ("radio", "checkbox"):
            if found["value"] != "aucun":  # contradicts the others, which the form would say
                self._choose(name, kind, bool(found["checked"]))
        elif found["tag"] == "select":
            self._press("ArrowDown")
        elif not found["value"] and not name.endswith(LEFT_EMPTY):
            self._type(self._text(name, kind, str(found["mode"]), str(found["tag"])))

    def _choose(self, name: str, kind: str, checked: bool) -> None:
        """The first of several, two boxes at most, two practices."""
        group = "practices" if name.endswith("-tried") else name
        most = MOST_BOXES if kind == "checkbox" else 1
        if checked or self.ticked.get(group, 0) >= most:
            return
        self.ticked[group] = self.ticked.get(group, 0) + 1
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
            return STORY
        return "Autre chose"
