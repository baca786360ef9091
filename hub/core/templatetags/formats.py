"""Filters that write figures the way a reader says them, in the active language."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.core.languages import current_language

register = template.Library()

KILO = 1000  # file managers and download bars of our readers count in thousands


@register.filter
def file_size(size: int | str | None) -> str:
    """Return a number of bytes as « 1,2 Mo »; nothing when the size is unknown."""
    if size is None or size == "":
        return ""
    size = int(size)
    if size < KILO:
        return ngettext("%(count)s byte", "%(count)s bytes", size) % {"count": size}
    if size < KILO**2:
        return _("%(size)s kB") % {"size": number_format(round(size / KILO))}
    megabytes = size / KILO**2
    return _("%(size)s MB") % {"size": number_format(megabytes, 1 if megabytes < 10 else 0)}


@register.filter
def duration(seconds: int | None) -> str:
    """Return a number of seconds as « 4 min 11 s »; nothing when the duration is unknown."""
    if not seconds:
        return ""
    hours, rest = divmod(int(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02d}"}
    if minutes and rest:
        return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
    if minutes:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(seconds)s s") % {"seconds": rest}


@register.filter
def timecode(seconds: int | None) -> str:
    """Return a moment of a video, in seconds, as ``1:13`` or ``1:02:03``."""
    hours, rest = divmod(int(seconds or 0), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


@register.filter
def iso_duration(seconds: int | None) -> str:
    """Return a number of seconds as machines read it in ``datetime`` and schema.org: ``PT251S``."""
    return f"PT{int(seconds or 0)}S"


@register.filter
def long_date(day: date | None) -> str:
    """Return a day in words, « 1er novembre 2026 » where the French say so."""
    if not day:
        return ""
    text = date_format(day, "DATE_FORMAT")
    is_french = current_language() == "fr"
    return f"1er{text[1:]}" if is_french and text.startswith("1 ") else text


@register.filter
def page_count(count: int | None) -> str:
    """Return « 4 pages »; nothing when the number is unknown."""
    if not count:
        return ""
    return ngettext("%(count)s page", "%(count)s pages", int(count)) % {"count": count}


@register.filter
def choice_labels(instance: Any, name: str) -> list[str]:
    """Return the labels of a field of closed choices: ``{{ page|choice_labels:"uses" }}``."""
    vocabulary = instance._meta.get_field(name).vocabulary
    known = set(vocabulary.values)
    return [
        str(vocabulary(value).label) for value in getattr(instance, name) or [] if value in known
    ]


@register.filter
def format_name(file_format: str | None) -> str:
    """Return a file format in words that need no computing: ``docx`` is « Word (DOCX) »."""
    names = {
        "docx": "Word (DOCX)",
        "pptx": "PowerPoint (PPTX)",
        "xlsx": "Excel (XLSX)",
        "odt": "OpenDocument (ODT)",
        "odp": "OpenDocument (ODP)",
        "ods": "OpenDocument (ODS)",
        "ics": _("Calendar (ICS)"),
        "webm": "WebM",
    }
    text = (file_format or "").lower()
    return names.get(text, text.upper())
