from typing import ClassVar

from django.db import models


class TermUse(models.Model):
    """A page whose texts explain a term. Links are made when a page is shown: this is their index.

    Only `resources.terms.uses` writes it, and only the latest uses of each term.
    """

    wagtail_reference_index_ignore: ClassVar[bool] = True

    term = models.ForeignKey(
        "resources.GlossaryTermPage", on_delete=models.CASCADE, related_name="+"
    )
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["term", "page"], name="term_used_once_in_page")
        ]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.page_id}"
