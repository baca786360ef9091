from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from resources.blocks import DossierEntryBlock
from resources.chosen import chosen_ids, raw_values
from resources.models.base import ResourcePage, resource_tabs
from search.documents import Section


class DossierPage(ResourcePage):
    """An editor's ordered collection. With dates, it is a spotlight that the home page features."""

    resource_type: ClassVar[str] = "dossier"
    type_label = _("Collection")
    schema_type = "Collection"

    entries = StreamField([("entry", DossierEntryBlock())], blank=True, verbose_name=_("resources"))
    featured_from = models.DateField(
        _("in the spotlight from"),
        null=True,
        blank=True,
        help_text=_("Left empty, the home page does not feature it."),
    )
    featured_until = models.DateField(_("until"), null=True, blank=True)

    content_panels = [
        *ResourcePage.content_panels,
        FieldPanel("entries"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("featured_from"), FieldPanel("featured_until")])],
            heading=_("Spotlight"),
            help_text=_("Between these dates the home page features this collection."),
        ),
    ]
    edit_handler = resource_tabs(content_panels)

    class Meta:
        verbose_name = _("collection")

    def clean(self) -> None:
        super().clean()
        start, end = self.featured_from, self.featured_until
        if start and end and end < start:
            raise ValidationError({"featured_until": _("The end comes after the beginning.")})

    @classmethod
    def featured_on(cls, day: date) -> models.QuerySet["DossierPage"]:
        """The dossiers whose spotlight is lit on ``day``, the latest first (not yet filtered by
        visibility)."""
        return (
            cls.objects.filter(featured_from__lte=day)
            .filter(models.Q(featured_until__isnull=True) | models.Q(featured_until__gte=day))
            .order_by("-featured_from", "-pk")
        )

    def linked_ids(self) -> dict[str, list[int]]:
        return super().linked_ids() | {"listed": chosen_ids(self.entries, "page")}

    @cached_property
    def shown_entries(self) -> list[dict]:
        """The ``card`` and ``note`` of each resource that anybody may read, in order."""
        entries = raw_values(self.entries)
        cards = self.linked_cards
        return [
            {"card": cards[entry["page"]], "note": entry.get("note", "")}
            for entry in entries
            if entry["page"] in cards
        ]

    def search_sections(self) -> list[Section]:
        return [*super().search_sections(), Section(self.stream_text("entries"))]
