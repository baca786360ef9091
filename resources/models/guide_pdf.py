from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class GuidePdf(models.Model):
    """The PDF that readers of a guide get now, and what its last making said when it failed."""

    guide = models.OneToOneField(
        "resources.GuidePage", on_delete=models.CASCADE, related_name="pdf", verbose_name=_("guide")
    )
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)  # bytes
    pages = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore: ClassVar[bool] = True

    class Meta:
        verbose_name = _("PDF of a guide")

    def __str__(self) -> str:
        return str(self.guide_id)

    @property
    def is_there(self) -> bool:
        """Whether readers have a file: the last one that could be made."""
        return bool(self.digest)

    @property
    def path(self) -> Path:
        """Where the file of this digest stands."""
        return Path(settings.GUIDES_ROOT) / f"{self.guide_id}-{self.digest[:32]}.pdf"
