"""Results as readers see them: rows with their extract, and where in the page it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from search.analysis import analyser, fold
from search.concepts import Meaning
from search.engines.base import SearchHit
from search.highlighting import Places, extract, marked
from search.models import SearchDocument
from search.rows import STEM_COLUMNS

SPELLING_SCAN = 5_000
_LETTERS = re.compile(r"[^\W_]+")


def highlighted_stems(meaning: Meaning, *, own: bool = False) -> frozenset[str]:
    """The stems to mark: those of the subject, however it is said, or only the reader's `own`."""
    return frozenset(
        stem
        for concept in meaning.concepts
        if concept.subject and not concept.faint
        for alternative in concept.alternatives
        if alternative.own or not own
        for stem in alternative.run
    )


def hits_by_id(
    scores: Mapping[int, float], meaning: Meaning, placed: Container[int] = ()
) -> dict[int, SearchHit]:
    """The results of these pages, with their score. One query.

    Those `placed` are offers: what matters is the part of the page where they open.
    """
    rows = SearchDocument.objects.defer(*STEM_COLUMNS, "words").in_bulk(list(scores))
    stems, typed = highlighted_stems(meaning), highlighted_stems(meaning, own=True)
    found = {}
    for page_id, row in rows.items():
        places = Places(_bounds(row.sections, len(row.body)), only=page_id in placed)
        passage = extract(row.body, stems, row.language, typed, places)
        title, anchor = _section_at(row.sections, passage.start) if passage.found else ("", "")
        found[page_id] = SearchHit(
            page_id=page_id,
            external_id=row.external_id,
            score=scores[page_id],
            document=row,
            highlight=passage.html,
            title_highlight=marked(row.title, stems, row.language),
            section_title=title,
            section_anchor=anchor,
        )
    return found


def spellings(words: frozenset[str], texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """How these folded words are most often written, accents and all, in texts given with their language."""
    if not words:
        return {}
    written: dict[str, Counter[str]] = {}
    for language, text in texts:
        for token in analyser(language).tokens(text):
            if token.word in words:
                ways = written.setdefault(token.word, Counter())
                ways[text[token.start : token.end].lower()] += 1
    return {word: ways.most_common(1)[0][0] for word, ways in written.items()}


def texts_of(documents: Iterable[SearchDocument]) -> Iterator[tuple[str, str]]:
    """What documents say, the shortest texts first, with their language."""
    for document in documents:
        for text in (document.title, document.summary, document.body[:SPELLING_SCAN]):
            yield document.language, text


def respelled(text: str, written: Mapping[str, str]) -> str:
    """A text with the accents that the documents give to its words; what is written so stays."""

    def spelt(match: re.Match[str]) -> str:
        word = match.group()
        told = written.get(fold(word), word)
        return word if word.lower() == told else told

    return _LETTERS.sub(spelt, text)


def _section_at(sections: Sequence[Sequence[object]], position: int) -> tuple[str, str]:
    """Title and anchor of the section that holds a position of the body."""
    title, anchor = "", ""
    for start, name, fragment in sections:
        if int(str(start)) > position:
            break
        title, anchor = str(name), str(fragment)
    return title, anchor


def _bounds(sections: Sequence[Sequence[object]], length: int) -> tuple[int, ...]:
    """Where the sections that a reader can be sent to begin and end."""
    ends = [*(int(str(section[0])) for section in sections[1:]), length]
    return tuple(
        position
        for (start, _name, fragment), end in zip(sections, ends, strict=False)
        if fragment
        for position in (int(str(start)), end)
    )
