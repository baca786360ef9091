"""The state of the index, for who steers the search: healthy or not, and what to do about it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from hub.core import outbox
from hub.core.models import OutboxItem
from search import state
from search.admin.screens import Screen, ScreenSet
from search.engines import CLUSTER, database_engine, engine_named
from search.engines.elasticsearch import breaker
from search.engines.elasticsearch.engine import KIND
from search.models import IndexBuild, SearchDocument
from search.upkeep import KEY, REBUILD, ask_for_rebuild

ENGINE_NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL", CLUSTER: "Elasticsearch"}
MOST_SHOWN = 20
KINDS = (KIND, REBUILD)


class IndexStateView(Screen):
    page_title = _("State of the index")
    header_icon = "tasks"
    template_name = "search/admin/index_state.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        engine = engine_named()
        given_up = outbox.waiting(KIND).filter(given_up_at__isnull=False)
        waiting = outbox.waiting(KIND).filter(given_up_at=None)
        return super().get_context_data(**kwargs) | {
            "engine": ENGINE_NAMES[engine.name],
            "stand_in": ENGINE_NAMES[database_engine().name],
            "health": engine.health(),
            "documents": SearchDocument.objects.count(),
            "latest": SearchDocument.objects.order_by("-updated_at").first(),
            "changes": state.read().changes,
            "waiting": waiting.count(),
            "given_up": given_up.order_by("key")[:MOST_SHOWN],
            "given_up_count": given_up.count(),
            "left_alone": breaker.reason if breaker.is_open else "",
            "has_cluster": settings.SEARCH_ENGINE == CLUSTER,
            "builds": builds(),
            "rebuild": rebuild_state(),
        }


def builds() -> list[dict[str, Any]]:
    """The indexes being made beside the one in service, with how far they are."""
    total = SearchDocument.objects.count()
    return [
        {
            "build": build,
            "sent": SearchDocument.objects.filter(pk__lte=build.checkpoint).count(),
            "total": total,
        }
        for build in IndexBuild.objects.order_by("pk")
    ]


def rebuild_state() -> dict[str, Any]:
    """Where the last rebuild asked for stands: `name` is none, waiting, running, done or failed."""
    item = OutboxItem.objects.filter(kind=REBUILD, key=KEY).first()
    if item is None:
        return {"name": "none"}
    running = Q(pk=item.pk, leased_until__gt=Now(), done=False, given_up_at=None)
    if item.done:
        name = "done"
    elif item.given_up_at:
        name = "failed"
    else:
        name = "running" if OutboxItem.objects.filter(running).exists() else "waiting"
    return {"name": name, "item": item, "is_open": name in ("waiting", "running")}


class RebuildView(Screen):
    """Asks for confirmation, then has the index made again in the background."""

    page_title = _("Rebuild the index")
    header_icon = "rotate"
    template_name = "search/admin/rebuild.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            asked = ask_for_rebuild()
        if asked:
            messages.success(request, now("The index is going to be made again: follow it here."))
        else:
            messages.warning(request, now("The index is being made again already."))
        return redirect("search_index:index")


class RetryView(Screen):
    """Tries again what was given up."""

    page_title = _("Try again")
    header_icon = "rotate"
    template_name = "search/admin/retry.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        given_up = OutboxItem.objects.filter(kind__in=KINDS, given_up_at__isnull=False)
        outbox.retry(given_up)
        messages.success(request, now("What was given up is going to be tried again."))
        return redirect("search_index:index")


class IndexScreens(ScreenSet):
    name = "search_index"
    url_prefix = "search/index"
    icon = "tasks"
    menu_label = _("State of the index")
    menu_name = "search-index"
    views = (
        ("", "index", IndexStateView.as_view()),
        ("rebuild/", "rebuild", RebuildView.as_view()),
        ("retry/", "retry", RetryView.as_view()),
    )
