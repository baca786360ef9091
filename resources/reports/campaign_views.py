"""The door of a campaign: what it is, when, how long it takes, and the ways in."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hub.core.languages import current_language, other_addresses
from resources.reports import access, drafts
from resources.reports.access_secrets import KEPT_AFTER_CLOSING
from resources.reports.answer_views import answer_context, resume_address
from resources.reports.models import Campaign, Phase, SynthesisPage
from resources.reports.questionnaire import effort
from resources.reports.synthesis.building import published_in
from resources.reports.working import may_write, working


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, slug: str) -> HttpResponseBase:
    """GET shows the door; POST, by whoever holds a link, begins the answer or goes on with it."""
    holder = access.holder_of(request, slug)
    known = holder.campaign if holder else get_object_or_404(Campaign, slug=slug)
    if holder is None and known.phase() == Phase.DRAFT:
        raise Http404
    if request.method == "POST":
        return _begun(holder) if holder else redirect("campaign", slug)
    context: dict[str, Any] = {
        "campaign": known,
        "phase": known.phase(),
        "is_open": known.phase() == Phase.OPEN,
        "takes_report": known.has_evening_report and known.takes_evening_reports(),
        "minutes": effort.minutes(known.shape),
        "steps": len(known.shape.sections),
        "holder": holder,
        "doors": doors(known),
        "synthesis": _synthesis(known),
        "translations": other_addresses(request.get_full_path(), known.languages),
    }
    if holder and holder.answer:
        context |= answer_context(holder.answer, working(holder.answer))
        context["may_write"] = may_write(holder.answer)
    return render(request, "reports/campaign.html", context)


def _synthesis(known: Campaign) -> SynthesisPage | None:
    """Asked for only once one was published; nobody reads it before answering."""
    if known.synthesis_on is None or known.phase() != Phase.CLOSED:
        return None
    return published_in(known, current_language())


def _begun(holder: access.Holder) -> HttpResponseBase:
    answer = holder.answer
    if answer is None and holder.participant is not None:
        if not holder.campaign.is_open():
            return redirect("campaign", holder.campaign.slug)
        access.note_use(holder)
        answer = drafts.draft_of(holder.participant)
    if answer is None:
        return redirect("campaign", holder.campaign.slug)
    return redirect(resume_address(answer))


def doors(known: Campaign) -> dict[str, str]:
    """The addresses of the ways in that this campaign has: none once its links are worth nothing."""
    if timezone.now() >= known.closes_at + KEPT_AFTER_CLOSING:
        return {}
    found = {"code": reverse("answer_code"), "lost": reverse("answer_lost_link")}
    if known.open_to_all and known.is_open():
        found["uninvited"] = reverse("answer_uninvited", args=[known.slug])
    return found
