"""The entry « Campagnes » of the menu: each feature adds its own line to it."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

campaigns_menu = Menu(
    register_hook_name="register_campaigns_menu_item",
    construct_hook_name="construct_campaigns_menu",
)


@hooks.register("register_admin_menu_item")
def register_campaigns_menu() -> MenuItem:
    return SubmenuMenuItem(
        _("Campaigns"), campaigns_menu, name="campaigns", icon_name="form", order=250
    )
