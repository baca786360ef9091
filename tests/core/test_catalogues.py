"""The message catalogues: what is collected, and that a second update changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext, override

from hub.core.management.commands import catalogues

TEMPLATE = """{% load i18n %}
<ul>
    <li>{% translate "Open the door" %}</li>
  <li>{% blocktranslate trimmed count n=n %}
    {{ n }} chair
  {% plural %}
    {{ n }} chairs
  {% endblocktranslate %}</li>
</ul>
"""


@pytest.fixture
def project(tmp_path: Path, settings: Any) -> Path:
    """A project of one template and one module, in a folder called like one that is skipped."""
    root = tmp_path / "data"
    (root / "templates").mkdir(parents=True)
    (root / "home").mkdir()
    (root / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (root / "home" / "models.py").write_text('label = _("a seat")\n', encoding="utf-8")
    settings.ROOT, settings.LOCALE_PATHS = root, [root / "locale"]
    return root


def test_texts_of_indented_templates_and_of_code_are_collected(project: Path) -> None:
    assert catalogues.collect() == {
        ("", "Open the door", ""): ["templates/page.html"],
        ("", "%(n)s chair", "%(n)s chairs"): ["templates/page.html"],
        ("", "a seat", ""): ["home/models.py"],
    }


def test_a_new_text_is_a_gap_in_french_and_said_as_it_is_in_english(project: Path) -> None:
    catalogues.update()
    gaps = catalogues.gaps()
    assert "fr: 'a seat' is not translated" in gaps
    assert not [gap for gap in gaps if gap.startswith("en:")]


def test_a_second_update_changes_nothing(project: Path) -> None:
    catalogues.update()
    french = project / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    before = french.read_bytes()
    catalogues.update()
    assert french.read_bytes() == before


def test_the_process_that_compiles_a_catalogue_speaks_it_at_once(
    tmp_path: Path, settings: Any
) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    for code in ("fr", "en"):
        (tmp_path / code / "LC_MESSAGES").mkdir(parents=True)
        text = 'msgid "A word of this test"\nmsgstr "Un mot de cet essai"\n' if code == "fr" else ""
        (tmp_path / code / "LC_MESSAGES" / "django.po").write_text(text, encoding="utf-8")
    with override("fr"):
        assert gettext("A word of this test") == "A word of this test"
    catalogues.compile_catalogues()
    with override("fr"):
        assert gettext("A word of this test") == "Un mot de cet essai"
