"""Moments as readers of a campaign see them: in the hour of Paris, and said so."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hub.core.templatetags.formats import long_date

PARIS = ZoneInfo("Europe/Paris")


def moment_in_paris(moment: datetime) -> str:
    """« 31 mars 2026 à 23:59 (heure de Paris) », in the active language."""
    local = moment.astimezone(PARIS)
    return _("%(day)s at %(time)s (Paris time)") % {
        "day": long_date(local.date()),
        "time": date_format(local, "H:i"),
    }
