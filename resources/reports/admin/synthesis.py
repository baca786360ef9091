"""« Rédiger la synthèse »: from the list of campaigns to a draft, and to its next build."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.widgets.button import ListingButton

from hub.core.languages import current_language
from resources.models import ResourceIndexPage
from resources.reports.figures import records
from resources.reports.figures.texts import texts
from resources.reports.models import Campaign, SynthesisPage
from resources.reports.questionnaire.schema import AGGREGATE, FEDERATION, LONG_TEXT
from resources.reports.synthesis.building import NothingToTellError, build

PERMISSION = "reports.see_results"


@hooks.register("register_admin_urls")
def register_synthesis_urls() -> list[URLPattern]:
    return [path("campagnes/<int:campaign_id>/synthese/", synthesis, name="synthesis_build")]


@hooks.register("register_snippet_listing_buttons")
def synthesis_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Any]:
    if isinstance(snippet, Campaign) and user.has_perm(PERMISSION):
        address = reverse("synthesis_build", args=[snippet.pk])
        yield ListingButton(_("Draft the synthesis"), address, icon_name="doc-full", priority=40)


@require_http_methods(["GET", "POST"])
def synthesis(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Where the synthesis of a campaign stands; POST drafts it, or builds it again."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    if request.method == "POST":
        return _build(request, campaign)
    return render(request, "reports/admin/synthesis.html", _context(request, campaign))


def _build(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    if not _may_write(request.user, campaign):
        raise PermissionDenied
    here = reverse("synthesis_build", args=[campaign.pk])
    try:
        pages = build(campaign, request.user)
    except NothingToTellError:
        messages.error(request, _too_few(campaign))
        return HttpResponseRedirect(here)
    messages.success(request, _("The synthesis is drafted. Read it again, then publish it."))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[pages[0].pk]))


def _may_write(user: Any, campaign: Campaign) -> bool:
    """Editing the page that is there, else adding one to the list of syntheses."""
    page = campaign.syntheses.filter(locale__language_code="fr").first()
    if page is not None:
        return bool(page.permissions_for_user(user).can_edit())
    index = ResourceIndexPage.objects.filter(
        listed_type=SynthesisPage.resource_type, locale__language_code="fr"
    ).first()
    return bool(index and index.permissions_for_user(user).can_add_subpage())


def _too_few(campaign: Campaign) -> str:
    return _("There are fewer than %(n)d answers: no figure may be told yet.") % {
        "n": campaign.smallest_cell
    }


def _context(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    read = records.load(campaign)
    is_enough = len(read) >= campaign.smallest_cell
    return {
        "campaign": campaign,
        "page_title": _("Synthesis"),
        "page_subtitle": campaign.title,
        "header_icon": "doc-full",
        "breadcrumbs_items": [],
        "count": len(read),
        "pages": campaign.syntheses.select_related("locale").order_by("locale__language_code"),
        "may_build": is_enough and _may_write(request.user, campaign),
        "why_not": "" if is_enough else _too_few(campaign),
        "questions": list(_open_answers(read)),
    }


def _open_answers(read: records.Records) -> Iterator[dict[str, Any]]:
    """What was written to questions that are told in figures or to the federation only."""
    for question in read.shape:
        if question.type == LONG_TEXT and question.publish in (AGGREGATE, FEDERATION):
            said = [one.text for one in texts(read, question.key)]
            if said:
                yield {"label": question.label.in_(current_language()), "said": said}
