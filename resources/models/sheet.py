from typing import ClassVar

from django.conf import settings
from django.db import models


class GlossarySheet(models.Model):
    """A CSV file that somebody sent, until they have said whether its changes are to be made.

    Only the screens of `resources.terms.screens` read or write it, each person their own.
    """

    wagtail_reference_index_ignore: ClassVar[bool] = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
