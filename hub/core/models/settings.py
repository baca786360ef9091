"""What is said once and shown everywhere: the federation's contact, the yearly cycle."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from hub.core.languages import current_language


def in_active_language(instance: models.Model, name: str) -> str:
    """Return the text of ``name`` in the reader's language, in French where it is missing."""
    text = getattr(instance, f"{name}_{current_language()}", "")
    return text or getattr(instance, f"{name}_fr")


@register_setting(icon="mail")
class FederationSettings(BaseGenericSetting):
    """The contact block and the words of the footer, edited once."""

    contact_name = models.CharField(_("contact name"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)
    tagline_fr = models.CharField(_("tagline in French"), max_length=200, blank=True)
    tagline_en = models.CharField(_("tagline in English"), max_length=200, blank=True)
    footer_fr = models.TextField(_("footer text in French"), blank=True)
    footer_en = models.TextField(_("footer text in English"), blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("contact_name"),
                FieldPanel("contact_email"),
                FieldPanel("contact_phone"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("tagline_fr"),
                FieldPanel("tagline_en"),
                FieldPanel("footer_fr"),
                FieldPanel("footer_en"),
            ],
            heading=_("Texts"),
        ),
    ]

    class Meta:
        verbose_name = _("federation: contact and footer")

    @property
    def tagline(self) -> str:
        return in_active_language(self, "tagline")

    @property
    def footer(self) -> str:
        return in_active_language(self, "footer")


_MONTH = [MinValueValidator(1), MaxValueValidator(12)]


class SeasonMoment(models.Model):
    """One moment of the yearly cycle, shown on the home page while its months last."""

    first_month = models.PositiveSmallIntegerField(_("first month"), validators=_MONTH)
    last_month = models.PositiveSmallIntegerField(_("last month"), validators=_MONTH)
    title_fr = models.CharField(_("title in French"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    text_fr = models.TextField(_("text in French"))
    text_en = models.TextField(_("text in English"), blank=True)
    label_fr = models.CharField(_("words of the link in French"), max_length=80, blank=True)
    label_en = models.CharField(_("words of the link in English"), max_length=80, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page to open"),
    )

    panels = [
        FieldRowPanel([FieldPanel("first_month"), FieldPanel("last_month")]),
        FieldPanel("title_fr"),
        FieldPanel("title_en"),
        FieldPanel("text_fr"),
        FieldPanel("text_en"),
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("label_fr"), FieldPanel("label_en")]),
    ]

    class Meta:
        ordering = ["first_month", "pk"]
        verbose_name = _("moment of the season")
        verbose_name_plural = _("moments of the season")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_month__range=(1, 12), last_month__range=(1, 12)),
                name="season_months_exist",
            )
        ]

    def __str__(self) -> str:
        return self.title_fr

    def clean(self) -> None:
        if self.first_month and self.last_month and self.first_month > self.last_month:
            raise ValidationError(
                {"last_month": _("The last month comes after the first one, in the same year.")}
            )

    @property
    def title(self) -> str:
        return in_active_language(self, "title")

    @property
    def text(self) -> str:
        return in_active_language(self, "text")

    @property
    def label(self) -> str:
        return in_active_language(self, "label")
