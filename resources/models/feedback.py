from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_COMMENT = 500


class ReaderAnswer(models.Model):
    """Whether a resource helped a reader: the day and the words, nothing of the reader."""

    page = models.ForeignKey(
        "resources.ResourcePage",
        on_delete=models.CASCADE,
        related_name="answers",
        verbose_name=_("resource"),
    )
    place = models.CharField(
        _("place in the resource"),
        max_length=120,
        blank=True,
        help_text=_("What follows in the address: the chapter of a guide, for instance."),
    )
    day = models.DateField(_("day"), db_index=True)
    helped = models.BooleanField(_("helped"))
    comment = models.CharField(_("comment"), max_length=LONGEST_COMMENT, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("answer of a reader")
        verbose_name_plural = _("answers of readers")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} – {self.page_id}"
