from datetime import date

from django.contrib.admin import display
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import RevisionMixin


class LegalRecord(RevisionMixin, models.Model):
    """A legal value with its source and its state: never a constant in code or in prose.

    It is shown with its state wherever it is quoted, so that a value nobody has checked is never
    taken for certain. Its history keeps who changed it.
    """

    class State(models.TextChoices):
        TO_VALIDATE = "to-validate", _("To be validated")
        VALIDATED = "validated", _("Validated")
        TO_REVIEW = "to-review", _("To be reviewed")

    key = models.SlugField(_("identifier"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=160)
    value = models.CharField(_("value"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    explanation = models.TextField(_("explanation in plain words"), blank=True)
    reference = models.CharField(_("reference"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("address of the source"), blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=120, blank=True)
    next_review = models.DateField(_("next review"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.TO_VALIDATE
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("value"), FieldPanel("unit")]),
                FieldPanel("explanation"),
            ],
            heading=_("Value"),
        ),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("source_url"), FieldPanel("reference")],
            heading=_("Source"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("state"),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]),
                FieldPanel("next_review"),
            ],
            heading=_("Check"),
        ),
        FieldPanel("key"),
    ]

    class Meta:
        ordering = ["title"]
        verbose_name = _("legal value")
        verbose_name_plural = _("legal values")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="validated")
                | (models.Q(checked_on__isnull=False) & ~models.Q(checked_by="")),
                name="validated_value_says_when_and_by_whom",
                violation_error_message=_(
                    "A validated value says when it was checked, and by whom."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def state_now(cls, state: str, next_review: date | None) -> str:
        """A validated value whose review date has passed counts as to be reviewed."""
        overdue = next_review and next_review < timezone.localdate()
        return cls.State.TO_REVIEW if state == cls.State.VALIDATED and overdue else state

    @property
    def effective_state(self) -> str:
        return self.state_now(self.state, self.next_review)

    def for_card(self) -> dict[str, str]:
        """What a term that quotes this value remembers of it, to say its state at any later day."""
        review = self.next_review.isoformat() if self.next_review else ""
        return {"title": self.title, "state": self.state, "next_review": review}

    @property
    @display(description=_("state"))
    def effective_state_label(self) -> str:
        return str(self.State(self.effective_state).label)

    @property
    def is_certain(self) -> bool:
        return self.effective_state == self.State.VALIDATED
