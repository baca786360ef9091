from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "resources.reports"
    label = "reports"
    verbose_name = _("Campaigns")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import access_letters, attachments, consents, open_answers, receipts
        from .synthesis import following

        access_letters.register()
        attachments.register()
        consents.register()
        open_answers.register()
        receipts.register()
        following.register()
