"""The open vocabularies: what editors add and rename, in both languages."""

from typing import Any

from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from hub.core.models.settings import in_active_language
from hub.core.text import folded


class NamedRow(models.Model):
    """A row compared by its folded name (see ``folded``), with a slug that stands in addresses."""

    slug = models.SlugField(
        _("identifier"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Stands in the addresses of filtered lists. Left empty, it follows the name."),
    )
    match_key = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        abstract = True

    @property
    def name_to_match(self) -> str:
        raise AttributeError("a named row says which text names it")

    def clean(self) -> None:
        twins = type(self).objects.filter(match_key=folded(self.name_to_match))
        if twins.exclude(pk=self.pk).exists():
            raise ValidationError(_("This name already exists, perhaps with another spelling."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.match_key = folded(self.name_to_match)
        self.slug = self.slug or self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        wanted = slugify(self.name_to_match)[:70] or "sans-nom"
        slug, number = wanted, 2
        while type(self).objects.filter(slug=slug).exclude(pk=self.pk).exists():
            slug, number = f"{wanted}-{number}", number + 1
        return slug


class LabelledRow(NamedRow):
    label_fr = models.CharField(_("label in French"), max_length=120)
    label_en = models.CharField(_("label in English"), max_length=120, blank=True)

    panels = [FieldPanel("label_fr"), FieldPanel("label_en"), FieldPanel("slug")]

    class Meta:
        abstract = True
        ordering = ["label_fr"]

    def __str__(self) -> str:
        return self.label

    @property
    def name_to_match(self) -> str:
        return self.label_fr

    @property
    def label(self) -> str:
        return in_active_language(self, "label")


class Theme(LabelledRow):
    description_fr = models.CharField(_("description in French"), max_length=250, blank=True)

    panels = [*LabelledRow.panels, FieldPanel("description_fr")]

    class Meta(LabelledRow.Meta):
        verbose_name = _("theme")


class Audience(LabelledRow):
    class Meta(LabelledRow.Meta):
        verbose_name = _("audience")


class Organisation(NamedRow):
    """A co-op, or the federation itself."""

    class Status(models.TextChoices):
        SCIC = "scic", _("SCIC")
        SCP = "scp", _("SCP")
        OTHER = "other", _("Other")

    class Activity(models.TextChoices):
        RENTAL = "locatif", _("Rental")
        OWNERSHIP = "accession", _("Home ownership")
        MIXED = "mixte", _("Rental and home ownership")
        FEDERATION = "federation", _("Federation")
        OTHER = "other", _("Other")

    class Size(models.TextChoices):
        """How many associates it has."""

        SMALL = "moins_100", _("Fewer than 100 associates")
        MEDIUM = "de_100_499", _("100 to 499 associates")
        LARGE = "de_500_1999", _("500 to 1,999 associates")
        LARGEST = "plus_2000", _("2,000 associates or more")

    class NameConsent(models.TextChoices):
        NAMED = "named", _("May be named")
        NONE = "none", _("Not to be named")

    name = models.CharField(_("name"), max_length=150)
    town = models.CharField(_("town"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    status = models.CharField(
        _("legal form"), max_length=10, choices=Status.choices, default=Status.OTHER
    )
    activity = models.CharField(
        _("main activity"), max_length=12, choices=Activity.choices, default=Activity.OTHER
    )
    size = models.CharField(_("size"), max_length=12, choices=Size.choices, blank=True)
    consent = models.CharField(
        _("consent"), max_length=10, choices=NameConsent.choices, default=NameConsent.NAMED
    )
    is_example = models.BooleanField(
        _("invented as an example"),
        default=False,
        help_text=_("Readers are told wherever it is named."),
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("town"), FieldPanel("region")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("activity"), FieldPanel("size")]),
        FieldPanel("consent"),
        FieldPanel("is_example"),
        FieldPanel("slug"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("co-operative")

    def __str__(self) -> str:
        return self.name

    @property
    def may_be_named(self) -> bool:
        return self.consent == self.NameConsent.NAMED

    @property
    @display(description=_("legal form"))
    def status_label(self) -> str:
        return str(self.get_status_display())

    @property
    @display(description=_("main activity"))
    def activity_label(self) -> str:
        return str(self.get_activity_display())

    @property
    def name_to_match(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.name


class FactLabel(models.Model):
    """How a value of a facet of experience reports is called: the words of a questionnaire.

    Campaigns write them when they publish a report; a value is its own label until then.
    """

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    label_fr = models.CharField(max_length=150)
    label_en = models.CharField(max_length=150, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="one_label_a_fact")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"
