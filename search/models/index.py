"""The rows that every engine is made from, and what is counted of them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class SearchDocument(models.Model):
    """One visible page, denormalised: the truth for every engine, and all that a list needs.

    A row exists only while the page is visible; it is written in the transaction that publishes.
    The `*_stems` and `words` columns hold the Python analysis of the text, so that every engine
    indexes the same tokens. Nothing but `search.indexing` writes here.
    """

    wagtail_reference_index_ignore = True

    page = models.OneToOneField(
        "wagtailcore.Page",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="search_document",
    )
    external_id = models.CharField(max_length=100, blank=True, db_index=True)
    translation_key = models.UUIDField(db_index=True)
    locale = models.CharField(max_length=20)
    language = models.CharField(max_length=20)
    shown_in = models.JSONField(default=list, help_text="Site locales whose lists show this row.")
    type = models.CharField(max_length=50)
    title = models.CharField(max_length=255)
    sort_title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    sections = models.JSONField(
        default=list, help_text="[start in body, title, anchor] of each section."
    )
    extra_terms = models.TextField(blank=True)
    url = models.CharField(max_length=1000)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    access = models.CharField(max_length=20)
    facets = models.JSONField(default=dict)
    card = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    title_stems = models.TextField()
    summary_stems = models.TextField()
    terms_stems = models.TextField()
    body_stems = models.TextField()
    words = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-page"], name="search_doc_recent"),
            models.Index(fields=["sort_title", "page"], name="search_doc_alpha"),
            models.Index(fields=["expires_at"], name="search_doc_ends"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_ended(self) -> bool:
        """Whether its end has come, though the row is still there."""
        return self.expires_at is not None and self.expires_at <= timezone.now()


class FacetBits(models.Model):
    """The set of documents that hold one facet value, one bit per page id, little-endian.

    Counting is then an AND and a population count: exact, one query for all facets at any size.
    Names starting with "@" are the index's own: "@shown" (site locales), "@expires" (ISO dates),
    "@made-up" (what is invented as an example).
    """

    wagtail_reference_index_ignore = True

    name = models.CharField(max_length=50)
    value = models.CharField(max_length=200)
    bits = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "value"], name="search_facet_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class IndexTerm(models.Model):
    """How many documents hold a word or a stem: rarity, prefixes and corrections read it.

    A term of no document has no row, so that no word of a page taken away is ever suggested.
    """

    WORD = "w"
    STEM = "s"
    TOTAL = "t"

    wagtail_reference_index_ignore = True

    kind = models.CharField(max_length=1)
    text = models.CharField(max_length=64)
    stem = models.CharField(max_length=64, blank=True)
    documents = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "text"], name="search_term_once")]

    def __str__(self) -> str:
        return self.text
