from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "resources.reports"
    label = "reports"
    verbose_name = _("Campaigns")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from resources.reports import (
            access_letters,
            attachments,
            consents,
            open_answers,
            publication,  # noqa: F401  listens
            questions,
            receipts,
            triggers,
        )

        access_letters.register()
        attachments.register()
        consents.register()
        open_answers.register()
        questions.register()
        receipts.register()
        pre_migrate.connect(triggers.drop, sender=self, dispatch_uid="reports_triggers")
        post_migrate.connect(triggers.make, sender=self, dispatch_uid="reports_triggers")
