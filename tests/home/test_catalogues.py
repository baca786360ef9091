"""The words of the interface, in both languages."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from hub.core.management.commands.catalogues import compile_catalogues

LANGUAGES = ["fr", "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")


def catalogue(code):
    path = Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path))


def translations(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_translated_and_keeps_its_placeholders(code):
    def is_wrong(entry):
        wanted = set(PLACEHOLDER.findall(f"{entry.msgid}{entry.msgid_plural or ''}"))
        texts = translations(entry)
        return any(not t.strip() or not set(PLACEHOLDER.findall(t)) <= wanted for t in texts)

    assert [entry.msgid for entry in catalogue(code) if is_wrong(entry)] == []


def test_french_texts_use_typographic_apostrophes():
    straight = [e.msgid for e in catalogue("fr") if any("'" in t for t in translations(e))]
    assert straight == []


def test_catalogues_are_compiled_without_any_system_program(settings, tmp_path, monkeypatch):
    folder = tmp_path / "locale"
    for code in LANGUAGES:
        (folder / code / "LC_MESSAGES").mkdir(parents=True)
        catalogue(code).save(str(folder / code / "LC_MESSAGES" / "django.po"))
    settings.LOCALE_PATHS = [folder]
    monkeypatch.setenv("PATH", "")
    compile_catalogues()
    for code in LANGUAGES:
        assert polib.mofile(str(folder / code / "LC_MESSAGES" / "django.mo"))


@pytest.mark.parametrize(("code", "word"), [("fr", "Rechercher"), ("en", "Search")])
def test_the_interface_speaks_both_languages(code, word):
    with translation.override(code):
        assert translation.gettext("Search") == word
