from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail import hooks


class CoreConfig(AppConfig):
    name = "hub.core"
    label = "core"
    verbose_name = _("Foundation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import link_checks, mail, quarantine, reading, scheduling
        from .links import VisiblePageLinkHandler

        link_checks.register()
        mail.register()
        quarantine.register()
        reading.register()
        scheduling.register()
        hooks.register(
            "register_rich_text_features",
            lambda features: features.register_link_type(VisiblePageLinkHandler),
            order=100,
        )
