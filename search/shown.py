"""Which site locales list a page: its own, and those that have no translation of it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID


def assign(rows: Iterable[tuple[UUID, str, int]], locales: Sequence[str]) -> dict[int, list[str]]:
    """For (translation key, locale, page id) of all the visible translations, the locales of each page.

    `locales` is in order of preference, the source language first: a locale without its own
    translation shows the preferred one, and only that one.
    """
    by_key: dict[UUID, dict[str, int]] = defaultdict(dict)
    for key, locale, page_id in rows:
        by_key[key][locale] = page_id
    shown: dict[int, list[str]] = {}
    for translations in by_key.values():
        for page_id in translations.values():
            shown[page_id] = []
        ordered = [code for code in locales if code in translations] or sorted(translations)
        for locale in locales:
            shown[translations.get(locale, translations[ordered[0]])].append(locale)
    return shown
