from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail import hooks


class CoreConfig(AppConfig):
    name = "hub.core"
    label = "core"
    verbose_name = _("Foundation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import (
            first_pages,
            forgetting,
            left_files,
            link_checks,
            mail,
            quarantine,
            reading,
            scheduling,
        )
        from .links import TellingFileLinkHandler, VisiblePageLinkHandler

        link_checks.register()
        mail.register()
        quarantine.register()
        reading.register()
        first_pages.register()
        forgetting.register()
        left_files.register()
        scheduling.register()
        for handler in (VisiblePageLinkHandler, TellingFileLinkHandler):
            hooks.register(
                "register_rich_text_features",
                lambda features, handler=handler: features.register_link_type(handler),
                order=100,
            )
