from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class LinkProblem(models.TextChoices):
    MISSING = "missing", _("leads nowhere any more")
    HIDDEN = "hidden", _("leads to a page that readers cannot see")


class BrokenLink(models.Model):
    """A link of a public page that leads no reader anywhere, as the last check found it."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    place = models.CharField(_("where in the page"), max_length=200, blank=True)
    target = models.CharField(_("link"), max_length=500)
    problem = models.CharField(_("problem"), max_length=10, choices=LinkProblem.choices)
    found_at = models.DateTimeField(_("found on"), auto_now_add=True)

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.target}"


class MissedAddress(models.Model):
    """An address of this site that was asked for and is not there: how often, and nothing of who."""

    path = models.CharField(_("address asked for"), max_length=255)
    day = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("address not found")
        verbose_name_plural = _("addresses not found")
        constraints = [models.UniqueConstraint(fields=["day", "path"], name="missed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.path}"
