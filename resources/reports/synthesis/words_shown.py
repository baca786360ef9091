"""The small words that go with a figure, on the page and on paper, in the active language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def key_label(item: Mapping[str, Any]) -> str:
    """What one of the key figures is."""
    labels = {
        "answers": _("co-operatives answered"),
        "invited": _("co-operatives were invited"),
        "attendance": _("attendance, at the median (n = %(n)s)") % item,
        "expression": _("expression, at the median (n = %(n)s)") % item,
    }
    return labels[item["what"]]


def source_line(source: Mapping[str, Any]) -> str:
    """The question that a figure comes from, and how many answered it."""
    if source["n"] is None:
        return _("From: “%(label)s” (too few answers to be told)") % source
    return ngettext(
        "From: “%(label)s” (%(n)d answer)", "From: “%(label)s” (%(n)d answers)", source["n"]
    ) % {"label": source["label"], "n": source["n"]}


def table_note(table: Mapping[str, Any]) -> str:
    """What a reader has to know of a table."""
    notes = []
    if table.get("several"):
        notes.append(_("Several answers were possible: the shares add up to more than 100%."))
    if table.get("hides"):
        notes.append(_("A dash stands for what is too small to be told."))
    return " ".join(notes)


def spread(told: Mapping[str, Any]) -> str:
    """« 6,4 % (from 4,1 % to 15 %, n = 22) »: the median, then the middle half."""
    if told["median"] is None:
        return _("too few to be told") if told["n"] is None else "–"
    return _("%(median)s%% (half between %(low)s%% and %(high)s%%, n = %(n)d)") % told
