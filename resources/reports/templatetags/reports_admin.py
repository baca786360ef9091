"""How the screens of campaigns say a duration."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def minutes(seconds: int) -> str:
    """Seconds as people say them: « 40 s », « 3 min »."""
    if seconds < 60:
        return _("%(number)d s") % {"number": seconds}
    return _("%(number)d min") % {"number": round(seconds / 60)}
