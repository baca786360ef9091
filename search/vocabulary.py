"""The words of the index, in a table that follows it document by document."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection
from django.db.models import Q, QuerySet

from search.analysis import LANGUAGES, analyser
from search.concepts import Known
from search.ended import ended
from search.models import IndexTerm, SearchDocument
from search.names import forget as forget_names
from search.rows import stems_of, words_of
from search.spelling import KnownWord, likely

MAX_COMPLETION_ROWS = 400
_ROW = ("kind", "text", "stem", "documents")


class StoredVocabulary:
    """`search.concepts.Vocabulary` over the `IndexTerm` rows."""

    def lookup(self, words: Iterable[str], stems: Iterable[str], prefix: str) -> Known:
        wanted = (
            Q(kind=IndexTerm.TOTAL)
            | Q(kind=IndexTerm.WORD, text__in=set(words))
            | Q(kind=IndexTerm.STEM, text__in=set(stems))
        )
        if prefix:
            wanted |= Q(kind=IndexTerm.WORD, text__gte=prefix, text__lt=prefix + "\U0010ffff")
        known = Known(0)
        exact = set(words)
        for kind, text, stem, documents in _living(IndexTerm.objects.filter(wanted)):
            if kind == IndexTerm.TOTAL:
                known.documents = documents
            elif kind == IndexTerm.STEM:
                known.stems[text] = documents
            else:
                word = KnownWord(text, stem, documents)
                if text in exact:
                    known.words[text] = word
                if prefix and text.startswith(prefix) and stem:
                    known.completions.append(word)
        known.completions.sort(key=lambda word: (-word.documents, word.word))
        for word in known.completions:
            known.stems.setdefault(word.stem, word.documents)
        return known

    def near(
        self, words: Sequence[str], parts: Iterable[str], stems: Iterable[str]
    ) -> list[KnownWord]:
        names = {*parts, *(name for word in words for name in likely(word, _spoken()))}
        spoken = Q(kind=IndexTerm.WORD, text__in=names) & ~Q(stem="")
        rows = IndexTerm.objects.filter(spoken | Q(kind=IndexTerm.STEM, text__in=set(stems)))
        return [KnownWord(text, stem, number) for _kind, text, stem, number in _living(rows)]


def _living(rows: QuerySet[IndexTerm]) -> Iterator[Row]:
    """The rows of terms without the documents that ended; a term of no other document is not there."""
    gone = ended()
    taken = {IndexTerm.WORD: gone.words, IndexTerm.STEM: gone.stems}
    for kind, text, stem, documents in rows.values_list(*_ROW):
        less = gone.documents if kind == IndexTerm.TOTAL else taken[kind][text]
        if documents > less:
            yield kind, text, stem, documents - less


# Remembering every word of the index makes a repair cost milliseconds at any size. What is remembered only
# proposes: a word is offered if the index holds it at that moment, so that one taken away never is.
REMEMBERED_FOR = 60  # seconds
_remembered: dict[str, tuple[float, list[str]]] = {}


def _spoken() -> list[str]:
    database = str(connection.settings_dict["NAME"])
    read_at, words = _remembered.get(database, (0.0, []))
    if time.monotonic() - read_at > REMEMBERED_FOR or not words:
        rows = IndexTerm.objects.filter(kind=IndexTerm.WORD).exclude(stem="")
        words = list(rows.values_list("text", flat=True))
        _remembered[database] = (time.monotonic(), words)
    return words


class Delta:
    """What documents add to the vocabulary and take away from it: each of their words and stems once."""

    def __init__(self) -> None:
        self._words: dict[str, Counter[str]] = defaultdict(Counter)
        self._stems: Counter[str] = Counter()
        self._gone_words: dict[str, Counter[str]] = defaultdict(Counter)
        self._gone_stems: Counter[str] = Counter()
        self._total = 0

    def add(self, document: SearchDocument) -> None:
        """Count a document."""
        self._words[document.language].update(words_of(document))
        self._stems.update(stems_of(document))
        self._total += 1

    def take(self, document: SearchDocument) -> None:
        """Count a document no more."""
        self._gone_words[document.language].update(words_of(document))
        self._gone_stems.update(stems_of(document))
        self._total -= 1

    def rows(self) -> list[Row]:
        """What changes: (kind, text, stem, number of documents more or less), in order."""
        changes: dict[tuple[str, str], tuple[str, int]] = {}
        for sign, by_language in ((1, self._words), (-1, self._gone_words)):
            for language, counted in by_language.items():
                read = analyser(language)
                for word, number in counted.items():
                    known, before = changes.get((IndexTerm.WORD, word), ("", 0))
                    stem = known or read.telling_stem(word)
                    changes[IndexTerm.WORD, word] = (stem, before + sign * number)
        for sign, stems in ((1, self._stems), (-1, self._gone_stems)):
            for stem, number in stems.items():
                before = changes.get((IndexTerm.STEM, stem), ("", 0))[1]
                changes[IndexTerm.STEM, stem] = ("", before + sign * number)
        changes[IndexTerm.TOTAL, ""] = ("", self._total)
        return sorted((kind, text, stem, n) for (kind, text), (stem, n) in changes.items() if n)


Row = tuple[str, str, str, int]


def apply(delta: Delta) -> None:
    """Add (or take away) document counts; terms of no document disappear."""
    rows = delta.rows()
    if not rows:
        return
    _remembered.clear()
    forget_names()
    table = connection.ops.quote_name(IndexTerm._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (kind, text, stem, documents) VALUES (%s, %s, %s, %s)"
            f" ON CONFLICT (kind, text) DO UPDATE SET documents = {table}.documents + excluded.documents,"
            f" stem = CASE WHEN excluded.stem = '' THEN {table}.stem ELSE excluded.stem END",
            rows,
        )
        cursor.executemany(
            f"DELETE FROM {table} WHERE kind = %s AND text = %s AND documents <= 0",
            [(kind, text) for kind, text, _stem, number in rows if number < 0],
        )


def _may_have(text: str, stem: str, counted: str) -> bool:
    """Whether a word has a stem: that of the language counted last, or of the one that wrote it last."""
    if stem == counted:
        return True
    read = {analyser(language).telling_stem(text) for language in LANGUAGES}
    return bool(stem) and bool(counted) and stem in read


def correct(counted: Delta) -> int:
    """Make the rows say what was counted from nothing; return how many were wrong."""
    right = {(kind, text): (stem, number) for kind, text, stem, number in counted.rows()}
    wrong = []
    rows = IndexTerm.objects.values_list("pk", "kind", "text", "stem", "documents")
    for pk, kind, text, stem, number in rows.iterator(chunk_size=5_000):
        told = right.get((kind, text))
        if told and told[1] == number and _may_have(text, stem, told[0]):
            del right[kind, text]
        else:
            wrong.append(pk)
    for start in range(0, len(wrong), 900):
        IndexTerm.objects.filter(pk__in=wrong[start : start + 900]).delete()
    fresh = [
        IndexTerm(kind=kind, text=text, stem=stem, documents=number)
        for (kind, text), (stem, number) in right.items()
    ]
    IndexTerm.objects.bulk_create(fresh, batch_size=500)
    _remembered.clear()
    return len(wrong) + len(fresh)
