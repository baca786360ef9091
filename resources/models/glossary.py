from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from hub.core.text import folded
from resources.blocks import ConfusionBlock
from resources.chosen import chosen_ids, raw_values
from resources.models.base import ResourcePage, resource_tabs
from resources.models.legal import LegalRecord
from search.documents import Section

PLAIN_WORDS = 30
RESERVED_SLUGS = frozenset({"imprimer", "livret", "salle"})


def at_most_thirty_words(text: str) -> None:
    if len(text.split()) > PLAIN_WORDS:
        raise ValidationError(
            _("The plain definition has at most %(limit)s words; this one has %(count)s."),
            params={"limit": PLAIN_WORDS, "count": len(text.split())},
        )


class GlossaryTermPage(ResourcePage):
    """A word of cooperative life, said plainly first and then in full."""

    resource_type: ClassVar[str] = "glossary"
    type_label = _("Glossary")
    schema_type = "DefinedTerm"
    parent_page_types = ["resources.GlossaryIndexPage"]

    plain_definition = models.TextField(
        _("plain definition"),
        validators=[at_most_thirty_words],
        help_text=_("At most 30 words, for somebody who has never heard the word."),
    )
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    variants = models.TextField(
        _("variants"), blank=True, help_text=_("Plural, feminine, other words: one a line.")
    )
    ambiguous = models.BooleanField(
        _("also an everyday word"),
        default=False,
        help_text=_("For instance “pouvoir”, which is also a verb."),
    )
    not_to_confuse = StreamField(
        [("term", ConfusionBlock())], blank=True, verbose_name=_("not to be confused with")
    )
    legal_records = ParentalManyToManyField(
        "resources.LegalRecord", blank=True, related_name="+", verbose_name=_("legal values")
    )
    source = models.CharField(_("source"), max_length=250, blank=True)
    source_checked_on = models.DateField(_("source checked on"), null=True, blank=True)

    content_panels = [
        *ResourcePage.content_panels[:1],
        FieldPanel("plain_definition"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("acronym"), FieldPanel("ambiguous")]),
        FieldPanel("variants"),
        FieldPanel("not_to_confuse"),
        FieldPanel("legal_records"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_checked_on")]),
    ]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("glossary term")

    @property
    def variant_list(self) -> list[str]:
        return [line.strip() for line in self.variants.splitlines() if line.strip()]

    @property
    def letter(self) -> str:
        """The letter it stands under in the A–Z: « É » under E, a digit under #."""
        from_title = folded(self.title)[:1].upper()
        return from_title if from_title.isalpha() else "#"

    def linked_ids(self) -> dict[str, list[int]]:
        return super().linked_ids() | {"confusable": chosen_ids(self.not_to_confuse, "term")}

    @cached_property
    def legal_values(self) -> list[LegalRecord]:
        """The legal values that it quotes. One query."""
        return list(self.legal_records.all())

    @property
    def is_overdue(self) -> bool:
        """Whether somebody should have read it again by now, or a legal value that it quotes."""
        today = timezone.localdate()
        values = (record.next_review for record in self.legal_values)
        return any(day and day < today for day in (self.review_on, *values))

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": _("This address is that of another page of the glossary.")}
            )

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        cards = self.linked_cards
        confusions = [
            {"card": cards[value["term"]], "difference": value["difference"]}
            for value in raw_values(self.not_to_confuse)
            if value["term"] in cards
        ]
        return context | {"confusions": confusions}

    def search_sections(self) -> list[Section]:
        texts = super().search_sections()
        in_full = [Section(text.text, _("In full"), "#in-full") for text in texts]
        confusions = [
            Section(value["difference"], _("Not to be confused with"), "#confusions")
            for value in raw_values(self.not_to_confuse)
        ]
        return [Section(self.plain_definition), *in_full, *confusions]

    def search_names(self) -> list[str]:
        return [self.acronym, *self.variant_list]

    @classmethod
    def prepare_search_projections(cls, pages: Sequence[Self]) -> None:
        super().prepare_search_projections(pages)
        quoted = records_by_page([page.pk for page in pages])
        for page in pages:
            page._quoted = quoted.get(page.pk, [])

    def search_card(self) -> dict[str, Any]:
        """The card says what the word means, and in which state the legal values it quotes are."""
        records = self._quoted if hasattr(self, "_quoted") else self.legal_records.all()
        return super().search_card() | {
            "definition": self.plain_definition,
            "legal": [record.for_card() for record in records],
        }


def records_by_page(page_ids: Iterable[int]) -> dict[int, list[LegalRecord]]:
    """The legal values that each of these terms quotes. Two queries."""
    links = GlossaryTermPage.legal_records.through.objects.filter(
        glossarytermpage_id__in=list(page_ids)
    ).values_list("glossarytermpage_id", "legalrecord_id")
    pairs = list(links)
    records = LegalRecord.objects.in_bulk([record_id for _page, record_id in pairs])
    found: dict[int, list[LegalRecord]] = {}
    for page_id, record_id in pairs:
        found.setdefault(page_id, []).append(records[record_id])
    return {page_id: sorted(held, key=str) for page_id, held in found.items()}
