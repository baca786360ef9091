"""The parts of a question on a page: its fields, its rows, the rules that do not hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from hub.core.visibility import visible
from resources.models import PracticePage
from resources.reports.questionnaire.values import PRACTICES

FRENCH: Final = "fr"  # the language in which practices are written first


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
    language: str = ""  # of its words, where it is not that of the page


def scale() -> list[tuple[str, str]]:
    words = _("1 – not at all"), _("2 – a little"), _("3 – rather"), _("4 – very much")
    return [(str(number), text) for number, text in enumerate(words, 1)]


class PracticeName(NamedTuple):
    """How a practice is called; ``language`` only where it is not that of the page."""

    title: str
    url: str = ""
    language: str = ""


def practice_titles(language: str) -> dict[str, PracticeName]:
    """The name of each practice that readers may open, in French where it is not translated."""
    pages = PracticePage.objects.filter(
        locale__language_code__in={language, FRENCH}, code__in=PRACTICES
    )
    found: dict[str, PracticeName] = {}
    for page in visible(pages).select_related("locale"):
        told = page.locale.language_code
        if told == language or page.code not in found:
            other = "" if told == language else told
            found[page.code] = PracticeName(page.title, page.url or "", other)
    return found
