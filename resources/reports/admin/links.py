"""The links of one invited co-op, for those who invite: how many there are, and a way to close them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages

from resources.reports.access import revoke
from resources.reports.admin.invitation_screen import InvitationScreen
from resources.reports.models import Campaign, Participant


class LinksView(InvitationScreen):
    """GET shows what the button does; POST closes every link and code of the co-op, cookies included."""

    template_name = "reports/admin/links.html"
    page_title = _("Links of a co-operative")
    header_icon = "link"
    tab = "links"  # of none of the tabs: it is reached from the co-op

    @cached_property
    def participant(self) -> Participant:
        rows = Participant.objects.select_related("organisation", "campaign")
        return get_object_or_404(rows, pk=self.kwargs["participant"])

    @cached_property
    def campaign(self) -> Campaign:
        return self.participant.campaign

    def get_page_subtitle(self) -> str:
        return str(self.participant)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        usable = self.participant.links.filter(revoked_at=None).order_by("-made_at")
        above = reverse("invitations:edit", args=[self.campaign.pk, self.participant.pk])
        more = {"participant": self.participant, "usable": usable, "above": above}
        return super().get_context_data(**kwargs) | more

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count = revoke(self.participant.links.filter(revoked_at=None))
        told = now("%(coop)s: %(count)d links closed. Send a new one.")
        messages.success(request, told % {"coop": self.participant, "count": count})
        return redirect("campaigns_links", self.participant.pk)


@hooks.register("register_admin_urls")
def link_urls() -> list[URLPattern]:
    route = "campaigns/participants/<int:participant>/links/"
    return [path(route, LinksView.as_view(), name="campaigns_links")]
