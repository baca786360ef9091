"""Whether a condition holds over the answers of one person. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from resources.reports.questionnaire.conditions import (
    Both,
    Comparison,
    Condition,
    Either,
    Not,
    Path,
    Values,
)


def holds(condition: Condition | None, values: Values) -> bool:
    """Whether a condition holds over answers, given as they are stored, by key."""
    match condition:
        case None:
            return True
        case Not(inner):
            return not holds(inner, values)
        case Both(parts):
            return all(holds(part, values) for part in parts)
        case Either(parts):
            return any(holds(part, values) for part in parts)
        case Comparison():
            return _compares(condition, values)


def _compares(comparison: Comparison, values: Values) -> bool:
    left = comparison.left.value(values)
    if comparison.operator == "answered":
        return is_given(left)
    rights = [r.value(values) if isinstance(r, Path) else r.value for r in comparison.right]
    if not is_given(left) or not all(is_given(right) for right in rights):
        return False
    if comparison.operator == "in":
        return any(_same(left, right) for right in rights)
    return _operators[comparison.operator](left, rights[0])


def is_given(value: Any) -> bool:
    """Whether something was answered: False and 0 are answers, an empty text or list is none."""
    if isinstance(value, Mapping):
        return any(is_given(part) for part in value.values())
    return value not in (None, "", [], ())


def chosen_in(value: Any) -> list[Any]:
    """The options that a stored answer holds, whatever its type."""
    if isinstance(value, Mapping) and "chosen" in value:
        chosen = value["chosen"]
        return list(chosen) if isinstance(chosen, list | tuple) else []
    return list(value) if isinstance(value, list) else [value]


def _same(left: Any, right: Any) -> bool:
    numbers = _number(left), _number(right)
    if None not in numbers and not isinstance(left, bool):
        return numbers[0] == numbers[1]
    chosen = chosen_in(left)
    return len(chosen) == 1 and chosen[0] == right


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _ordered(compare: Any) -> Any:
    def compared(left: Any, right: Any) -> bool:
        a, b = _number(left), _number(right)
        if a is not None and b is not None:
            return bool(compare(a, b))
        # Dates and hours are kept as texts that sort as they follow each other.
        return bool(
            isinstance(left, str) and isinstance(right, str) and a is b and compare(left, right)
        )

    return compared


_operators: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": _same,
    "!=": lambda left, right: not _same(left, right),
    "has": lambda left, right: right in chosen_in(left),
    "<": _ordered(lambda a, b: a < b),
    "<=": _ordered(lambda a, b: a <= b),
    ">": _ordered(lambda a, b: a > b),
    ">=": _ordered(lambda a, b: a >= b),
}
