from django.db import models

from resources.models.kit import KitPage
from resources.models.wish import MailWish


class KitFollower(MailWish):
    """Somebody wants to be told by mail of the next versions of a kit."""

    kit = models.ForeignKey(KitPage, on_delete=models.CASCADE, related_name="followers")
    # The number of the last version told, or there when the wish was confirmed.
    told = models.PositiveIntegerField(default=0)

    class Meta(MailWish.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["kit", "email"], name="kit_followed_once")]

    def __str__(self) -> str:
        return f"{self.locale} {self.kit_id}"
