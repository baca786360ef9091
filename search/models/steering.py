"""What editors decide of the search."""

from __future__ import annotations

from datetime import date

from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.analysis import DEFAULT_LANGUAGE, analyser
from search.query import MAX_CHARACTERS
from search.synonyms import SynonymError, parse_rule


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
        if not self.words:
            return  # the field itself says so
        try:
            parse_rule(self.line)
        except SynonymError as error:
            raise ValidationError({"words": str(error)}) from error


class ProtectedWord(models.Model):
    """A word that is never corrected: a name, a code, a word of the house."""

    wagtail_reference_index_ignore = True

    word = models.CharField(
        _("word"),
        max_length=64,
        help_text=_("One word, as people type it. It is never taken for a typing mistake."),
    )
    folded = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("word never corrected")
        verbose_name_plural = _("words never corrected")
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """Refuse what is not one word, and a word that stands here already."""
        if not self.word:
            return  # the field itself says so
        tokens = list(analyser(DEFAULT_LANGUAGE).tokens(self.word))
        if not tokens:
            raise ValidationError({"word": _("Write a word: there are only signs here.")})
        if len(tokens) > 1:
            read = ", ".join(
                _("“%(text)s”") % {"text": self.word[token.start : token.end]} for token in tokens
            )
            told = _("The search reads several words here: %(words)s. Protect each by itself.")
            raise ValidationError({"word": told % {"words": read}})
        if ProtectedWord.objects.filter(folded=tokens[0].word).exclude(pk=self.pk).exists():
            raise ValidationError({"word": _("This word is already protected.")})

    def save(self, *args: object, **kwargs: object) -> None:
        words = analyser(DEFAULT_LANGUAGE).words(self.word)
        self.folded = words[0] if words else ""
        super().save(*args, **kwargs)


class PromotedAnswer(models.Model):
    """A page that the federation puts on top of the answers to some queries, for a while."""

    queries = models.TextField(
        _("queries"),
        help_text=_(
            "One a line. A search that says the same words, whatever their accents and capitals, "
            "shows the page on top."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("That day included."))
    position = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("When a query has several: the lowest first.")
    )

    class Meta:
        verbose_name = _("promoted answer")
        verbose_name_plural = _("promoted answers")
        ordering = ["queries", "position"]

    def __str__(self) -> str:
        return f"{self.query_list[0] if self.query_list else ''} → {self.page}"

    @property
    def query_list(self) -> list[str]:
        """The queries, one by one."""
        return [line.strip() for line in self.queries.splitlines() if line.strip()]

    @property
    @display(description=_("queries"))
    def queries_in_line(self) -> str:
        """The queries as a list shows them."""
        return " · ".join(self.query_list)

    def clean(self) -> None:
        """Refuse what would never be shown, with the reason."""
        if self.queries and not any(
            analyser(DEFAULT_LANGUAGE).words(query) for query in self.query_list
        ):
            raise ValidationError({"queries": _("Write at least one query.")})
        if any(len(query) > MAX_CHARACTERS for query in self.query_list):
            told = _("A query has at most %(number)s characters: the search reads no more.")
            raise ValidationError({"queries": told % {"number": MAX_CHARACTERS}})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day comes before the first.")})
        repeated = self._repeated()
        if repeated:
            told = _("This page is promoted already for “%(query)s”, on some of the same days.")
            raise ValidationError({"queries": told % {"query": repeated}})

    @property
    def words_of_queries(self) -> dict[tuple[str, ...], str]:
        """The queries by their words, as they are compared: no capital, no accent."""
        words = analyser(DEFAULT_LANGUAGE).words
        return {said: query for query in self.query_list if (said := words(query))}

    def overlaps(self, other: PromotedAnswer) -> bool:
        """Whether both are shown on some day."""
        starts = max(self.starts_on or date.min, other.starts_on or date.min)
        return starts <= min(self.ends_on or date.max, other.ends_on or date.max)

    def _repeated(self) -> str:
        """A query for which another answer shows the same page on the same days, or ""."""
        others = PromotedAnswer.objects.filter(page_id=self.page_id).exclude(pk=self.pk)
        own = self.words_of_queries
        shared = (
            own[words]
            for other in others
            if self.overlaps(other)
            for words in other.words_of_queries
            if words in own
        )
        return next(shared, "")
