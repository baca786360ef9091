"""A new draft put over a page that an editor has worked on: figures follow, words stay. Pure.

What was generated and not touched is replaced. What an editor rewrote stays, and the new text is
proposed beside it. What an editor removed does not come back. What an editor added stays.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from resources.reports.synthesis.parts import KEY_FIGURES, QUOTE, Part, digest, words_of

Block = dict[str, Any]


@dataclass
class Merged:
    blocks: list[Block] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)  # digests of what was generated, by origin
    proposals: dict[str, str] = field(default_factory=dict)  # new words for what was rewritten


def merge(
    blocks: Sequence[Block],
    known: Mapping[str, str],
    parts: Sequence[Part],
    proposals: Mapping[str, str] | None = None,
) -> Merged:
    """Put ``parts`` over the raw ``blocks``; ``known`` is what the last build generated.

    A proposal of an earlier build is made again until the editor takes it.
    """
    new = {part.origin: part for part in parts}
    merged = Merged(known=dict(known) | {part.origin: digest(part.words) for part in parts})
    for block in blocks:
        kept = _kept(block, known, new, merged, proposals or {})
        if kept is not None:
            merged.blocks.append(kept)
    present = {block["value"].get("origin") for block in blocks if _has_origin(block)}
    _insert(merged.blocks, parts, {o for o in new if o not in known and o not in present})
    return merged


def block_of(part: Part) -> Block:
    return {"type": part.kind, "value": part.value, "id": str(uuid.uuid4())}


def _has_origin(block: Block) -> bool:
    return isinstance(block.get("value"), dict) and bool(block["value"].get("origin"))


def _kept(
    block: Block,
    known: Mapping[str, str],
    new: Mapping[str, Part],
    merged: Merged,
    proposals: Mapping[str, str],
) -> Block | None:
    """The block as it goes on; None for one that stands on nothing any more."""
    origin = block["value"].get("origin") if _has_origin(block) else ""
    if not origin or origin not in known:
        return block
    part, words = new.get(origin), words_of(block["type"], block["value"])
    is_untouched = block["type"] == KEY_FIGURES or digest(words) == known[origin]
    if part is None:
        gone = is_untouched or block["type"] == QUOTE
        return None if gone else block
    if is_untouched:
        chosen = {name: block["value"][name] for name, _v in part.extra if name in block["value"]}
        return {**block, "value": part.value | chosen}
    if digest(part.words) != known[origin] or origin in proposals:
        merged.proposals[origin] = part.words
    return block


def _insert(blocks: list[Block], parts: Sequence[Part], missing: set[str]) -> None:
    """Put what is new where the draft has it: after what comes before it there."""
    before: list[str] = []
    for part in parts:
        if part.origin in missing:
            places = {b["value"].get("origin"): i for i, b in enumerate(blocks) if _has_origin(b)}
            place = next((places[origin] + 1 for origin in reversed(before) if origin in places), 0)
            blocks.insert(place, block_of(part))
        before.append(part.origin)
