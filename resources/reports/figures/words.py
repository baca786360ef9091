"""Figures said in words, in the active language: what a chart shows, for those who do not see it."""

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.reports.figures.counting import Distribution
from resources.reports.figures.numbers import Numbers, Spread
from resources.reports.questionnaire import schema


def share_words(share: int | None) -> str:
    """« 12 % », with the space that the language wants."""
    return "" if share is None else _("%(number)s%%") % {"number": share}


def answers_words(n: int) -> str:
    return ngettext("%(n)d answer", "%(n)d answers", n) % {"n": n}


def distribution_words(figure: Distribution) -> str:
    """« Sur 37 réponses : SCIC, 25 (68 %) ; SCP, 12 (32 %). » and what is hidden."""
    if figure.is_empty:
        return _("No answer yet.")
    if figure.n is None:
        return _("Too few answers to be shown.")
    shown = "; ".join(
        _("%(label)s, %(count)d (%(share)s)")
        % {"label": cell.label, "count": cell.count, "share": share_words(cell.share)}
        for cell in figure.shown
    )
    hidden = ", ".join(cell.label for cell in figure.cells if cell.is_hidden)
    said = [_("Of %(answers)s: %(shown)s.") % {"answers": answers_words(figure.n), "shown": shown}]
    if not shown:
        said = [answers_words(figure.n).capitalize() + "."]
    if hidden:
        said.append(_("Hidden: %(labels)s.") % {"labels": hidden})
    return " ".join(said)


def percent_words(value: float | None) -> str:
    return "" if value is None else share_words(round(value))


def spread_words(figure: Spread) -> str:
    """« médiane 34 %, la moitié entre 28 % et 41 % (37 réponses) » of a rate."""
    if figure.n == 0:
        return _("no answer yet")
    if figure.is_hidden or figure.n is None:
        return _("too few answers to be shown")
    return _("median %(median)s, half of them from %(low)s to %(high)s (%(answers)s)") % {
        "median": percent_words(figure.median),
        "low": percent_words(figure.low),
        "high": percent_words(figure.high),
        "answers": answers_words(figure.n),
    }


def rates_words(rows: Iterable[tuple[str, Spread]]) -> str:
    """One sentence for several categories."""
    return "; ".join(
        _("%(label)s: %(spread)s") % {"label": label, "spread": spread_words(spread)}
        for label, spread in rows
    )


def number_words(value: float | None, kind: str) -> str:
    """A number of a question of this type: minutes become hours, amounts are in euros."""
    if value is None:
        return ""
    if kind == schema.DURATION:
        hours, minutes = divmod(round(value), 60)
        return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": minutes}
    if kind == schema.AMOUNT:
        return _("€%(number)s") % {"number": number_format(round(value))}
    return str(number_format(value, 0 if value == int(value) else 1))


def numbers_words(figure: Numbers) -> str:
    """« Médiane 1 h 30, la moitié entre 1 h 10 et 2 h 00 (37 réponses). »"""
    spread = figure.spread
    if spread.n == 0:
        return _("No answer yet.")
    if spread.is_hidden or spread.n is None:
        return _("Too few answers to be shown.")
    return _("Median %(median)s, half of them from %(low)s to %(high)s (%(answers)s).") % {
        "median": number_words(spread.median, figure.type),
        "low": number_words(spread.low, figure.type),
        "high": number_words(spread.high, figure.type),
        "answers": answers_words(spread.n),
    }
