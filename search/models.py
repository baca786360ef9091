"""The tables of the search: one row per visible page, facet bits, vocabulary, synonyms."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.synonyms import SynonymError, parse_rule


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
        ]

    def __str__(self) -> str:
        return self.title


class SearchState(models.Model):
    """One row: what every search needs to know before it trusts what it remembers.

    `changes` grows with each writing of the index, and makes writers wait for each other; `steering`
    grows with each rule that an editor changes.
    """

    wagtail_reference_index_ignore = True

    changes = models.PositiveBigIntegerField(default=0)
    steering = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.changes}/{self.steering}"


class IndexBuild(models.Model):
    """An index of the cluster that is being made beside the one in service."""

    wagtail_reference_index_ignore = True

    alias = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=120)
    checkpoint = models.BigIntegerField(default=0, help_text="The last page sent.")
    began_at = models.DateTimeField(auto_now_add=True)
    leased_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class FacetBits(models.Model):
    """The set of documents that hold one facet value, one bit per page id, little-endian.

    Counting is then an AND and a population count: exact, one query for all facets at any size.
    Names starting with "@" are the index's own: "@shown" (site locales), "@expires" (ISO dates).
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


class SpokenSynonyms(models.Manager["Synonym"]):
    """The rules that say something: a deleted default leaves an empty row, so that it stays deleted."""

    def get_queryset(self) -> models.QuerySet[Synonym]:
        return super().get_queryset().exclude(words="")


class Synonym(models.Model):
    """A rule an editor can change: equivalent words, or words that also look for others.

    It works from the next search on, without reindexing: rules apply to queries only.
    """

    wagtail_reference_index_ignore = True

    words = models.CharField(
        _("words"), max_length=500, help_text=_("Words or expressions separated by commas.")
    )
    targets = models.CharField(
        _("also look for"),
        max_length=500,
        blank=True,
        help_text=_(
            "Leave empty when the words are equivalent. Otherwise the words above also find these."
        ),
    )
    enabled = models.BooleanField(_("enabled"), default=True)
    default_key = models.CharField(max_length=500, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SpokenSynonyms()
    every: models.Manager[Synonym] = models.Manager()

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(
                fields=["default_key"],
                condition=~models.Q(default_key=""),
                name="search_synonym_default_once",
            )
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """The rule as a line of a synonym file."""
        return f"{self.words} => {self.targets}" if self.targets else self.words

    def clean(self) -> None:
        """Refuse a rule that would do nothing, with the reason."""
        try:
            parse_rule(self.line)
        except SynonymError as error:
            raise ValidationError({"words": str(error)}) from error
