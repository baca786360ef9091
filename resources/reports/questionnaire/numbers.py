"""Numbers as people type them: with spaces, a comma, a sign of euro. Pure."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import Question

LARGEST: Final = 1_000_000_000
NUMBER: Final = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,6})?")


def number_in(text: str, question: Question) -> tuple[Decimal | None, str]:
    """A number as people type it, with spaces and a comma; or what is wrong with it."""
    bare = re.sub(r"[\s\u00a0\u202f€]", "", text)
    whole = question.type in (schema.INTEGER, schema.MATRIX)
    if not bare:
        return None, ""
    if not NUMBER.fullmatch(bare):
        return None, _("Write a number in figures, for instance 120.")
    try:
        number = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None, _("Write a number in figures, for instance 120.")
    if whole and number != number.to_integral_value():
        return None, _("Write a whole number, without a comma.")
    least = 0 if question.minimum is None else question.minimum
    most = LARGEST if question.maximum is None else question.maximum
    if not Decimal(str(least)) <= number <= Decimal(str(most)):
        if question.maximum is None:
            return None, _("Write a number of %(least)s or more.") % {"least": _plain(least)}
        bounds = {"least": _plain(least), "most": _plain(most)}
        return None, _("Write a number between %(least)s and %(most)s.") % bounds
    return number, ""


def _plain(number: float) -> str:
    return f"{number:g}" if number < LARGEST else str(int(number))
