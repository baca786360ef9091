"""Results as readers see them: rows with their extract, and where in the page it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from search.analysis import analyser
from search.concepts import Meaning
from search.engines.base import SearchHit
from search.highlighting import extract, marked
from search.models import SearchDocument

STEM_COLUMNS = ("title_stems", "summary_stems", "terms_stems", "body_stems")
SPELLING_SCAN = 5_000


def highlighted_stems(meaning: Meaning) -> frozenset[str]:
    """The stems to mark: those of the subject, however it is said."""
    return frozenset(
        stem
        for concept in meaning.concepts
        if concept.subject and not concept.faint
        for alternative in concept.alternatives
        for stem in alternative.run
    )


def hits_by_id(scores: Mapping[int, float], meaning: Meaning) -> dict[int, SearchHit]:
    """The results of these pages, with their score. One query."""
    rows = SearchDocument.objects.defer(*STEM_COLUMNS, "words").in_bulk(list(scores))
    stems = highlighted_stems(meaning)
    return {page_id: hit(row, scores[page_id], stems) for page_id, row in rows.items()}


def hit(document: SearchDocument, score: float, stems: frozenset[str]) -> SearchHit:
    """A result with its extract: where the body says the query, otherwise its beginning."""
    found = extract(document.body, stems, document.language)
    title, anchor = _section_at(document.sections, found.start) if found.found else ("", "")
    return SearchHit(
        page_id=document.page_id,
        external_id=document.external_id,
        score=score,
        document=document,
        highlight=found.html,
        title_highlight=marked(document.title, stems, document.language),
        section_title=title,
        section_anchor=anchor,
    )


def spellings(words: frozenset[str], documents: Iterable[SearchDocument]) -> dict[str, str]:
    """How these folded words are written, accents and all, in the documents found."""
    written: dict[str, str] = {}
    for document in documents:
        for text in (document.title, document.summary, document.body[:SPELLING_SCAN]):
            if len(written) == len(words):
                return written
            for token in analyser(document.language).tokens(text):
                if token.word in words and token.word not in written:
                    written[token.word] = text[token.start : token.end].lower()
    return written


def respelled(text: str, written: Mapping[str, str]) -> str:
    """A text of folded words, with the accents that the documents give them."""
    return " ".join(written.get(word, word) for word in text.split(" "))


def _section_at(sections: Sequence[Sequence[object]], position: int) -> tuple[str, str]:
    """Title and anchor of the section that holds a position of the body."""
    title, anchor = "", ""
    for start, name, fragment in sections:
        if int(str(start)) > position:
            break
        title, anchor = str(name), str(fragment)
    return title, anchor
