from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from hub.core.fields import SeveralChoicesField
from resources.blocks import ClaimBlock
from resources.models.base import ResourcePage, resource_tabs
from resources.vocabulary import Level, Phase
from search.documents import Section

EVIDENCE_LABELS = (
    _("Not reported yet"),
    _("Reported once"),
    _("Reported by several co-operatives"),
    _("Reported by many co-operatives"),
)


class PracticePage(ResourcePage):
    """A practice that co-ops have tried: what for, how, at what cost, with what was observed."""

    resource_type: ClassVar[str] = "practice"
    type_label = _("Practice")
    schema_type = "HowTo"

    class Status(models.TextChoices):
        CURRENT = "current", _("Recommended")
        TO_TEST = "to-test", _("To be tried")
        RETIRED = "retired", _("No longer recommended")

    code = models.CharField(
        _("code"), max_length=8, help_text=_("P and a number, for instance P21.")
    )
    phases = SeveralChoicesField(
        Phase,
        verbose_name=_("phases of the journey"),
        help_text=_("Where the practice stands in the journey."),
    )
    objective = models.TextField(_("objective"))
    effort = models.PositiveSmallIntegerField(
        _("effort"), choices=Level.choices, default=Level.MEDIUM
    )
    cost = models.PositiveSmallIntegerField(_("cost"), choices=Level.choices, default=Level.LOW)
    staff = models.CharField(_("who is needed"), max_length=250, blank=True)
    how_to = StreamField(
        [("step", blocks.TextBlock(label=_("Step")))],
        blank=True,
        max_num=8,
        verbose_name=_("how to do it"),
    )
    pitfalls = StreamField(
        [("pitfall", blocks.TextBlock(label=_("Pitfall")))], blank=True, verbose_name=_("pitfalls")
    )
    evidence = StreamField(
        [("claim", ClaimBlock())],
        blank=True,
        verbose_name=_("what was observed"),
        help_text=_("What somebody reported, with where and when; not a general truth."),
    )
    first_seen = models.CharField(
        _("first seen"), max_length=60, blank=True, help_text=_("For instance AG 2025.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.CURRENT
    )

    content_panels = [
        *ResourcePage.content_panels[:2],
        FieldPanel("objective"),
        FieldPanel("body"),
        FieldPanel("how_to"),
        FieldPanel("pitfalls"),
        FieldRowPanel([FieldPanel("effort"), FieldPanel("cost")]),
        FieldPanel("staff"),
        FieldPanel("evidence"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("first_seen"), FieldPanel("status")]),
        FieldPanel("phases"),
    ]
    edit_handler = resource_tabs(content_panels)

    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("code"),
    ]

    class Meta:
        verbose_name = _("practice")

    def evidence_level(self, testimonies: int) -> int:
        """From 0 to 3: how many independent voices stand behind the practice.

        Dated observations and published experience reports (``testimonies``) count alike; what was
        made up as an example is nobody's voice.
        """
        voices = len(self.evidence) + testimonies
        return 0 if not voices else 1 if voices == 1 else 2 if voices < 5 else 3

    def evidence_label(self, testimonies: int) -> str:
        return str(EVIDENCE_LABELS[self.evidence_level(testimonies)])

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        testimonies = context["cited_by"]
        made_up = sum(card.is_example for card in testimonies)
        label = self.evidence_label(len(testimonies) - made_up)
        return context | {"testimonies": testimonies, "evidence_label": label, "made_up": made_up}

    def search_sections(self) -> list[Section]:
        parts = (
            ("how_to", _("How to do it"), "#how-to"),
            ("pitfalls", _("Pitfalls"), "#pitfalls"),
            ("evidence", _("What was observed"), "#evidence"),
        )
        return [
            Section(self.objective, _("What for"), "#objective"),
            *super().search_sections(),
            *(Section(self.stream_text(name), title, anchor) for name, title, anchor in parts),
        ]

    def search_terms(self) -> list[str]:
        return [*super().search_terms(), self.code]
