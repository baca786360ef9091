"""« Essayer le questionnaire »: an answer that counts nowhere, opened as a co-op opens its own."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from resources.reports.access import new_link
from resources.reports.admin.screens import CampaignScreen, address
from resources.reports.erasure import erase_answer
from resources.reports.models import Answer, Campaign, Phase
from resources.reports.questionnaire.checks import problems, said


class TryView(CampaignScreen):
    page_title = _("Try the questionnaire")
    header_icon = "view"
    template_name = "reports/admin/try_questionnaire.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_draft = self.stored.phase() == Phase.DRAFT
        newer = not is_draft and self.stored.has_unpublished_changes
        shape = self.stored.shape
        told = {"problems": [said(shape, problem) for problem in problems(shape)]}
        counted = {"has_newer_draft": newer, "tests": tests_of(self.stored).count()}
        return super().get_context_data(**kwargs) | counted | told

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "erase" in request.POST:
            erase_tests(self.stored)
            messages.success(request, now("The test answers are erased."))
            return redirect(address("try", self.stored))
        if problems(self.stored.shape):
            return self.render_to_response(self.get_context_data(), status=422)
        return redirect(new_link(answer=test_answer(self.stored, request.user.get_username())))


def tests_of(campaign: Campaign) -> QuerySet[Answer]:
    return Answer.objects.filter(campaign=campaign, is_test=True)


@transaction.atomic
def erase_tests(campaign: Campaign) -> None:
    """A campaign that was only tried can then be deleted."""
    for answer in tests_of(campaign):
        erase_answer(answer)


def test_answer(campaign: Campaign, who: str) -> Answer:
    """A new test answer; the one that this person tried before goes, with its links."""
    name = now("Test by %(who)s") % {"who": who}
    tests_of(campaign).filter(coop_name=name[:150]).delete()
    return Answer.objects.create(campaign=campaign, is_test=True, coop_name=name[:150])
