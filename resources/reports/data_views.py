"""What is kept of a co-op: told to everybody, given to the co-op, erased when it asks."""

from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hub.core.languages import current_language, other_addresses
from hub.core.visibility import visible
from resources.reports import access, copies, data_register, erasure, workflow
from resources.reports.access import Holder, with_holder
from resources.reports.models import Campaign, CampaignLanguage, Publication

UNPROCESSABLE = 422


class ErasureForm(forms.Form):
    """Nothing is erased by a slip of the finger."""

    sure = forms.BooleanField(
        label=_("Erase my answer and my contact details for good"),
        error_messages={"required": _("Tick this box if you really want to erase everything.")},
    )


@require_safe
def campaign_data(request: HttpRequest) -> HttpResponse:
    """The register, in plain words, with the times of the campaigns that are public."""
    language = current_language()
    campaigns = list(Campaign.objects.announced())
    groups: dict[tuple[int, ...], list[Campaign]] = {}
    for campaign in campaigns or [Campaign()]:
        groups.setdefault(tuple(data_register.times_of(campaign).values()), []).append(campaign)
    registers = [
        {
            "campaigns": [c for c in same if c.pk],
            "entries": data_register.entries(language, same[0]),
        }
        for same in groups.values()
    ]
    context = {
        "registers": registers,
        "translations": other_addresses(request.get_full_path(), CampaignLanguage.values),
    }
    return render(request, "reports/campaign_data.html", context)


@require_safe
@with_holder
def answer_data(request: HttpRequest, holder: Holder) -> HttpResponseBase:
    """What this campaign keeps of the co-op, and what it may do about it."""
    return render(request, "reports/answer_data.html", _context(holder))


@require_POST
@with_holder
def answer_data_copy(request: HttpRequest, holder: Holder) -> HttpResponseBase:
    """A copy of everything; giving it is noted, so it is asked for by POST."""
    file = copies.archive(holder.campaign, holder.participant, holder.answer)
    copies.log(holder.campaign, holder.answer, who=workflow.BY_THE_COOP)
    name = f"{holder.campaign.slug}-donnees.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
@with_holder
def answer_erase(request: HttpRequest, holder: Holder) -> HttpResponseBase:
    """Asks whether the co-op is sure, then erases."""
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(
            request, "reports/answer_erase.html", _context(holder) | {"form": form}, status=status
        )
    erasure.erase_all(holder.campaign, holder.participant, holder.answer, who=workflow.BY_THE_COOP)
    response = redirect("answer_erased")
    access.forget(response, holder.campaign.slug)
    return response


@require_safe
def answer_erased(request: HttpRequest) -> HttpResponse:
    """Says that it is done, to whoever comes: nothing is known of them any more."""
    return render(request, "reports/answer_erased.html", {"days": 35})


def _context(holder: Holder) -> dict[str, Any]:
    answer, participant = holder.answer, holder.participant
    publication = Publication.objects.filter(answer=answer).exclude(answer=None).first()
    return {
        "holder": holder,
        "campaign": holder.campaign,
        "answer": answer,
        "contacts": participant.contacts.all() if participant else [],
        "files": answer.attachments.count() if answer else 0,
        "publication": publication,
        "public_page": visible().filter(pk=publication.page_id).first() if publication else None,
        "times": data_register.times_of(holder.campaign),
    }
