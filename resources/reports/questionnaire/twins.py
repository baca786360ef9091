"""Copies get keys of their own: a key that stands twice stays with the block that had it first. Pure.

The editor's copy button copies the key as well. Two questions under one key would be one for the
code, and the answers of both would mix; whatever was kept before, answers and all, is never renamed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from resources.reports.questionnaire.conditions import TOKEN
from resources.reports.questionnaire.keys import numbered, proposed
from resources.reports.questionnaire.schema import OTHER

LISTS = ("options", "rows", "columns")
Block = dict[str, Any]


def identifiers(raw: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The identifiers of all blocks of a raw value: sections, questions, their answers."""
    return frozenset(_identifiers(raw))


def _identifiers(blocks: Iterable[Any]) -> Iterator[str]:
    for block in blocks:
        if not isinstance(block, Mapping):
            continue
        if block.get("id"):
            yield str(block["id"])
        value = block.get("value")
        if isinstance(value, Mapping):
            for part in value.values():
                if isinstance(part, list):
                    yield from _identifiers(part)


def parted(raw: Iterable[Mapping[str, Any]], kept: Collection[str]) -> list[Block]:
    """The raw value of the field with new keys for its copies; ``kept`` were there before."""
    sections: list[Block] = deepcopy([dict(block) for block in raw])
    copied = _rename(sections, kept, "title_fr")
    inside = [(s, q) for s in sections for q in s["value"].get("questions") or ()]
    renamed = _rename([question for _section, question in inside], kept, "label_fr")
    for section in sections:
        names = {
            old: question["value"]["key"]
            for owner, question in inside
            if owner is section and (old := renamed.get(id(question)))
        }
        if names and id(section) in copied:  # what was copied together stays together
            _reword(section["value"], names)
    for _section, question in inside:
        old = renamed.get(id(question))
        _reword_rules(question["value"], {old: question["value"]["key"]} if old else {})
        for name in LISTS:
            _rename(question["value"].get(name) or [], kept, "label_fr", OTHER)
    return sections


def _rename(blocks: list[Block], kept: Collection[str], words: str, *more: str) -> dict[int, str]:
    """Give the copies among these blocks new keys; their old ones, by the identity of the block."""
    taken = {*more, *(_key(block) for block in blocks)}
    renamed: dict[int, str] = {}
    for key in dict.fromkeys(filter(None, map(_key, blocks))):
        same = [block for block in blocks if _key(block) == key]
        first = next((block for block in same if block.get("id") in kept), same[0])
        for block in same:
            if block is first or block.get("id") in kept:
                continue
            said, value = str(first["value"].get(words) or ""), block["value"]
            new = str(value.get(words) or "")
            value["key"] = proposed(new, taken) if new and new != said else numbered(key, taken)
            taken.add(value["key"])
            renamed[id(block)] = key
    return renamed


def _key(block: Mapping[str, Any]) -> str:
    return str(block["value"].get("key") or "").strip()


def _reword(section: Block, names: Mapping[str, str]) -> None:
    for question in section.get("questions") or ():
        value = question["value"]
        value["when"] = reworded(str(value.get("when") or ""), names)
        _reword_rules(value, names)


def _reword_rules(question: Block, names: Mapping[str, str]) -> None:
    for rule in (question.get("rules") or ()) if names else ():
        rule["value"]["check"] = reworded(str(rule["value"].get("check") or ""), names)


def reworded(text: str, names: Mapping[str, str]) -> str:
    """An expression that looks at questions by their new keys; what is listed after « in » stays."""
    found, place, listed = [], 0, False
    while match := TOKEN.match(text, place):
        word = match["name"] or ""
        listed = word.lower() == "in" or (listed and match["sign"] != ")")
        key, dot, rest = word.partition(".")
        if key in names and not listed:
            start = match.start("name")
            found.append(f"{text[place:start]}{names[key]}{dot}{rest}")
        else:
            found.append(text[place : match.end()])
        place = match.end()
    return "".join(found) + text[place:]
