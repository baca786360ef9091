"""What an act on data says, in the words of whoever reads the log."""

from collections.abc import Mapping
from typing import Any, Final

from django import template
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from resources.reports.exports.choosing import Which
from resources.reports.models import DataAct
from resources.reports.retention import RULES

register = template.Library()
NAMES: Final[Mapping[str, Any]] = {
    "answers": _("answers"),
    "files": _("files"),
    "contacts": _("contacts"),
    "pages": _("pages"),
    "columns": _("columns"),
}


@register.filter
def told(act: DataAct) -> str:
    """« XLSX · answers: 12 · with the contacts »."""
    detail = dict(act.detail)
    found = []
    if "format" in detail:
        found.append(str(detail["format"]).upper())
    if "which" in detail:
        found.append(dict(Which.choices).get(detail["which"], detail["which"]))
    if "what" in detail:
        labels = {rule.name: rule.label for rule in RULES}
        found.append(labels.get(detail["what"], detail["what"]))
    counts = {name: value for name, value in detail.items() if name in NAMES}
    if counts.get("contacts") is True:
        found.append(now("with the contacts"))
    numbers = {name: value for name, value in counts.items() if not isinstance(value, bool)}
    found += [
        now("%(what)s: %(number)d") % {"what": NAMES[name], "number": value}
        for name, value in numbers.items()
    ]
    return " · ".join(map(str, found))
