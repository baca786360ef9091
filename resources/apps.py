from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Resources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import alert_letters, checks, digests, reviews, signals  # noqa: F401
        from .terms import uses

        alert_letters.register()
        digests.register()
        reviews.register()
        uses.register()
