"""The parts of an answer, by type of question: taken apart into cells, and put together again. Pure.

Yes is 1 and no is 0; a choice is the key of its option; a duration is in minutes.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import OTHER, Question
from resources.reports.questionnaire.values import KEPT, PRACTICES

Parts = tuple[str, ...]
WHOLE: Final[Parts] = ()
OTHER_TEXT: Final[Parts] = (OTHER, "text")
OF_A_PRACTICE: Final = ("tried", "kept", "useful", "more")


def parts_of(question: Question) -> tuple[Parts, ...]:
    """The parts that the answer to this question may have, always all of them."""
    other = (OTHER_TEXT,) if question.other else ()
    match question.type:
        case schema.CHOICE:
            return (WHOLE, *other)
        case schema.CHOICES:
            return (*((key,) for key in question.option_keys), *other)
        case schema.RANKING:
            return tuple((key,) for key in question.option_keys)
        case schema.MATRIX if question.cell == schema.CHOICE:
            return tuple((row.key,) for row in question.rows)
        case schema.MATRIX:
            return tuple(
                (row.key, column.key) for row in question.rows for column in question.columns
            )
        case schema.PRACTICES:
            return tuple((code, part) for code in PRACTICES for part in OF_A_PRACTICE)
    return (WHOLE,)


def spread(question: Question, value: Any) -> Mapping[Parts, Any]:
    """The cells of a stored answer."""
    match question.type:
        case schema.YES_NO | schema.CONSENT if isinstance(value, bool):
            return {WHOLE: int(value)}
        case schema.DECIMAL | schema.AMOUNT:
            return {WHOLE: _decimal(value)}
        case schema.DATE:
            return {WHOLE: _date(value)}
        case schema.CHOICE:
            chosen = value.get("chosen") or [None]
            return {WHOLE: chosen[0], OTHER_TEXT: value.get("other")}
        case schema.CHOICES:
            chosen = value.get("chosen", ())
            ticked = {(key,): int(key in chosen) for key in question.option_keys}
            return {**ticked, OTHER_TEXT: value.get("other")}
        case schema.RANKING:
            return {(key,): place for place, key in enumerate(value, 1)}
        case schema.MATRIX if question.cell == schema.CHOICE:
            return {(row,): column for row, column in value.items()}
        case schema.MATRIX:
            return {(row, c): n for row, cells in value.items() for c, n in cells.items()}
        case schema.PRACTICES:
            return _spread_practices(value)
        case schema.FILE | schema.PHOTO:
            return {WHOLE: " ".join(map(str, value)) or None}
    return {WHOLE: value}


def _spread_practices(value: Mapping[str, Mapping[str, Any]]) -> Mapping[Parts, Any]:
    cells: dict[Parts, Any] = {(code, "tried"): int(code in value) for code in PRACTICES}
    for code, told in value.items():
        for part in OF_A_PRACTICE[1:]:
            cells[code, part] = told.get(part)
    return cells


def gathered(question: Question, cells: Mapping[Parts, Any]) -> Any:
    """The stored answer that these cells say: the inverse of ``spread``. ValueError when it cannot be.

    Cells are as a spreadsheet gives them: a number may be a text, a whole number a float.
    """
    return _gatherers.get(question.type, _text)(question, cells)


def _decimal(cell: Any) -> Decimal:
    try:
        return Decimal(str(cell).replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(f"{cell!r} is no number") from error


def _date(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else date.fromisoformat(str(cell))


def _whole(cell: Any) -> int:
    number = _decimal(cell)
    if number != number.to_integral_value():
        raise ValueError(f"{cell!r} is no whole number")
    return int(number)


def _yes(cell: Any) -> bool:
    if (number := _whole(cell)) not in (0, 1):
        raise ValueError(f"{cell!r} is neither 1 nor 0")
    return bool(number)


def _text(_question: Question, cells: Mapping[Parts, Any]) -> Any:
    return str(cells[WHOLE]) if WHOLE in cells else None


def _number(_question: Question, cells: Mapping[Parts, Any]) -> Any:
    return _whole(cells[WHOLE])


def _exact(_question: Question, cells: Mapping[Parts, Any]) -> Any:
    return f"{_decimal(cells[WHOLE]):f}"


def _choice(_question: Question, cells: Mapping[Parts, Any]) -> Any:
    chosen = {"chosen": [str(cells[WHOLE])]} if WHOLE in cells else None
    return chosen and chosen | _other(cells)


def _other(cells: Mapping[Parts, Any]) -> dict[str, str]:
    return {"other": str(cells[OTHER_TEXT])} if OTHER_TEXT in cells else {}


def _choices(question: Question, cells: Mapping[Parts, Any]) -> Any:
    chosen = [key for key in question.option_keys if _yes(cells.get((key,), 0))]
    return {"chosen": chosen} | _other(cells) if chosen else None


def _ranking(question: Question, cells: Mapping[Parts, Any]) -> Any:
    places = {_whole(cells[(key,)]): key for key in question.option_keys if (key,) in cells}
    return [places[place] for place in sorted(places)] or None


def _matrix(question: Question, cells: Mapping[Parts, Any]) -> Any:
    if question.cell == schema.CHOICE:
        return {parts[0]: str(cell) for parts, cell in cells.items()}
    found: dict[str, dict[str, int]] = {}
    for (row, column), cell in cells.items():
        found.setdefault(row, {})[column] = _whole(cell)
    return found


def _practices(_question: Question, cells: Mapping[Parts, Any]) -> Any:
    found: dict[str, Any] = {}
    for code in PRACTICES:
        if not _yes(cells.get((code, "tried"), 0)):
            continue
        told = found[code] = {"tried": True}
        if (code, "kept") in cells:
            told["kept"] = _known(str(cells[code, "kept"]), KEPT)
        if (code, "useful") in cells:
            told["useful"] = _whole(cells[code, "useful"])
        if (code, "more") in cells:
            told["more"] = str(cells[code, "more"])
    return found or None


def _known(text: str, known: tuple[str, ...]) -> Any:
    if text not in known:
        raise ValueError(f"{text!r} is none of {', '.join(known)}")
    return text


_gatherers: Final[Mapping[str, Callable[[Question, Mapping[Parts, Any]], Any]]] = {
    schema.INTEGER: _number,
    schema.DURATION: _number,
    schema.SCALE_TYPE: _number,
    schema.DECIMAL: _exact,
    schema.AMOUNT: _exact,
    schema.DATE: lambda question, cells: _date(cells[WHOLE]).isoformat(),
    schema.YES_NO: lambda question, cells: _yes(cells[WHOLE]),
    schema.CHOICE: _choice,
    schema.CHOICES: _choices,
    schema.RANKING: _ranking,
    schema.MATRIX: _matrix,
    schema.PRACTICES: _practices,
    schema.FILE: lambda question, cells: str(cells[WHOLE]).split(),
    schema.PHOTO: lambda question, cells: str(cells[WHOLE]).split(),
    schema.CONSENT: lambda question, cells: (
        str(cells[WHOLE]) if question.options else _yes(cells[WHOLE])
    ),
}
