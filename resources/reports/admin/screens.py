"""What the screens of one campaign share: the campaign as it is being edited, who may open it."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from resources.reports.models import Campaign

NAMESPACE = "wagtailsnippets_reports_campaign"


def address(name: str, campaign: Campaign) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=[campaign.pk])


class CampaignScreen(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    """A screen about the newest version of one campaign, for those who may change it."""

    model = Campaign
    permission_required = "change"

    @cached_property
    def stored(self) -> Campaign:
        campaign = Campaign.objects.filter(pk=self.kwargs["pk"]).first()
        if campaign is None:
            raise Http404
        return campaign

    @cached_property
    def campaign(self) -> Campaign:
        draft: Campaign = self.stored.get_latest_revision_as_object()
        return draft

    def get_page_title(self) -> str:
        return f"{self.page_title} – {self.campaign.title_fr}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [
            {"url": reverse(f"{NAMESPACE}:list"), "label": Campaign._meta.verbose_name_plural},
            {"url": address("edit", self.stored), "label": self.campaign.title_fr},
        ]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = {
            "campaign": self.campaign,
            "edit_url": address("edit", self.stored),
        }
        return super().get_context_data(**kwargs) | here
