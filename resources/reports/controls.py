"""The parts of a question on a page: its fields, its rows, the rules that do not hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from hub.core.visibility import visible
from resources.models import PracticePage
from resources.reports.questionnaire.values import PRACTICES


@dataclass(frozen=True)
class Control:
    """One field of a form, with all that its tag says."""

    name: str
    label: str = ""
    value: str = ""
    checked: bool = False
    error: str = ""
    id: str = ""
    described_by: str = ""
    url: str = ""


@dataclass(frozen=True)
class Warned:
    """A rule that does not hold, and why the person says that it is right all the same."""

    name: str
    message: str
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a matrix, or one practice: its words, then its controls."""

    key: str
    label: str
    controls: Sequence[Control] = ()
    rest: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""


def scale() -> list[tuple[str, str]]:
    words = _("1 – not at all"), _("2 – a little"), _("3 – rather"), _("4 – very much")
    return [(str(number), text) for number, text in enumerate(words, 1)]


def practice_titles(language: str) -> dict[str, tuple[str, str]]:
    """The title and the address of the page of each practice that readers may open."""
    pages = PracticePage.objects.filter(locale__language_code=language, code__in=PRACTICES)
    return {page.code: (page.title, page.url or "") for page in visible(pages)}
