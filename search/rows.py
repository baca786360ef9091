"""Makes the index row of a page from what the page says of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from search.analysis import ANALYSIS_VERSION, SEPARATOR, analyser, fold
from search.bits import MADE_UP
from search.documents import Projection
from search.models import SearchDocument

TITLE_LENGTH = 255
FACET_VALUE_LENGTH = 200
# Beyond, a text is cut: about 150 pages, so that one document cannot outweigh a whole index.
BODY_LENGTH = 400_000
STEM_COLUMNS = ("title_stems", "summary_stems", "terms_stems", "body_stems")


@dataclass(frozen=True, slots=True)
class Place:
    """What the tree says of a page: where it is, in which language, since when."""

    page_id: int
    translation_key: UUID
    locale: str
    url: str
    published_at: datetime
    updated_at: datetime
    expires_at: datetime | None = None


def document_of(place: Place, projection: Projection, digest: str) -> SearchDocument:
    """The unsaved row of a page; `digest` is its `content_hash`. `shown_in` is left to the writer."""
    body, sections = _body(projection)
    title = projection.title[:TITLE_LENGTH]
    document = SearchDocument(
        page_id=place.page_id,
        external_id=projection.external_id,
        translation_key=place.translation_key,
        locale=place.locale,
        language=projection.language,
        type=projection.type,
        title=title,
        sort_title=fold(" ".join(analyser(projection.language).words(title)))[:TITLE_LENGTH],
        summary=projection.summary,
        body=body,
        sections=sections,
        extra_terms="\n".join([*projection.names, *projection.extra_terms]),
        url=place.url,
        year=projection.year,
        published_at=projection.published_at or place.published_at,
        updated_at=projection.updated_at or place.updated_at,
        expires_at=projection.expires_at or place.expires_at,
        access=projection.access,
        facets=_facets(projection),
        card=dict(projection.card),
        content_hash=digest,
    )
    _analyse(document, projection)
    return document


def content_hash(place: Place, projection: Projection) -> str:
    """Changes when anything that the row shows or finds changes, or the analysis does."""
    told = repr((ANALYSIS_VERSION, place, projection))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _body(projection: Projection) -> tuple[str, list[list[object]]]:
    parts, sections, length = [], [], 0
    for section in projection.sections:
        sections.append([length, section.title, section.anchor])
        parts.append(section.text)
        length += len(section.text) + 2
    return "\n\n".join(parts)[:BODY_LENGTH], sections


def _facets(projection: Projection) -> dict[str, list[str]]:
    facets = {"type": (projection.type,), "language": (projection.language,)}
    if projection.year is not None:
        facets["year"] = (str(projection.year),)
    facets.update(
        {name: values for name, values in projection.facets.items() if not name.startswith("@")}
    )
    if projection.is_made_up:
        facets[MADE_UP] = ("yes",)
    return {
        name: sorted({str(value)[:FACET_VALUE_LENGTH] for value in values})
        for name, values in sorted(facets.items())
        if values
    }


def _analyse(document: SearchDocument, projection: Projection) -> None:
    """Fill the analysed columns; separators keep a phrase inside one field, section or term."""
    read = analyser(projection.language).words_and_stems
    title_words, title_stems = read(document.title)
    summary_words, summary_stems = read(document.summary)
    every_word = [*title_words, SEPARATOR, *summary_words]
    terms, term_words = _terms(projection, read)
    every_word += term_words
    body: list[str] = []
    for text in document.body.split("\n\n"):
        words, stems = read(text)
        every_word += [SEPARATOR, *words]
        body += [SEPARATOR, *stems] if body else stems
    document.title_stems = " ".join(title_stems)
    document.summary_stems = " ".join(summary_stems)
    document.terms_stems = " ".join(terms)
    document.body_stems = " ".join(body)
    document.words = " ".join(every_word)


def _terms(
    projection: Projection, read: Callable[[str], tuple[list[str], list[str]]]
) -> tuple[list[str], list[str]]:
    """The stems and the words of the terms. Names come first: two separators end them."""
    terms: list[str] = []
    every_word: list[str] = []
    for kind in (projection.names, projection.extra_terms):
        for term in kind:
            words, stems = read(term)
            every_word += [SEPARATOR, *words]
            if stems:
                terms += [*stems, SEPARATOR]
        terms.append(SEPARATOR)
    while terms and terms[-1] == SEPARATOR:
        terms.pop()
    return terms, every_word


def named(terms: Sequence[str]) -> set[tuple[str, ...]]:
    """The names among the stems of the terms, as runs of stems."""
    found: set[tuple[str, ...]] = set()
    start = 0
    for place, stem in enumerate([*terms, SEPARATOR]):
        if stem == SEPARATOR:
            if place == start:
                break
            found.add(tuple(terms[start:place]))
            start = place + 1
    return found


def words_of(document: SearchDocument) -> set[str]:
    """The words of a document, each once."""
    return set(document.words.split()) - {SEPARATOR}


def stems_of(document: SearchDocument) -> set[str]:
    """The stems of a document, each once."""
    stems = (getattr(document, column) for column in STEM_COLUMNS)
    return set(" ".join(stems).split()) - {SEPARATOR}
