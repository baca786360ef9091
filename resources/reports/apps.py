from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "resources.reports"
    label = "reports"
    verbose_name = _("Campaigns")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from resources.reports import publication, questions, triggers  # noqa: F401  receivers

        questions.register()
        pre_migrate.connect(triggers.drop, sender=self, dispatch_uid="reports_triggers")
        post_migrate.connect(triggers.make, sender=self, dispatch_uid="reports_triggers")
