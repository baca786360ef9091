from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from hub.core.fields import SeveralChoicesField
from hub.core.models.settings import in_active_language
from resources.reports.blocks import SectionBlock
from resources.reports.questionnaire.schema import Questionnaire
from resources.reports.questionnaire.stream import from_stream

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_KEPT = {"drafts_kept_days": 3653, "contacts_kept_months": 120, "refused_kept_months": 120}
SMALLEST_CELL = 5  # answers: below, figures of a small group tell who is in it


class CampaignLanguage(models.TextChoices):
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class Phase(models.TextChoices):
    """Where a campaign stands: said by its dates, never stored."""

    DRAFT = "draft", _("In preparation")
    UPCOMING = "upcoming", _("Opens soon")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def announced(self) -> "CampaignQuerySet":
        """Those that visitors may know of."""
        return self.filter(live=True)

    def open_at(self, moment: datetime) -> "CampaignQuerySet":
        return self.begun_at(moment).filter(closes_at__gt=moment)

    def begun_at(self, moment: datetime) -> "CampaignQuerySet":
        """Those that are open, or have been."""
        return self.announced().filter(opens_at__lte=moment)


class Campaign(PreviewableMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """One season of the questionnaire: its texts, its dates, its questions, its limits."""

    title_fr = models.CharField(_("title in French"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("For instance retours-ag-2026.")
    )
    season = models.PositiveSmallIntegerField(
        _("season"),
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        help_text=_("The year of the meetings."),
    )
    intro_fr = models.TextField(_("welcome in French"), blank=True)
    intro_en = models.TextField(_("welcome in English"), blank=True)
    thanks_fr = models.TextField(_("thanks in French"), blank=True)
    thanks_en = models.TextField(_("thanks in English"), blank=True)
    opens_at = models.DateTimeField(_("opens on"), help_text=_("Hour of Paris."))
    closes_at = models.DateTimeField(_("closes on"), help_text=_("Hour of Paris."))
    evening_opens_at = models.DateTimeField(
        _("ten-minute report opens on"),
        null=True,
        blank=True,
        help_text=_(
            "For meetings held before the campaign opens: co-operatives note the essential the "
            "same evening, and find it again in the questionnaire. Empty: with the campaign."
        ),
    )
    languages = SeveralChoicesField(CampaignLanguage, verbose_name=_("languages"))
    open_to_all = models.BooleanField(
        _("answers without an invitation are accepted"), default=False
    )
    smallest_cell = models.PositiveSmallIntegerField(
        _("fewest answers behind a published figure"),
        default=SMALLEST_CELL,
        validators=[MinValueValidator(3)],
    )
    fewest_ranked = models.PositiveSmallIntegerField(
        _("fewest answers behind a comparison"),
        default=SMALLEST_CELL,
        validators=[MinValueValidator(3)],
    )
    mails_a_minute = models.PositiveSmallIntegerField(
        _("mails a minute, at most"), default=30, validators=[MinValueValidator(1)]
    )
    drafts_kept_days = models.PositiveSmallIntegerField(
        _("days that drafts are kept after the end"), default=90
    )
    contacts_kept_months = models.PositiveSmallIntegerField(
        _("months that contacts are kept after the synthesis"), default=12
    )
    refused_kept_months = models.PositiveSmallIntegerField(
        _("months that refused answers are kept"), default=6
    )
    synthesis_on = models.DateField(
        _("synthesis published on"), null=True, blank=True, editable=False
    )
    is_example = models.BooleanField(
        _("invented as an example"), default=False, help_text=_("Readers are told.")
    )
    sections = StreamField(
        [("section", SectionBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("questionnaire"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-season", "-opens_at"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        permissions = [
            ("invite_coops", _("invite co-operatives and follow their answers")),
            ("moderate_answers", _("moderate answers")),
            ("see_results", _("see the results")),
            ("export_answers", _("export answers")),
            ("erase_answers", _("erase answers and personal data")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="campaign_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(evening_opens_at=None)
                | models.Q(evening_opens_at__lte=models.F("opens_at")),
                name="campaign_report_opens_first",
            ),
            models.CheckConstraint(
                condition=models.Q(smallest_cell__gte=3), name="campaign_cells_hide_people"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": _("A campaign closes after it opens.")})
        if self.evening_opens_at and self.opens_at and self.evening_opens_at > self.opens_at:
            told = _("The ten-minute report opens before the campaign, or with it.")
            raise ValidationError({"evening_opens_at": told})
        if self.slug and not self._has_its_addresses():
            raise ValidationError({"slug": _("Another page has this address: choose another.")})
        self._clean_times()

    def _clean_times(self) -> None:
        """What no calendar can count would stop the erasure of what all campaigns kept too long."""
        wrong: dict[str, Any] = {}
        for name in ("evening_opens_at", "opens_at", "closes_at"):
            moment = getattr(self, name)
            if moment and not FIRST_YEAR <= moment.year <= LAST_YEAR:
                wrong[name] = _("The year is not one of this century.")
        for name, most in LONGEST_KEPT.items():
            if (getattr(self, name) or 0) > most:
                wrong[name] = _("Ten years at most.")
        if wrong:
            raise ValidationError(wrong)

    def _has_its_addresses(self) -> bool:
        """Whether what is asked for below this address comes to the campaign."""
        try:
            own = {"campaign": [self.slug], "answer_section": [self.slug, "section"]}
            return all(
                resolve(reverse(name, args=args)).url_name == name for name, args in own.items()
            )
        except NoReverseMatch:  # no address at all, which the field says
            return True

    @property
    def title(self) -> str:
        return in_active_language(self, "title")

    @property
    def intro(self) -> str:
        return in_active_language(self, "intro")

    @property
    def thanks(self) -> str:
        return in_active_language(self, "thanks")

    @cached_property
    def shape(self) -> Questionnaire:
        """The questionnaire as the code reads it."""
        return from_stream(self.sections.raw_data)

    def phase(self, at: datetime | None = None) -> Phase:
        at = at or timezone.now()
        if not self.live:
            return Phase.DRAFT
        if at < self.opens_at:
            return Phase.UPCOMING
        return Phase.OPEN if at < self.closes_at else Phase.CLOSED

    def is_open(self, at: datetime | None = None) -> bool:
        return self.phase(at) == Phase.OPEN

    def takes_evening_reports(self, at: datetime | None = None) -> bool:
        """Whether its ten-minute report is open: with the campaign, or earlier by a date of its own."""
        at = at or timezone.now()
        return self.live and (self.evening_opens_at or self.opens_at) <= at < self.closes_at

    @cached_property
    def has_evening_report(self) -> bool:
        return any(question.quick for question in self.shape)

    def get_absolute_url(self) -> str:
        return reverse("campaign", args=[self.slug])

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [(code, label) for code, label in CampaignLanguage.choices if code in self.languages]

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"campaign": self, "preview_language": mode_name or "fr"}

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "reports/campaign_preview.html"


class Wording(models.Model):
    """How a question was worded at a time: a change of words is a new version of the same key."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="wordings")
    key = models.CharField(_("key"), max_length=40)
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("question"))  # as in the file of a questionnaire
    digest = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["campaign", "key", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "key", "number"], name="wording_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.number}"
