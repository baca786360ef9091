"""The public texts of an answer beside what was answered: names are replaced, slips corrected."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as now
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages

from resources.reports import moderation, workflow
from resources.reports.admin.moderation import QueueView
from resources.reports.admin.moderation_answer import (
    UNPROCESSABLE,
    AnswerScreen,
    AnswerView,
    PreviewView,
)
from resources.reports.admin.text_rows import (
    applied,
    kept_apart,
    proposal,
    rows_of,
    typed_texts,
    with_names_left,
)

LONGEST_LIST = 20_000  # signs


class TextsView(AnswerScreen, TemplateView):
    template_name = "reports/admin/texts.html"
    without_names = False

    @cached_property
    def named(self) -> bool:
        return not self.without_names and moderation.shows_names(self.answer)

    @property
    def is_possible(self) -> bool:
        if self.without_names:
            return moderation.may_be_anonymised(self.answer)
        return self.answer.state in moderation.CORRECTABLE

    def get_page_title(self) -> str:
        title = now("Replace the names") if self.without_names else now("Correct the texts")
        return f"{title} – {super().get_page_title()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(without_names=self.without_names, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_possible:
            messages.error(request, now("This step is not possible any more."))
            return redirect("moderation:answer", self.answer.pk)
        if self.without_names:
            return self.render_to_response(self.get_context_data(**proposal(self.answer)))
        rows = rows_of(self.answer, named=self.named)
        return self.render_to_response(self.get_context_data(rows=rows))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        names = request.POST.get("names", "")[:LONGEST_LIST]
        if self.without_names and "apply" in request.POST:
            return self.render_to_response(self.get_context_data(**applied(self.answer, names)))
        typed = typed_texts(self.answer, request.POST, named=self.named)
        act = moderation.accept_without_names if self.without_names else moderation.correct
        try:
            act(self.answer, typed, self.by)
        except workflow.SeenByAnotherError:
            return self.conflict({"typed": kept_apart(self.answer, typed, named=self.named)})
        except moderation.ActRefusedError as refusal:
            return self._refused(typed, names, refusal)
        messages.success(request, now("The texts are kept."))
        return redirect("moderation:answer", pk)

    def _refused(
        self, typed: dict[str, str], names: str, refusal: moderation.ActRefusedError
    ) -> HttpResponse:
        rows = rows_of(self.answer, named=self.named, typed=typed)
        rows = with_names_left(rows, getattr(refusal, "found", {}))
        context = self.get_context_data(rows=rows, names=names, refusal=str(refusal))
        return self.render_to_response(context, status=UNPROCESSABLE)


@hooks.register("register_admin_urls")
def moderation_urls() -> list[URLResolver]:
    urls = [
        path("", QueueView.as_view(), name="index"),
        path("results/", QueueView.as_view(results_only=True), name="results"),
        path("<int:pk>/", AnswerView.as_view(), name="answer"),
        path("<int:pk>/page/", PreviewView.as_view(), name="page"),
        path("<int:pk>/texts/", TextsView.as_view(), name="texts"),
        path("<int:pk>/names/", TextsView.as_view(without_names=True), name="anonymise"),
    ]
    return [path("campaigns/answers/", include((urls, "moderation")))]
