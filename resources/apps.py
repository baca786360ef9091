from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Resources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import alert_letters, checks, digests, feedback, kit_signals, kit_versions  # noqa: F401
        from . import reviews, signals  # noqa: F401
        from .guide_pdf import following, keeping
        from .selection import download
        from .terms import uses

        alert_letters.register()
        following.connect()
        keeping.register()
        digests.register()
        feedback.register()
        download.register()
        kit_versions.register()
        reviews.register()
        uses.register()
