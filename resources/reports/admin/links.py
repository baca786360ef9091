"""The links of one invited co-op, for those who invite: how many there are, and a way to close them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from resources.reports.access import revoke
from resources.reports.models import Participant


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("reports.invite_coops")
def links(request: HttpRequest, participant: int) -> HttpResponse:
    """GET shows what the button does; POST closes every link and code of the co-op, cookies included."""
    coop = get_object_or_404(
        Participant.objects.select_related("organisation", "campaign"), pk=participant
    )
    usable = coop.links.filter(revoked_at=None)
    if request.method == "POST":
        count = revoke(usable)
        told = _("%(coop)s: %(count)d links closed. Send a new one.")
        messages.success(request, told % {"coop": coop, "count": count})
        return redirect("campaigns_links", coop.pk)
    context = {
        "coop": coop,
        "usable": usable.order_by("-made_at"),
        "page_title": _("Links of a co-operative"),
    }
    return render(request, "reports/admin/links.html", context)


@hooks.register("register_admin_urls")
def link_urls() -> list[URLPattern]:
    return [path("campaigns/participants/<int:participant>/links/", links, name="campaigns_links")]
