"""Reads the ids that editors chose in a stream, without loading what they stand for. Pure."""

from collections.abc import Iterator
from typing import Any


def raw_values(stream: Any) -> list[dict[str, Any]]:
    """Return the raw value of each block of a stream: choosers are ids, lists are plain."""
    return [_plain(block["value"]) for block in stream.raw_data]


def chosen_ids(stream: Any, *names: str) -> list[int]:
    """Return the ids held by the fields called ``names`` at any depth, in order, each once."""
    found = [pk for value in raw_values(stream) for pk in _walk(value, names)]
    return list(dict.fromkeys(found))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        listed = all(isinstance(item, dict) and item.get("type") == "item" for item in value)
        return [_plain(item["value"] if listed else item) for item in value]
    return value


def _walk(value: Any, names: tuple[str, ...]) -> Iterator[int]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name in names:
                yield from (pk for pk in _listed(part) if isinstance(pk, int))
            else:
                yield from _walk(part, names)
    elif isinstance(value, list):
        for part in value:
            yield from _walk(part, names)


def _listed(part: Any) -> list[Any]:
    return part if isinstance(part, list) else [part]
