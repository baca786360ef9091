"""What the screens about the invitations of one campaign share."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from resources.reports.admin.permitted_screens import PermittedScreen
from resources.reports.models import Campaign

INVITE = "reports.invite_coops"
TABS = (
    ("list", _("List")),
    ("send", _("Import")),
    ("mails", _("Mails")),
    ("letters", _("Letters")),
    ("tracker", _("Follow-up")),
)


class InvitationScreen(PermittedScreen):
    """For those who may invite co-ops; `campaign` is the one of the address, where it names one."""

    permissions = (INVITE,)
    header_icon = "group"
    tab = ""

    @cached_property
    def campaign(self) -> Campaign | None:
        key = self.kwargs.get("campaign")
        return None if key is None else get_object_or_404(Campaign, pk=key)

    def get_page_subtitle(self) -> str:
        return self.campaign.title if self.campaign else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *self.breadcrumbs_items,
            {"url": reverse("invitations:index"), "label": _("Invitations and follow-up")},
        ]
        if self.campaign and self.tab != "list":
            address = reverse("invitations:list", args=[self.campaign.pk])
            items.append({"url": address, "label": self.campaign.title})
        label = self.campaign.title if self.campaign and self.tab == "list" else None
        return [*items, {"url": "", "label": label or self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tabs = [
            {
                "label": label,
                "url": reverse(f"invitations:{name}", args=[self.campaign.pk]),
                "current": name == self.tab,
            }
            for name, label in (TABS if self.campaign else ())
        ]
        return super().get_context_data(**kwargs) | {"campaign": self.campaign, "tabs": tabs}
