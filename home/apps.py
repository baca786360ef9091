from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from home.branded_leaflets import branded_leaflet
from resources.branding import printed


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        printed.register(branded_leaflet)
