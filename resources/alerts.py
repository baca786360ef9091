"""The alert of a search, a kind of wish: what is followed, and from when it is told."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from resources.facets import Selection, parse
from resources.following import Followed
from resources.models import SearchAlert
from resources.news import published_since
from resources.wishes import Kind, Subject, ask, register_kind

CONFIRMATION = "alert-confirmation"


def ask_for(email: str, followed: Followed) -> None:
    """Keep the wish to follow a search, and write to the address."""
    wish = {"locale": followed.selection.locale, "parameters": followed.parameters}
    ask(SearchAlert, email, wish, {})


def state_of(alert: SearchAlert) -> Selection:
    """What is followed; with its problems when a value no longer means anything."""
    return parse(QueryDict(alert.parameters), alert.locale)


def _begin(alert: SearchAlert) -> dict[str, Any]:
    """From now on what is published is told; what stands there already is not new."""
    now = timezone.now()
    known = [hit.page_id for hit in published_since(state_of(alert), now)]
    return {"seen_until": now, "seen": known}


def _subject(alert: SearchAlert) -> Subject:
    followed = Followed.of(state_of(alert))
    return Subject(followed.label, followed.results_url, _("See the results"))


def _texts() -> Mapping[str, str]:
    return {
        "asked": _(
            "You ask to be told by e-mail, once a week at most, what is new in this search:"
        ),
        "on": _("You will get a message, once a week at most, when something new is published in:"),
        "stop": _("You will receive nothing more about this search, and your address is erased:"),
    }


def register() -> None:
    """Called when the app is ready."""
    register_kind(Kind(SearchAlert, "alert", CONFIRMATION, _begin, _subject, _texts))
