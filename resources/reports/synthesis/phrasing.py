"""The sentences of a draft, from figures, in the active language. Each says its n, none says why.

Nothing is said of what is hidden, nor is anything called the first unless it is.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.core.languages import current_language
from resources.reports.questionnaire import schema
from resources.reports.synthesis.leads import ABOUT, CHOSEN, DONE

Figure = Mapping[str, Any]
SECONDS: Final = 2  # answers named after the first
CHANGE: Final = 10  # points: less is what chance does with some twenty answers
TOOLS: Final = 3
NAMES: Final = ("Scic", "Scop", "Maison des Scop")


def said(words: Mapping[str, str]) -> str:
    """The text of this language."""
    return words["en" if current_language() == "en" else "fr"]


def number(value: float) -> str:
    """« 6,4 » in French, « 6.4 » in English, « 6 » when it is whole."""
    rounded = round(value, 1)
    return number_format(int(rounded) if rounded == int(rounded) else rounded)


def percent(value: float) -> str:
    """« 6,4 % » in French, « 6.4% » in English."""
    return _("%(number)s%%") % {"number": number(value)}


def small(text: str) -> str:
    """An answer in the middle of a sentence: « Le soir » as « le soir », « SMS » as it is."""
    if text.startswith(NAMES):
        return text
    starts = text[:1].isupper() and (text[1:2].islower() or text[1:2] in (" ", "’"))
    return text[:1].lower() + text[1:] if starts else text


def caption(key: str, figure: Figure) -> str:
    """What a chart is about."""
    return _(ABOUT[key]) if key in ABOUT else said(figure["label"])


def ranked(figure: Figure) -> list[Figure]:
    """The answers that are told and were given, the most frequent first."""
    cells = [cell for cell in figure["cells"] if cell["count"]]
    return sorted(cells, key=lambda cell: -cell["count"])


def coops(count: int, n: int) -> str:
    return ngettext(
        "%(count)d co-operative out of %(n)d", "%(count)d co-operatives out of %(n)d", count
    ) % {"count": count, "n": n}


def chosen(key: str, figure: Figure) -> str:
    """What was answered most often, and what comes next; nothing when too few answered."""
    told = ranked(figure)
    if figure["n"] is None or not told:
        return ""
    first, others = told[0], told[1 : 1 + SECONDS]
    facts = {
        "lead": _lead(key, figure),
        "first": small(said(first["label"])),
        "coops": coops(first["count"], figure["n"]),
        "share": first["share"],
        "others": listed(f"{small(said(c['label']))} ({c['count']})" for c in others),
    }
    sentence = _("%(lead)s: %(first)s (%(coops)s, that is %(share)d%%).") % facts
    if others and figure["leads"]:  # what comes next is only known after the first of all
        after = ngettext("Then comes: %(others)s.", "Then come: %(others)s.", len(others))
        sentence += " " + after % facts
    return sentence


def _lead(key: str, figure: Figure) -> str:
    if key in CHOSEN and figure["leads"]:
        return _(CHOSEN[key])
    label = said(figure["label"])
    if not figure["leads"]:
        return _("To the question “%(question)s”, an answer among the most frequent") % {
            "question": label
        }
    return _("To the question “%(question)s”, the most frequent answer") % {"question": label}


def done(key: str, figure: Figure) -> str:
    """How many said yes; nothing when nobody answered, or too few."""
    yes = next(cell for cell in figure["cells"] if cell["key"] == "yes")
    if not figure["n"] or yes["count"] is None:
        return ""
    facts = {
        "coops": coops(yes["count"], figure["n"]),
        "share": yes["share"],
        "did": _(DONE[key]) if key in DONE else "",
        "question": said(figure["label"]),
    }
    if key in DONE:
        return _("%(coops)s (%(share)d%%) %(did)s.") % facts
    return _("To the question “%(question)s”, %(coops)s (%(share)d%%) answered yes.") % facts


def scale(figure: Figure) -> str:
    told = ranked(figure)
    if figure["n"] is None or not told or not figure["leads"]:
        return ""
    facts = {
        "question": said(figure["label"]),
        "mark": told[0]["key"],
        "coops": coops(told[0]["count"], figure["n"]),
    }
    return (
        _("“%(question)s”: from 1 to 4, the mark given most often is %(mark)s (%(coops)s).") % facts
    )


def amount(figure: Figure) -> str:
    """The middle of some numbers; a duration in hours and minutes."""
    spread = figure["spread"]
    if spread["median"] is None:
        return ""
    form = duration if figure["type"] == schema.DURATION else number
    facts = {
        "question": said(figure["label"]),
        "median": form(spread["median"]),
        "low": form(spread["low"]),
        "high": form(spread["high"]),
        "n": spread["n"],
    }
    return (
        _(
            "“%(question)s”: %(median)s at the median; half of the co-operatives stand between"
            " %(low)s and %(high)s (n = %(n)d)."
        )
        % facts
    )


def duration(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}


def rates(figure: Figure, name: str, category: str, season: int, before: int | None) -> str:
    """One rate of one category, with the season before; the two rates are never mixed."""
    spread = figure["rows"][category][name]
    if spread["median"] is None:
        return ""
    facts = {
        "rate": _("Attendance (present ÷ summoned)")
        if name == "attendance"
        else _("Expression (present, represented or voting from afar ÷ summoned)"),
        "category": small(said(figure["rows"][category]["label"])),
        "season": season,
        **{part: number(spread[part]) for part in ("median", "low", "high")},
        "n": spread["n"],
    }
    sentence = (
        _(
            "%(rate)s, %(category)s: %(median)s%% at the median in %(season)d; half of the"
            " co-operatives stand between %(low)s%% and %(high)s%% (n = %(n)d)."
        )
        % facts
    )
    past = (figure["before"] or {}).get(category, {}).get(name)
    if before and past and past["median"] is not None:
        told = {"season": before, "median": number(past["median"]), "n": past["n"]}
        sentence += " " + _("In %(season)d: %(median)s%% (n = %(n)d).") % told
    return sentence


def changes(figures: Mapping[str, Figure], season: int, before: int) -> list[tuple[str, str, str]]:
    """The answers whose share moved most since the season before: figure, answer, sentence."""
    found = []
    for key, figure in figures.items():
        past = figure.get("before") if figure.get("cells") and key in ABOUT else None
        if not past or past["n"] is None or figure["n"] is None:
            continue
        for cell in figure["cells"]:
            then = past["shares"].get(cell["key"])
            if cell["share"] is None or then is None or cell["key"] == "no":
                continue
            if abs(cell["share"] - then) >= CHANGE:
                words = _change(key, figure, cell, then, (season, before))
                found.append((abs(cell["share"] - then), key, cell["key"], words))
    found.sort(key=lambda change: (-change[0], change[1], change[2]))
    return [(key, option, words) for _points, key, option, words in found]


def _change(key: str, figure: Figure, cell: Figure, then: int, seasons: tuple[int, int]) -> str:
    facts = {
        "about": _(ABOUT[key]),
        "option": small(said(cell["label"])),
        "share": cell["share"],
        "n": figure["n"],
        "then": then,
        "m": figure["before"]["n"],
        "season": seasons[0],
        "before": seasons[1],
    }
    if figure["kind"] == schema.YES_NO:
        return (
            _(
                "%(about)s: %(share)d%% in %(season)d (n = %(n)d), %(then)d%% in"
                " %(before)d (n = %(m)d)."
            )
            % facts
        )
    return (
        _(
            "%(about)s, “%(option)s”: %(share)d%% in %(season)d (n = %(n)d), %(then)d%% in"
            " %(before)d (n = %(m)d)."
        )
        % facts
    )


def table_column(rows: Iterable[Figure], column: str) -> str:
    """One column of a table of choices: the rows where it was chosen most."""
    found = []
    for figure in rows:
        cell = next((c for c in figure["cells"] if c["key"] == column), None)
        if cell and cell["count"] and figure["n"] is not None:
            found.append((cell["count"], figure, cell))
    if not found:
        return ""
    found.sort(key=lambda one: -one[0])
    named = listed(
        f"{small(said(figure['label']))} ({coops(count, figure['n'])})"
        for count, figure, _cell in found[:TOOLS]
    )
    return _("“%(column)s”: %(rows)s.") % {"column": said(found[0][2]["label"]), "rows": named}


def written(figure: Figure) -> str:
    if not figure["n"]:
        return ""
    facts = {"question": said(figure["label"]), "n": figure["n"]}
    sentence = _("“%(question)s”: %(n)d co-operatives wrote an answer.") % facts
    if figure["words"] and current_language() == "fr":
        words = listed(f"« {word} » ({count})" for word, count in figure["words"])
        sentence += " " + _("Words that come back: %(words)s.") % {"words": words}
    return sentence


def listed(words: Iterable[str]) -> str:
    """« a, b and c »."""
    *before, last = list(words) or [""]
    if not before:
        return last
    return _("%(before)s and %(last)s") % {"before": ", ".join(before), "last": last}
