from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail import hooks


class CoreConfig(AppConfig):
    name = "hub.core"
    label = "core"
    verbose_name = _("Foundation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import first_pages, left_files, mail, reading, scheduling
        from .links import TellingFileLinkHandler, VisiblePageLinkHandler

        mail.register()
        reading.register()
        first_pages.register()
        left_files.register()
        scheduling.register()
        for handler in (VisiblePageLinkHandler, TellingFileLinkHandler):
            hooks.register(
                "register_rich_text_features",
                lambda features, handler=handler: features.register_link_type(handler),
                order=100,
            )
