"""The message catalogues: what is collected, and that a second update changes nothing."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
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


def test_the_process_that_compiles_speaks_with_what_it_compiled(project: Path) -> None:
    catalogues.update()
    french = project / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    with override("fr"):
        assert gettext("a seat") == "a seat"
    for said in ("un siège", "une chaise"):
        written = french.read_text(encoding="utf-8").partition('msgid "a seat"\n')
        rest = written[2].partition("\n")[2]
        french.write_text(f'{written[0]}{written[1]}msgstr "{said}"\n{rest}', encoding="utf-8")
        french.with_suffix(".mo").unlink(missing_ok=True)
        call_command("catalogues")
        with override("fr"):
            assert gettext("a seat") == said


@pytest.mark.parametrize(
    "literal", [r"\(hour of Paris\)", r"^Plan of the site", r"\bsigns? (left|too|at most)\b"]
)
def test_english_is_not_french_word_for_word(literal: str) -> None:
    said = [text for _context, *texts in catalogues.collect() for text in texts]
    assert [text for text in said if re.search(literal, text)] == []
