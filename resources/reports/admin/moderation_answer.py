"""One answer before a moderator: what was answered beside the page it makes, and the steps."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as now
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from resources.reports import moderation, publication, workflow
from resources.reports.admin.moderation import LEVELS, Moderated, QueueView
from resources.reports.admin.moderation_told import told_answer, told_log
from resources.reports.admin.text_rows import people_named
from resources.reports.models import Answer
from resources.reports.questionnaire.agreement import SHARED
from resources.reports.sharing import level_of

State = Answer.State
CONFLICT, UNPROCESSABLE = 409, 422


def name_of(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())[:150]


class AnswerScreen(Moderated, WagtailAdminTemplateMixin):
    """What the screens about one answer share: the answer, who acts and on what they saw."""

    header_icon = "clipboard-list"
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def answer(self) -> Answer:
        rows = Answer.objects.sent().select_related("campaign", "organisation")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.answer.shown_name or now("An answer without a name")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        queue = {"url": reverse("moderation:index"), "label": QueueView.page_title}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.get_page_title()}]

    @property
    def by(self) -> moderation.By:
        """Who acts; a form that does not say what it was made on has seen nothing."""
        seen = self.request.POST.get("seen", "")
        return moderation.By(
            name_of(self.request.user),
            self.request.user,
            int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1,
            self.request.POST.get("read", ""),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answer = self.answer
        context = {
            "answer": answer,
            "read": publication.digest_of(answer),
            "level": dict(LEVELS).get(level_of(answer) or "", now("No consent")),
            "published_url": publication.address_of(answer),
        }
        return super().get_context_data(**kwargs) | context | kwargs  # type: ignore[misc]

    def conflict(self, typed: dict[str, Any]) -> HttpResponse:
        """Somebody was faster: what they did, and what was typed here, kept for another try."""
        seen = self.by.seen or 0
        answer = Answer.objects.select_related("campaign", "organisation").get(pk=self.answer.pk)
        self.answer = answer
        missed = max(0, answer.review_version - max(seen, 0))
        events = list(answer.events.order_by("-made_at", "-pk")[: min(missed, 20)])
        context = AnswerScreen.get_context_data(self, events=told_log(reversed(events)), **typed)
        return TemplateResponse(
            self.request, "reports/admin/answer_conflict.html", context, status=CONFLICT
        )


class AnswerView(AnswerScreen, TemplateView):
    """Shows the answer; a POST takes one step."""

    template_name = "reports/admin/answer.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answer = self.answer
        names_shown = moderation.shows_names(answer)
        return super().get_context_data(
            sections=told_answer(answer),
            steps=moderation.offered(answer),
            may_be_anonymised=moderation.may_be_anonymised(answer),
            may_be_corrected=answer.state in moderation.CORRECTABLE,
            names_shown=names_shown,
            people=people_named(answer) if names_shown else [],
            is_public=level_of(answer) in SHARED,
            is_unverified=answer.participant_id is None and answer.verified_at is None,
            events=told_log(answer.events.all()),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        to, why = request.POST.get("to", ""), request.POST.get("why", "")[:2_000]
        try:
            moderation.take_step(self.answer, to, self.by, why)
        except workflow.SeenByAnotherError:
            return self.conflict({"typed": [("why", now("What you wrote"), why)] if why else []})
        except moderation.ActRefusedError as refusal:
            context = self.get_context_data(refusal=str(refusal), refused=to, why=why)
            return self.render_to_response(context, status=UNPROCESSABLE)
        self.answer.refresh_from_db()
        messages.success(request, self._done())
        return redirect("moderation:answer", pk)

    def _done(self) -> str:
        state = self.answer.get_state_display()
        return now("Done. This answer is now: %(state)s.") % {"state": state}


class PreviewView(AnswerScreen, View):
    """The page as readers will see it, for the frame beside the answer; nothing is saved."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        answer = self.answer
        if level_of(answer) not in SHARED:
            raise Http404
        page = publication.preview_of(answer, named=moderation.shows_names(answer))
        request.is_preview = True  # type: ignore[attr-defined]
        response: HttpResponse = page.make_preview_request(request, page.default_preview_mode)
        return response
