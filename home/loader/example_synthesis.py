"""Drafts the synthesis of an invented season, and finishes it as an editor would.

The hub's own draft is the beginning; a file says what an editor writes among its parts, which quotes
are published and what follows, in French and in English.
"""

from typing import Any, Final

from resources.reports.models import Answer, Campaign, SynthesisPage
from resources.reports.synthesis.building import build
from resources.reports.synthesis.parts import QUOTE

from .example_answers import FOLDER
from .ledger import Ledger
from .markdown import stream
from .references import References, with_ids
from .sources import ContentError, digest_of, read_toml
from .writer import latest_revision, value_for

EXAMPLE: Final = "exemple-"  # before the key of a co-op, in its address
Block = dict[str, Any]


def load_synthesis(ledger: Ledger, references: References, name: str, campaign: Campaign) -> None:
    """Write the synthesis of a campaign once, in each of its languages, and publish it."""
    path = f"{FOLDER}/{name}"
    told = read_toml(path)

    def save() -> tuple[int | str, str]:
        if not campaign.syntheses.exists():
            for page in build(campaign):
                _finish(page, told, references, path)
                page.save_revision(changed=True).publish()
        french = campaign.syntheses.get(locale__language_code="fr")
        return french.pk, latest_revision(str(french.pk)) or ""

    ledger.write(f"synthesis:{campaign.slug}", digest_of(told), latest_revision, save)


def _finish(page: SynthesisPage, told: dict[str, Any], references: References, path: str) -> None:
    texts = told[page.locale.language_code]
    blocks = _chosen(list(page.parts.raw_data), told["quotes"], _coops(page.campaign), path)
    for place, added in enumerate(texts["added"]):
        written = stream(added["text"], references)
        at = _place(blocks, added["after"], path)
        blocks[at:at] = with_ids(written, f"{path}#{place}")
    page.parts = page._meta.get_field("parts").to_python(blocks)
    page.title = page.draft_title = texts["title"]
    page.summary = texts["summary"]
    page.body = value_for(page, "body", stream(texts["end"], references), f"{path}#end")
    page.full_clean()


def _coops(campaign: Campaign | None) -> dict[str, str]:
    """The co-op of each answer, by its key."""
    rows = Answer.objects.filter(campaign=campaign).values_list("key", "organisation__slug")
    return {str(key): str(slug).removeprefix(EXAMPLE) for key, slug in rows}


def _chosen(
    blocks: list[Block], wanted: list[str], coops: dict[str, str], path: str
) -> list[Block]:
    """The quotes that the file ticks, and no other: ``question.coop``."""
    found: set[str] = set()
    for block in blocks:
        if block["type"] == QUOTE:
            value = block["value"]
            name = f"{value['question']}.{coops.get(value['answer'], '')}"
            value["shown"] = name in wanted
            found.add(name)
    if unknown := set(wanted) - found:
        raise ContentError(f"{path}: no quote is called {sorted(unknown)}")
    return blocks


def _place(blocks: list[Block], origin: str, path: str) -> int:
    for place, block in enumerate(blocks):
        if isinstance(block["value"], dict) and block["value"].get("origin") == origin:
            return place + 1
    raise ContentError(f"{path}: no part is made from {origin}")
