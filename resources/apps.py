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
            kit_notices,
            kit_signals,
            kit_versions,
            signals,
        )

        alerts.register()
        alert_letters.register()
        kit_notices.register()
        digests.register()
        kit_versions.register()
