"""The addresses of the invitations and of the follow-up, and what leads there."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from hub.core.menu_items import PermittedItem
from resources.reports.admin import invitation_import as importing
from resources.reports.admin import invitation_list as listing
from resources.reports.admin.invitation_letters import LettersView
from resources.reports.admin.invitation_mails import MailsView, PreviewView
from resources.reports.admin.invitation_screen import INVITE
from resources.reports.admin.tracker import TrackerView
from resources.reports.mailing import defaults
from resources.reports.models import Campaign

Route = tuple[str, str, Callable[..., Any]]


class InvitationViewSet(ViewSet):
    name = "invitations"
    url_prefix = "invitations"
    icon = "group"
    menu_label = gettext_lazy("Invitations and follow-up")
    views: ClassVar[tuple[Route, ...]] = (
        ("", "index", listing.IndexView.as_view()),
        ("<int:campaign>/", "list", listing.ListView.as_view()),
        ("<int:campaign>/export/", "export", listing.ExportView.as_view()),
        ("<int:campaign>/add/", "add", listing.AddView.as_view()),
        ("<int:campaign>/<int:pk>/", "edit", listing.EditView.as_view()),
        ("<int:campaign>/<int:pk>/remove/", "remove", listing.RemoveView.as_view()),
        ("<int:campaign>/import/", "send", importing.SendView.as_view()),
        ("<int:campaign>/import/last-year/", "last_year", importing.LastYearView.as_view()),
        ("<int:campaign>/import/apply/", "apply", importing.ApplyView.as_view()),
        ("<int:campaign>/mails/", "mails", MailsView.as_view()),
        ("<int:campaign>/mails/<int:mail>/", "preview", PreviewView.as_view()),
        ("<int:campaign>/letters/", "letters", LettersView.as_view()),
        ("<int:campaign>/tracker/", "tracker", TrackerView.as_view()),
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path(route, view, name=name) for route, name, view in self.views]


@hooks.register("register_admin_viewset")
def invitation_screens() -> InvitationViewSet:
    return InvitationViewSet()


@hooks.register("register_campaigns_menu_item")
def invitations_item() -> MenuItem:
    return PermittedItem(
        gettext_lazy("Invitations and follow-up"),
        reverse("invitations:index"),
        name="invitations",
        icon_name="group",
        order=20,
        permission=INVITE,
    )


@hooks.register("after_create_snippet")
def propose_mails(request: HttpRequest, instance: Any) -> None:
    """A campaign that was made without mails begins with the default ones."""
    if isinstance(instance, Campaign) and defaults.propose(instance, request.user):
        messages.info(request, _("Six mails are proposed: check their dates and words."))
