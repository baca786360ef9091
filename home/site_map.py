"""The plan of the site: every page with children, and their children, as nested lists."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.models import HomePage
from hub.core.languages import current_language, other_addresses
from hub.core.visibility import visible


@dataclass
class Branch:
    page: Page
    children: list["Branch"] = field(default_factory=list)


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Two queries, whatever the number of pages."""
    language = current_language()
    homes = {
        home.locale.language_code: home
        for home in visible(HomePage.objects.select_related("locale"))
    }
    home = homes.get(language)
    context = {
        "tree": branches(home) if home else [],
        "page": home,
        "translations": other_addresses(request.path, homes),
    }
    return render(request, "home/site_map.html", context)


def branches(home: Page) -> list[Branch]:
    """The pages below ``home`` that anybody may read, as a tree in the editors' order."""
    pages = visible(Page.objects.filter(path__startswith=home.path, depth__gt=home.depth))
    top: list[Branch] = []
    by_path: dict[str, Branch] = {}
    for page in pages.order_by("path").select_related("locale"):
        branch = by_path[page.path] = Branch(page)
        parent = by_path.get(page.path[: -Page.steplen])
        (parent.children if parent else top).append(branch)
    return top
