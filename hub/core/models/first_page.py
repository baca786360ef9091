from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .document import HubDocument


class FirstPage(models.Model):
    """The picture of the first page of a file: only for the file of this hash.

    It is served to whoever may read the file, never from the folder of pictures.
    """

    wagtail_reference_index_ignore = True

    document = models.OneToOneField(
        HubDocument, on_delete=models.CASCADE, primary_key=True, related_name="first_page"
    )
    file_hash = models.CharField(max_length=40)
    file = models.FileField(upload_to="first_pages")
    card = models.FileField(upload_to="first_pages")  # its top, in the shape of a cover
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    words = models.CharField(gettext_lazy("first words"), max_length=200, blank=True)
    drawn = models.BooleanField(gettext_lazy("drawn from the words"), default=False)

    class Meta:
        verbose_name = gettext_lazy("picture of a first page")

    def __str__(self) -> str:
        return f"{self.document_id} {self.file_hash}"

    @property
    def url(self) -> str:
        """Changes with the file, so that a browser never shows an older page."""
        return f"{reverse('first_page', args=[self.document_id])}?f={self.file_hash[:12]}"

    @property
    def card_url(self) -> str:
        return f"{reverse('first_page_card', args=[self.document_id])}?f={self.file_hash[:12]}"

    @property
    def alt(self) -> str:
        """What the picture shows, in the reader’s language."""
        told = {"title": self.document.title, "words": self.words}
        if not self.words:
            return _("First page of “%(title)s”") % told
        return _("First page of “%(title)s”: %(words)s") % told


def first_page_of(document: Any) -> FirstPage | None:
    """The picture of the file that a document holds now; none while it is not drawn."""
    page = getattr(document, "first_page", None)
    return page if page is not None and page.file_hash == document.file_hash else None
