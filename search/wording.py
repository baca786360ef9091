"""How the words of a search are written, for people to read: stems and folded words are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from search.analysis import LANGUAGES, analyser
from search.concepts import Meaning
from search.engines.base import Run
from search.hits import texts_of
from search.models import IndexTerm, SearchDocument
from search.query import Word


class Wording:
    """Words as they were typed, else as these documents write them, else as the index knows them."""

    def __init__(
        self, meaning: Meaning, stems: Iterable[str], documents: Iterable[SearchDocument]
    ) -> None:
        self.text, self.words = meaning.parsed.text, meaning.parsed.words
        self._written = dict(_typed(concept.typed for concept in meaning.concepts))
        unknown = set(stems) - self._written.keys()
        read = _read(frozenset(unknown), documents)
        self._written = _known(unknown - read.keys()) | read | self._written

    def of(self, run: Run) -> str:
        """How a run of stems is written."""
        stretch = _stretch(self.words, run) if len(run) > 1 else ()
        if stretch:
            return self.text[stretch[0].token.start : stretch[-1].token.end]
        return " ".join(self._written.get(stem, stem) for stem in run)


def _typed(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The stems that a typed word has, in one language or another."""
    for written in words:
        for code in LANGUAGES:
            for token in analyser(code).tokens(written):
                yield analyser(code).stem_word(token.word), written[token.start : token.end]


def _read(stems: frozenset[str], documents: Iterable[SearchDocument]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language, text in texts_of(documents):
        if len(found) == len(stems):
            break
        for token in analyser(language).occurrences(text, stems):
            found.setdefault(token.stem, text[token.start : token.end].lower())
    return found


def _known(stems: Iterable[str]) -> dict[str, str]:
    """For each stem, the commonest word of the index that has it."""
    rows = IndexTerm.objects.filter(kind=IndexTerm.WORD, stem__in=set(stems)).order_by("documents")
    return dict(rows.values_list("stem", "text"))


def _stretch(words: Sequence[Word], run: Run) -> Sequence[Word]:
    """The words of the query that follow each other as the run does."""
    size = len(run)
    stretches = (words[i : i + size] for i in range(len(words) - size + 1))
    return next((s for s in stretches if tuple(word.token.stem for word in s) == run), ())
