from typing import ClassVar

from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField

from resources.models.base import ResourcePage, resource_tabs
from resources.vocabulary import FACET_LABELS, Access, Consent
from search.documents import Section

STORY = {"features": ["bold", "italic", "ol", "ul", "link"]}
# These facts stand elsewhere on the page.
MEETING = ("day", "slot", "venue")
TOLD_APART = (*MEETING, "practice")

# Sent with `page` before it is read by anybody: a receiver raises NotReadyError to keep it back.
asked_to_publish = Signal()


class ExperienceReportPage(ResourcePage):
    """What a co-op tried, published as far as the co-op consented."""

    resource_type: ClassVar[str] = "report"
    type_label = _("Experience report")
    schema_type = "Article"

    consent = models.CharField(
        _("consent"),
        max_length=12,
        choices=Consent.choices,
        default=Consent.FEDERATION,
        help_text=_("What the co-operative agreed to. Its name shows only with the first choice."),
    )
    is_example = models.BooleanField(
        _("invented as an example"), default=False, help_text=_("Readers are told.")
    )
    context = RichTextField(_("context"), blank=True, **STORY)
    tried = RichTextField(_("what was tried"), blank=True, **STORY)
    worked = RichTextField(_("what worked"), blank=True, **STORY)
    did_not_work = RichTextField(_("what did not work"), blank=True, **STORY)
    advice = RichTextField(_("advice to a peer"), blank=True, **STORY)
    plans = RichTextField(_("aims for the next meeting"), blank=True, **STORY)
    meeting_day = models.CharField(_("day of the meeting"), max_length=60, blank=True)
    meeting_slot = models.CharField(_("time of the meeting"), max_length=60, blank=True)
    venue = models.CharField(_("venue"), max_length=120, blank=True)
    # What was chosen among closed answers, with the words of that time in both languages:
    # [{"facet": "mode" or "", "label": {"fr", "en"}, "values": [{"key", "fr", "en"}]}]
    facts = models.JSONField(default=list, blank=True, editable=False)
    has_photos = models.BooleanField(default=False, editable=False)  # spares a query where none is

    content_panels = [
        *ResourcePage.content_panels[:2],
        MultiFieldPanel([FieldPanel("consent"), FieldPanel("is_example")], heading=_("Consent")),
        FieldRowPanel([FieldPanel("meeting_day"), FieldPanel("meeting_slot"), FieldPanel("venue")]),
        FieldPanel("context"),
        FieldPanel("tried"),
        FieldPanel("worked"),
        FieldPanel("did_not_work"),
        FieldPanel("advice"),
        FieldPanel("plans"),
        FieldPanel("body"),
        InlinePanel("practice_links", heading=_("Practices"), label=_("Practice")),
        InlinePanel("photos", heading=_("Photos"), label=_("Photo")),
    ]
    edit_handler = resource_tabs(content_panels)

    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("facts"),
    ]

    class Meta:
        verbose_name = _("experience report")

    def save(self, *args: object, **kwargs: object) -> None:
        """What a co-op told the federation alone is never public, whatever the form says.

        A draft that was never published keeps its access: the consent may be on its way.
        """
        if self.first_published_at and self.consent == Consent.FEDERATION:
            self.access = Access.FEDERATION
        self.has_photos = bool(self.photos.all())
        super().save(*args, **kwargs)

    def refuse_unready(self) -> None:
        super().refuse_unready()
        asked_to_publish.send(type(self), page=self)

    @property
    def shown_organisation(self) -> object | None:
        """The co-op, when it agreed to be named with this story."""
        return super().shown_organisation if self.consent == Consent.NAMED else None

    @property
    def told_facts(self) -> list[dict[str, str]]:
        """The facts in the language of the page: a ``label`` and the ``text`` of what was chosen.

        What the library is filtered by has the label that it has there.
        """
        language = "en" if self.locale.language_code == "en" else "fr"
        return [
            {
                "facet": fact["facet"],
                "label": str(FACET_LABELS.get(fact["facet"]) or fact["label"][language]),
                "text": ", ".join(value[language] for value in fact["values"]),
            }
            for fact in self.facts
        ]

    @property
    def other_facts(self) -> list[dict[str, str]]:
        return [fact for fact in self.told_facts if fact["facet"] not in TOLD_APART]

    def search_facets(self) -> dict[str, tuple[str, ...]]:
        own = {
            fact["facet"]: tuple(value["key"] for value in fact["values"])
            for fact in self.facts
            if fact["facet"]
        }
        return super().search_facets() | own

    def linked_ids(self) -> dict[str, list[int]]:
        practices = [link.practice_id for link in self.practice_links.all()]
        return super().linked_ids() | {"practices": practices}

    def search_sections(self) -> list[Section]:
        stories = (
            ("context", _("The context"), "#context"),
            ("tried", _("What was tried"), "#tried"),
            ("worked", _("What worked"), "#worked"),
            ("did_not_work", _("What did not"), "#did-not-work"),
            ("advice", _("Advice to a peer"), "#advice"),
            ("plans", _("Aims for the next meeting"), "#plans"),
        )
        facts = " · ".join(x for x in (self.meeting_day, self.meeting_slot, self.venue) if x)
        apart = (fact for fact in self.told_facts if fact["facet"] not in MEETING)
        facts = " · ".join([facts, *(f"{fact['label']} {fact['text']}" for fact in apart)])
        told = [Section(self.rich_text(name), title, anchor) for name, title, anchor in stories]
        return [*told, Section(facts, _("The meeting"), "#meeting"), *super().search_sections()]


class ReportPractice(Orderable):
    page = ParentalKey(
        ExperienceReportPage, on_delete=models.CASCADE, related_name="practice_links"
    )
    practice = models.ForeignKey(
        "resources.PracticePage",
        on_delete=models.CASCADE,
        related_name="report_links",
        verbose_name=_("practice"),
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "practice"], name="practice_linked_once")
        ]


class ReportPhoto(Orderable):
    """A photo that its co-op agreed to show, described for those who do not see it."""

    page = ParentalKey(ExperienceReportPage, on_delete=models.CASCADE, related_name="photos")
    image = models.ForeignKey(
        "core.HubImage", on_delete=models.CASCADE, related_name="+", verbose_name=_("picture")
    )

    panels = [FieldPanel("image")]

    class Meta(Orderable.Meta):
        verbose_name = _("photo")
