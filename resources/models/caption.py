from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from hub.core.languages import ContentLanguage
from resources.captions import as_webvtt, problems_of


class VideoCaption(Orderable):
    """The captions of a video in one language, kept as their text: drafts and versions have theirs."""

    page = ParentalKey("resources.VideoPage", on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=12, choices=ContentLanguage.choices)
    text = models.TextField(
        _("captions"),
        blank=True,
        help_text=_("In the WebVTT format. A chosen file replaces this text."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("captions")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"],
                name="captions_once_a_language",
                violation_error_message=_("There are captions in this language already."),
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="captions_are_not_empty"),
        ]

    def __str__(self) -> str:
        return str(ContentLanguage(self.language).label)

    @property
    def label(self) -> str:
        """The language in itself, as players list it."""
        return str(get_language_info(self.language)["name_local"]).capitalize()

    def clean(self) -> None:
        super().clean()
        if not self.text.strip():
            raise ValidationError({"text": _("Choose a file, or paste the captions here.")})
        self.text = as_webvtt(self.text)
        problems = problems_of(self.text, self.language)
        if problems:
            raise ValidationError({"text": problems})

    def save(self, *args: Any, **options: Any) -> None:
        self.text = as_webvtt(self.text)
        super().save(*args, **options)
