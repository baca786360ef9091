"""Takes a picture of every template, in every state, for people to look at.

Usage: python -m tests.browser.screenshots [WORD…]. Pictures go to var/screenshots, one a page and a
width: ``accueil-375.png``. With words, only the pages whose name holds one of them.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.addresses import ADDRESSES, Address
from tests.browser.engine import chromium, reader
from tests.live import served
from tests.prepared import ROOT

FOLDER = ROOT / "var" / "screenshots"
WIDTHS = (375, 768, 1280)
DARK = {
    "accueil", "ressources-filtrees", "guide-chapitre", "kit", "parcours", "video", "terme",
    "pratique", "demande-erreurs", "en-home", "recherche-definition", "recherche-filtres-de-trop",
    "accueil-suggestions",
}  # fmt: skip
TALLEST = 12_000  # px: a picture beyond this cannot be looked at


def take(browser: Browser, url: str, address: Address, width: int, scheme: str) -> Path:
    """Write the picture of the whole page, as a reader with this window and scheme sees it."""
    name = f"{address.name}-{width}{'-dark' if scheme == 'dark' else ''}.png"
    with reader(browser, url, width, color_scheme=scheme, reduced_motion="reduce") as page:
        page.goto(address.path)
        if address.steps:
            address.steps(page)
        page.evaluate("document.fonts.ready.then(() => true)")
        height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
        clip = {"x": 0, "y": 0, "width": width, "height": height}
        page.screenshot(path=FOLDER / name, full_page=True, clip=clip, animations="disabled")
    return FOLDER / name


def chosen(words: list[str]) -> list[Address]:
    named = [a for a in ADDRESSES if not words or any(word in a.name for word in words)]
    if not named:
        raise SystemExit(f"No page has {' or '.join(words)} in its name.")
    return named


def main(words: list[str]) -> None:
    pages = chosen(words)
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not words:
        for old in FOLDER.glob("*.png"):
            old.unlink()
    count = 0
    with (
        tempfile.TemporaryDirectory(prefix="vie-coop-") as data,
        served(Path(data)) as hub,
        chromium() as browser,
    ):
        for address in pages:
            for width in WIDTHS:
                take(browser, hub.url, address, width, "light")
                count += 1
                if address.name in DARK and width != 768:
                    take(browser, hub.url, address, width, "dark")
                    count += 1
    print(f"{count} pictures in {FOLDER}")


if __name__ == "__main__":
    main(sys.argv[1:])
