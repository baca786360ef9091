"""Every address the site answers to, each with an example that exists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLResolver, get_resolver

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
REGEX_PLACE = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """The patterns as they are written, without those that say the same twice."""
    seen: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        text = prefix + str(entry.pattern)
        found = patterns(entry, text) if isinstance(entry, URLResolver) else iter([text])
        for pattern in found:
            if pattern not in seen:
                seen.add(pattern)
                yield pattern


@dataclass
class Examples:
    """Values for the places of a pattern: by the beginning of the pattern first, then by name."""

    by_name: dict[str, object]
    by_prefix: dict[str, dict[str, object]] = field(default_factory=dict)

    def address(self, pattern: str) -> str:
        values = dict(self.by_name)
        for prefix, special in self.by_prefix.items():
            if pattern.startswith(prefix):
                values |= special
        text = REGEX_PLACE.sub(lambda place: f"<{place[1]}>", pattern)
        text = PLACE.sub(lambda place: str(values.get(place[1], 1)), text)
        for character in ("^", "$", "\\"):
            text = text.replace(character, "")
        return "/" + text.replace(".*", "anything")
