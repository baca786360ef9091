from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "resources.reports"
    label = "reports"
    verbose_name = _("Campaigns")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import (
            access_letters,
            access_secrets,
            attachments,
            consents,
            open_answers,
            publication,  # noqa: F401  listens
            questions,
            receipts,
            retention,
            triggers,
            wordings,  # noqa: F401  listens
        )
        from .mailing import composing, planning
        from .synthesis import building, following

        for module in (access_letters, access_secrets, attachments):
            module.register()
        composing.register()
        composing.register_results(building.address_of)
        consents.register()
        following.register()
        open_answers.register()
        planning.register()
        questions.register()
        receipts.register()
        retention.register()
        pre_migrate.connect(triggers.drop, sender=self, dispatch_uid="reports_triggers")
        post_migrate.connect(triggers.make, sender=self, dispatch_uid="reports_triggers")
