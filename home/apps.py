from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from resources.branding import printed


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .branded_leaflets import branded_leaflet

        printed.register(branded_leaflet)
