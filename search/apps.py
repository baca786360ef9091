from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The search mechanism: knows how to find, not what is found."""

    name = "search"
    label = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import checks, signals, upkeep
        from search.engines import CLUSTER
        from search.engines.elasticsearch import upkeep as upkeep_of_cluster
        from search.engines.fts5 import repair

        checks.register()
        signals.connect()
        upkeep.register()
        post_migrate.connect(repair, sender=self, dispatch_uid="search")
        if settings.SEARCH_ENGINE == CLUSTER:
            upkeep_of_cluster.register()
