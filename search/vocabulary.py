"""The words of the index, in a table that follows it document by document."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Q

from search.analysis import SEPARATOR, analyser
from search.concepts import Known
from search.models import IndexTerm, SearchDocument
from search.names import forget as forget_names
from search.spelling import KnownWord, likely

MAX_COMPLETION_ROWS = 400
_ROW = ("kind", "text", "stem", "documents")
Delta = Counter[tuple[str, str, str]]


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
        for kind, text, stem, documents in IndexTerm.objects.filter(wanted).values_list(*_ROW):
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

    def near(self, words: Sequence[str], parts: Iterable[str]) -> list[KnownWord]:
        names = {*parts, *(name for word in words for name in likely(word, _spoken()))}
        rows = IndexTerm.objects.filter(kind=IndexTerm.WORD, text__in=names).exclude(stem="")
        return [KnownWord(*row) for row in rows.values_list("text", "stem", "documents")]


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


def terms_of(document: SearchDocument) -> Delta:
    """What one document counts for: each of its words and stems once."""
    stem_word = analyser(document.language)
    counted: Delta = Counter()
    stems = set()
    for column in (
        document.title_stems,
        document.summary_stems,
        document.terms_stems,
        document.body_stems,
    ):
        stems.update(column.split())
    for word in set(document.words.split()) - {SEPARATOR}:
        stem = stem_word.stem_word(word)
        counted[IndexTerm.WORD, word, stem if stem in stems else ""] = 1
    for stem in stems - {SEPARATOR}:
        counted[IndexTerm.STEM, stem, ""] = 1
    counted[IndexTerm.TOTAL, "", ""] = 1
    return counted


def apply(delta: Delta) -> None:
    """Add (or take away, when negative) document counts; terms of no document disappear."""
    rows = [
        (kind, text, stem, count) for (kind, text, stem), count in sorted(delta.items()) if count
    ]
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
            [(kind, text) for kind, text, _stem, count in rows if count < 0],
        )


def correct(counted: Delta) -> int:
    """Make the rows say what was counted from nothing; return how many were wrong."""
    right: dict[tuple[str, str], int] = defaultdict(int)
    stems: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (kind, text, stem), documents in counted.items():
        right[kind, text] += documents
        stems[kind, text].add(stem)
    wrong = []
    rows = IndexTerm.objects.values_list("pk", "kind", "text", "stem", "documents")
    for pk, kind, text, stem, documents in rows.iterator(chunk_size=5_000):
        key = (kind, text)
        if right.get(key) == documents and stem in stems[key] and (stem or len(stems[key]) == 1):
            del right[key]
        else:
            wrong.append(pk)
    for start in range(0, len(wrong), 900):
        IndexTerm.objects.filter(pk__in=wrong[start : start + 900]).delete()
    fresh = [
        IndexTerm(kind=kind, text=text, stem=max(stems[kind, text]), documents=documents)
        for (kind, text), documents in right.items()
    ]
    IndexTerm.objects.bulk_create(fresh, batch_size=500)
    _remembered.clear()
    return len(wrong) + len(fresh)
