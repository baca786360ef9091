"""The small words of a synthesis, for its templates."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resources.reports.synthesis import phrasing, words_shown

register = template.Library()
register.filter("source_line", words_shown.source_line)
register.filter("key_label", words_shown.key_label)
register.filter("table_note", words_shown.table_note)
register.filter("spread", words_shown.spread)
register.filter("percent", phrasing.percent)


@register.filter
def told(value: int | None) -> str | SafeString:
    """A number, or a dash that says that it is hidden."""
    if value is not None:
        return str(value)
    words = _("too few to be told")
    return format_html(
        '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>', words
    )
