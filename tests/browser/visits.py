"""Loads an address once as a new reader, and writes down everything there is to judge."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.addresses import Address
from tests.browser.engine import reader

OPTIONS = {"resultTypes": ["violations"]}
WATCH = """
window.seen = { shift: 0, refused: [] };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
addEventListener("securitypolicyviolation", (event) => {
  seen.refused.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""
SETTLED = """async () => {
  await document.fonts.ready;
  for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
  await new Promise((done) => setTimeout(done, 50));
  return window.seen;
}"""
OPEN_EVERYTHING = """() => {
  for (const box of document.querySelectorAll("details:not(.site-menu)")) box.open = true;
}"""
AXE = """async (options) => (await axe.run(document, options)).violations.map(
  (found) => `${found.id} (${found.help}): ` + found.nodes.slice(0, 6).map(
    (node) => `${node.target.join(" ")} ${node.failureSummary.split("\\n")[1] || ""}`
  ).join(" | ")
)"""
# What sticks out of the window, unless it stands in a box that scrolls or cuts by itself.
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const boxed = (e) => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
      if (getComputedStyle(p).overflowX !== "visible") return true;
    return false;
  };
  const name = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""}`;
  const wide = [...document.body.querySelectorAll("*")].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1) && e.checkVisibility() && !boxed(e);
  });
  const scroll = document.scrollingElement.scrollWidth;
  const found = wide.slice(0, 5).map((e) => `${name(e)} “${e.textContent.trim().slice(0, 40)}”`);
  if (scroll > width) found.unshift(`the page is ${scroll} px wide`);
  return found;
}"""


@dataclass
class Visit:
    """What one reader met at one address, at one width."""

    status: int = 0
    language: str = ""
    requests: list[str] = field(default_factory=list)
    cookies: frozenset[str] = frozenset()
    errors: list[str] = field(default_factory=list)
    shift: float = 0.0
    weight: int = 0  # bytes over the wire
    scripts: int = 0  # bytes over the wire
    violations: dict[str, list[str]] = field(default_factory=dict)  # by colour scheme
    too_wide: dict[int, list[str]] = field(default_factory=dict)  # by width in px

    def hosts(self) -> set[str]:
        return {urlsplit(url).netloc for url in self.requests if not url.startswith("data:")}


def visit(browser: Browser, url: str, address: Address, width: int, others: list[int]) -> Visit:
    """Meet ``address`` on a window ``width`` px wide; ``others`` are widths to try it at as well."""
    seen = Visit()
    with reader(browser, url, width) as page:
        _listen(page, seen)
        answer = page.goto(address.path)
        assert answer is not None
        seen.status = answer.status
        if address.steps:
            address.steps(page)
        _look(page, seen)
        page.evaluate(OPEN_EVERYTHING)
        for other in (*others, width):
            page.set_viewport_size({"width": other, "height": 800})
            seen.too_wide[other] = page.evaluate(TOO_WIDE)
        _judge(page, seen)
    return seen


def _listen(page: Page, seen: Visit) -> None:
    """From now on, write down what the page asks for and what goes wrong."""
    page.add_init_script(WATCH)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("response", lambda response: _note_status(page, seen, response))
    page.on("console", lambda message: _note_message(page, seen, message))
    kinds: dict[str, str] = {}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    wire.on("Network.loadingFinished", lambda e: _weigh(seen, kinds, e))


def _weigh(seen: Visit, kinds: dict[str, str], event: dict[str, Any]) -> None:
    size = int(event["encodedDataLength"])
    seen.weight += size
    if kinds.get(event["requestId"]) == "Script":
        seen.scripts += size


def _note_status(page: Page, seen: Visit, response: Any) -> None:
    if response.request.is_navigation_request():
        seen.status = response.status
    elif response.status >= 400:
        seen.errors.append(f"{response.status} {response.url}")


def _note_message(page: Page, seen: Visit, message: Any) -> None:
    """Keep errors and warnings; the browser also tells of an answer that is meant, such as 404."""
    of_page = message.text.startswith("Failed to load resource") and message.location.get(
        "url"
    ) in {page.url, ""}
    if message.type in {"error", "warning"} and not of_page:
        seen.errors.append(message.text)


def _look(page: Page, seen: Visit) -> None:
    state = page.evaluate(SETTLED)
    seen.shift = state["shift"]
    seen.errors += state["refused"]
    seen.language = page.evaluate("document.documentElement.lang")
    seen.cookies = frozenset(str(cookie["name"]) for cookie in page.context.cookies())


def _judge(page: Page, seen: Visit) -> None:
    """Every folded part is open by now: what is hidden cannot be judged."""
    page.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        seen.violations[scheme] = page.evaluate(AXE, OPTIONS)
