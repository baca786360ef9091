"""Where an editor tries a search, and sees why each page stands where it does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from search.admin.screens import Screen, ScreenSet
from search.explaining import Explanation, Obstacle, Reason, explain
from search.models import SearchDocument
from search.query import MAX_CHARACTERS

FIELD_LABELS = {
    "title": _("title"),
    "summary": _("summary"),
    "terms": _("terms that stand for the page"),
    "body": _("text"),
}
OBSTACLES = {
    Obstacle.ABSENT: _(
        "The search does not know this page: it is a draft, it is not open to everybody, it has "
        "expired, or it is not a resource."
    ),
    Obstacle.ELSEWHERE: _(
        "The lists in this language show the translation of this page instead: choose that one."
    ),
    Obstacle.WORDS: _(
        "It is not among the results: it does not say all the words, and enough other pages do."
    ),
    Obstacle.PHRASE: _("It does not say the words between quotation marks, in that order."),
    Obstacle.FAR: _("It answers the search, but after the two hundred best ones."),
}
REASONS = {
    Reason.MISSING: _("It does not say “%(word)s”."),
    Reason.BODY_ONLY: _("It says “%(word)s” in its text only, not in its title nor its summary."),
    Reason.TITLE: _("Its title says less of the search, or its words stand further apart."),
    Reason.TYPE: _("It is not of the type that the search asks for."),
    Reason.AGE: _("It is older."),
    Reason.MADE_UP: _("It was made up as an example."),
}


class TryForm(forms.Form):
    query = forms.CharField(
        label=_("Words typed"), max_length=MAX_CHARACTERS, help_text=_("As a reader would type it.")
    )
    locale = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="fr")
    page = forms.ModelChoiceField(
        label=_("Why not this page?"),
        queryset=Page.objects.filter(depth__gt=1),
        widget=AdminPageChooser,
        required=False,
        help_text=_("Choose a page that you expected higher, to see what it lacks."),
    )


class TryView(Screen):
    """Reads only: trying a search is not counted."""

    page_title = _("Try a search")
    header_icon = "glasses"
    template_name = "search/admin/trying.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = TryForm(self.request.GET if "query" in self.request.GET else None)
        context = {"form": form, "media": form.media, "field_labels": FIELD_LABELS}
        if form.is_bound and form.is_valid():
            asked = form.cleaned_data["page"]
            found = explain(
                form.cleaned_data["query"], form.cleaned_data["locale"], asked.pk if asked else None
            )
            context |= told(found) | {"asked_page": asked}
        return super().get_context_data(**kwargs) | context


def told(found: Explanation) -> dict[str, Any]:
    """An explanation in plain words."""
    return {
        "found": found,
        "types": type_names(found.result.requested_types),
        "obstacle": OBSTACLES.get(found.obstacle) if found.obstacle else "",
        "reasons": [REASONS[reason] % {"word": word} for reason, word in found.reasons],
    }


def type_names(types: tuple[str, ...]) -> list[str]:
    """What pages of these types are called: search itself knows no page type."""
    named = {}
    for kind in types:
        document = SearchDocument.objects.filter(type=kind).select_related("page").first()
        model = document.page.specific_class if document else None
        named[kind] = str(model._meta.verbose_name) if model else kind
    return list(named.values())


class TryScreens(ScreenSet):
    name = "search_try"
    url_prefix = "search/try"
    icon = "glasses"
    menu_label = _("Try a search")
    menu_name = "search-try"
    views = (("", "index", TryView.as_view()),)
