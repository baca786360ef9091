"""« Nouvelle saison »: says what is taken along, then makes the draft."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from resources.reports.admin.screens import CampaignScreen, address
from resources.reports.mailing import defaults
from resources.reports.models import Campaign
from resources.reports.seasons import a_year_later, new_season, next_title, words_of


class NewSeasonView(CampaignScreen):
    permission_required = "add"
    page_title = _("New season")
    header_icon = "copy"
    template_name = "reports/admin/new_season.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = self.stored
        others = Campaign.objects.filter(season=last.season + 1)
        return super().get_context_data(**kwargs) | {
            "title": next_title(words_of(last)["title_fr"], last.season),
            "opens_at": a_year_later(last.opens_at),
            "closes_at": a_year_later(last.closes_at),
            "questions": len(last.shape.questions),
            "mails": last.mails.count(),
            "others": others,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        made = new_season(self.stored, request.user)
        defaults.propose(made, request.user)  # of a campaign that had none, as for one made anew
        words = now("“%(title)s” is ready, as a draft. Look at its dates and texts, then publish.")
        messages.success(request, words % {"title": made.title_fr})
        return redirect(address("edit", made))
