from pathlib import PurePath
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.utils.file import hash_filelike
from wagtailmedia.models import AbstractMedia

CONTENT_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


class HubMedia(AbstractMedia):
    """A video that the federation owns. Its public address outlives the file behind it."""

    licence = models.CharField(
        _("licence"),
        max_length=120,
        blank=True,
        help_text=_("Under which conditions may it be reused? For instance: CC BY-SA 4.0."),
    )
    credits = models.CharField(_("credits"), max_length=255, blank=True)
    file_size = models.PositiveBigIntegerField(editable=False, default=0)
    file_hash = models.CharField(max_length=40, editable=False, blank=True)

    # Duration and size of the picture are read in the file; the page has a picture of its own.
    admin_form_fields = ("title", "file", "collection", "licence", "credits", "tags")

    class Meta(AbstractMedia.Meta):
        abstract = False
        verbose_name = _("video file")
        verbose_name_plural = _("video files")

    def clean(self, *args: Any, **options: Any) -> None:
        if self.file:  # the gate has said already why it refused one
            super().clean(*args, **options)

    def save(self, *args: Any, **options: Any) -> None:
        """A new file is measured and named by its content, as it is stored."""
        stored = type(self).objects.filter(pk=self.pk).values_list("file", flat=True).first()
        if self.file and self.file.name != stored:
            self.file.open()
            self.file_size, self.file_hash = self.file.size, hash_filelike(self.file)
        super().save(*args, **options)

    @property
    def format(self) -> str:
        return self.file_extension.lower()

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES.get(self.format, "application/octet-stream")

    @property
    def filename(self) -> str:
        """The name that a reader gets: from the title, so that it survives a replacement."""
        extension = PurePath(self.file.name or "").suffix.lower()
        return f"{slugify(self.title) or 'video'}{extension}"

    @property
    def url(self) -> str:
        """The lasting address: only the number in it decides which file is served."""
        return reverse("media_file", args=[self.pk, self.filename])

    @property
    def sources(self) -> list[dict[str, str]]:
        return [{"src": self.url, "type": self.content_type}]
