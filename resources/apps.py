from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("Resources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import (  # noqa: F401
            alert_letters,
            alerts,
            checks,
            digests,
            feedback,
            half_written,
            kit_notices,
            kit_signals,
            kit_versions,
            reviews,
            signals,
        )
        from .guide_pdf import following, keeping
        from .selection import download
        from .terms import uses

        alerts.register()
        alert_letters.register()
        following.connect()
        keeping.register()
        kit_notices.register()
        digests.register()
        feedback.register()
        download.register()
        kit_versions.register()
        reviews.register()
        uses.register()
        half_written.register()
