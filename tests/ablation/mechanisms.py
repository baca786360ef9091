"""Every mechanism of the search, and how to do without it for a moment.

Imported once Django is ready. A mechanism is a setting with a value at which it does nothing, or a
name of the product that stands still while it is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from unittest import mock

from search import mending, query, rebuilding, service, steering, synonyms, understanding
from search.analysis import analyser
from search.concepts import Tuning
from search.languages import french
from search.query import Word
from search.ranking import Weights
from search.synonyms import SynonymMap


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One row of the table: `still` holds what stands in for names of the product, (holder, name, value).

    With `rows` what pages are made into changes too: the index is made again, before and after. With
    `rules`, what the rules of synonyms are compiled into.
    """

    name: str
    weights: Mapping[str, Any] = field(default_factory=dict)
    tuning: Mapping[str, Any] = field(default_factory=dict)
    still: tuple[tuple[object, str, Any], ...] = ()
    rows: bool = False
    rules: bool = False

    @contextmanager
    def off(self) -> Iterator[tuple[Tuning, Weights]]:
        """The settings to search with while the mechanism does nothing."""
        again = _made_again if self.rows else _compiled_again if self.rules else _nothing(None)
        with ExitStack() as stack:
            stack.callback(again)  # the last to be done: when the names are themselves again
            for holder, name, value in self.still:
                stack.enter_context(mock.patch.object(holder, name, value))
            again()
            yield replace(Tuning(), **self.tuning), replace(Weights(), **self.weights)


def _made_again() -> None:
    french.stem.cache_clear()
    for code in ("fr", "en"):
        analyser(code)._pieces.clear()
    rebuilding.rebuild()


def _compiled_again() -> None:
    steering._compiled.clear()


def _any_unknown(reader: understanding.Understanding, word: Word) -> bool:
    return reader._is_open(word) and word.token.word not in reader.known.words


def _nothing(value: Any) -> Callable[..., Any]:
    return lambda *_arguments, **_options: value


def _without_rules(language: str) -> Any:
    return replace(steering.steering(language), synonyms=SynonymMap())


FLAT = (1.0, 1.0, 1.0, 1.0)
NONE = (0.0, 0.0, 0.0, 0.0)
READER = understanding.Understanding

MECHANISMS = (
    Mechanism("word families", still=((french, "_FAMILIES", {}),), rows=True),
    Mechanism("stems of the other language", still=((understanding, "LANGUAGES", ()),)),
    Mechanism("synonyms", still=((service, "steering", _without_rules),)),
    Mechanism("synonyms weigh less", tuning={"synonym": 1.0}),
    Mechanism(
        "translations followed",
        still=((synonyms, "_follow_translations", _nothing(None)),),
        rules=True,
    ),
    Mechanism("idioms", still=((synonyms, "is_idiom", _nothing(False)),), rules=True),
    Mechanism("whole words of the rules", still=((READER, "_may_go_on", _any_unknown),)),
    Mechanism("repair of slips", still=((mending, "corrections", _nothing(())),)),
    Mechanism("repair with the rules' words", still=((mending, "likely", _nothing([])),)),
    Mechanism("words of the dictionary kept", still=((mending, "is_word", _nothing(False)),)),
    Mechanism("stuck words parted", still=((mending, "split_word", _nothing(None)),)),
    Mechanism(
        "space too many", still=((understanding, "rejoined", lambda words, *_: (words, {})),)
    ),
    Mechanism("endings of the other language", still=((mending, "cognates", _nothing(())),)),
    Mechanism("beginning of a word", still=((READER, "_is_open", _nothing(False)),)),
    Mechanism("type asked for", still=((service, "registered_intents", _nothing(())),)),
    Mechanism("type asked for comes first", weights={"requested_type": 0.0}),
    Mechanism("wording of a type weighs less", tuning={"cue": 1.0}),
    Mechanism("faint words", tuning={"faint": 1.0}),
    Mechanism("what one wants to do", still=((query, "_what_to_do", _nothing(None)),)),
    Mechanism("rare words weigh more", still=((understanding, "rarity", _nothing(3.0)),)),
    Mechanism("fields weigh differently", weights={"fields": FLAT}),
    Mechanism("short fields weigh more", weights={"length_norm": NONE}),
    Mechanism("saturation", weights={"saturation": 1e9}),
    Mechanism("said in several ways", weights={"said_otherwise": 0.0}),
    Mechanism("coverage", weights={"coverage_power": 0.0}),
    Mechanism("share of the title", weights={"title_share": 0.0}),
    Mechanism("words near each other", weights={"proximity": 0.0}),
    Mechanism("recent first", weights={"year_decay": 0.0}),
    Mechanism("said in passing", weights={"in_passing": 1.0}),
    Mechanism("doubt", weights={"confident_at": 0.0}),
)
