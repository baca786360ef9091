from django.db import models
from django.utils.translation import gettext_lazy as _

from .document import HubDocument


class DownloadCount(models.Model):
    """How often a file was downloaded on a day: nothing of who did."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        NEWEST = "newest", _("Newest version")
        OLDER = "older", _("Older version")

    document = models.ForeignKey(HubDocument, on_delete=models.CASCADE, related_name="downloads")
    day = models.DateField(_("day"), db_index=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    number = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("download count")
        verbose_name_plural = _("download counts")
        constraints = [
            models.UniqueConstraint(fields=["document", "day", "kind"], name="counted_once_a_day")
        ]

    @property
    def kind_label(self) -> str:
        return str(self.get_kind_display())

    def __str__(self) -> str:
        return f"{self.day} {self.document_id}: {self.number}"
