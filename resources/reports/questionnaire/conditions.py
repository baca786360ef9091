"""The small language of conditions and rules: what it reads, and whether it holds. Pure.

    lieu = autre                      creneau in (matin, midi)         canaux has sms
    horaire_change                    lieu is answered                 nb_associes >= 100
    participation.salaries.presents <= participation.salaries.convoques
    not (mode = distance) and (jour = samedi or jour = vendredi)

A name is the key of a question; dots lead into a matrix. On the right of an operator, a word that
is no question is an option. A comparison with what was not answered does not hold.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

LONGEST: Final = 500  # signs
DEEPEST: Final = 20
WORDS: Final = ("and", "or", "not", "in", "has", "is", "answered", "yes", "no")
TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<string>\"[^\"]*\")"
    r"|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+){0,2})|(?P<sign><=|>=|!=|=|<|>|\(|\)|,))",
    re.IGNORECASE,
)
Values = Mapping[str, Any]


class ConditionError(ValueError):
    """The expression cannot be read; the message says where, in English, for translation."""

    def __init__(self, message: str, found: str = "") -> None:
        super().__init__(f"{message}: {found}" if found else message)
        self.message, self.found = message, found


@dataclass(frozen=True, slots=True)
class Path:
    """The place of an answer: the key of a question, then the row and column of a matrix."""

    text: str

    @property
    def key(self) -> str:
        return self.text.split(".", 1)[0]

    def value(self, values: Values) -> Any:
        found: Any = values
        for part in self.text.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return found


@dataclass(frozen=True, slots=True)
class Literal:
    value: Any  # a number, a bool, or the key of an option


@dataclass(frozen=True, slots=True)
class Comparison:
    left: Path
    operator: str  # = != < <= > >= in has answered
    right: tuple["Path | Literal", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    inner: "Condition"


@dataclass(frozen=True, slots=True)
class Both:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple["Condition", ...]


Condition = Comparison | Not | Both | Either


def parse(text: str, keys: Collection[str] = ()) -> Condition | None:
    """Read an expression; None for an empty one, which always holds.

    ``keys`` are those of the questions: on the right of an operator they are read as answers, any
    other word as an option. Raises ConditionError.
    """
    if not text.strip():
        return None
    if len(text) > LONGEST:
        raise ConditionError("The condition is longer than 500 characters")
    return _Reader(list(_tokens(text)), keys).whole()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place, text = 0, text.strip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise ConditionError("The condition cannot be read from here", text[place : place + 20])
        kind = str(match.lastgroup)
        word = match[kind]
        is_word = kind == "name" and word.lower() in WORDS
        yield ("word", word.lower()) if is_word else (kind, word)
        place = match.end()


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]], keys: Collection[str]) -> None:
        self.tokens, self.keys, self.place, self.depth = tokens, keys, 0, 0

    def whole(self) -> Condition:
        found = self.either()
        if self.place < len(self.tokens):
            raise ConditionError("Nothing is expected after this", self.tokens[self.place][1])
        return found

    def take(self, *wanted: str) -> str | None:
        """Step over the next token when it is one of these words or signs."""
        if self.place < len(self.tokens):
            kind, text = self.tokens[self.place]
            if kind in ("word", "sign") and text in wanted:
                self.place += 1
                return text
        return None

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise ConditionError("Something is missing here", wanted)

    def either(self) -> Condition:
        parts = [self.both()]
        while self.take("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self) -> Condition:
        parts = [self.negated()]
        while self.take("and"):
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def negated(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ConditionError("The condition is nested too deep")
        try:
            if self.take("not"):
                return Not(self.negated())
            if self.take("("):
                inner = self.either()
                self.need(")")
                return inner
            return self.comparison()
        finally:
            self.depth -= 1

    def comparison(self) -> Condition:
        left = Path(self.name())
        if self.take("is"):
            self.need("answered")
            return Comparison(left, "answered")
        if self.take("in"):
            self.need("(")
            values = [self.literal()]
            while self.take(","):
                values.append(self.literal())
            self.need(")")
            return Comparison(left, "in", tuple(values))
        operator = self.take("=", "!=", "<", "<=", ">", ">=", "has")
        if operator is None:
            return Comparison(left, "=", (Literal(True),))
        return Comparison(left, operator, (self.operand(),))

    def name(self) -> str:
        kind, text = self._next()
        if kind != "name":
            raise ConditionError("The key of a question is expected here", text)
        return text

    def operand(self) -> Path | Literal:
        if self.place < len(self.tokens):
            kind, text = self.tokens[self.place]
            if kind == "name" and (text.split(".", 1)[0] in self.keys or "." in text):
                self.place += 1
                return Path(text)
        return self.literal()

    def literal(self) -> Literal:
        kind, text = self._next()
        if kind == "number":
            return Literal(float(text) if "." in text else int(text))
        if kind == "string":
            return Literal(text[1:-1])
        if kind == "word" and text in ("yes", "no"):
            return Literal(text == "yes")
        if kind == "name" and "." not in text:
            return Literal(text)
        raise ConditionError("An option or a number is expected here", text)

    def _next(self) -> tuple[str, str]:
        if self.place >= len(self.tokens):
            raise ConditionError("The condition stops too early")
        self.place += 1
        return self.tokens[self.place - 1]


def names(condition: Condition | None) -> Iterator[Path]:
    """Every place that a condition looks at."""
    match condition:
        case Not(inner):
            yield from names(inner)
        case Both(parts) | Either(parts):
            for part in parts:
                yield from names(part)
        case Comparison(left, _operator, right):
            yield left
            yield from (place for place in right if isinstance(place, Path))


def literals(condition: Condition | None) -> Iterator[tuple[Path, Any]]:
    """Each place with every option or number it is compared with."""
    match condition:
        case Not(inner):
            yield from literals(inner)
        case Both(parts) | Either(parts):
            for part in parts:
                yield from literals(part)
        case Comparison(left, _operator, right):
            yield from ((left, r.value) for r in right if isinstance(r, Literal))
