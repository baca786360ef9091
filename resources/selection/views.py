"""The pages of « Ma sélection », and the one address that changes it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale

from hub.core.languages import current_language, other_addresses
from hub.core.same_site import sent_from_here
from resources.selection.chosen import MOST_ITEMS, Selection, listed_in
from resources.selection.contents import MOST_FILES, Contents, contents_of, share_path
from resources.selection.cookie import keep, selection_of
from resources.selection.download import whole, zip_response

Change = Callable[[Selection, str], Selection]
CHANGES: dict[str, Change] = {
    "remove": lambda s, item: s.with_items(other for other in s.items if other != item),
    "up": lambda s, item: s.moved(item, -1),
    "down": lambda s, item: s.moved(item, 1),
    "empty": lambda s, _value: s.with_items(()),
    # As it was, and whatever was added since.
    "restore": lambda s, listed: s.with_items((*listed_in(listed).items, *s.items)),
}


@require_safe
def my_selection(request: HttpRequest) -> HttpResponse:
    """The visitor's own list. ``undo`` in the address is the list as it was before a change."""
    selection = selection_of(request)
    context = {
        "selection": selection,
        "undo": listed_in(request.GET.get("undo", "")),
        "refused": _reason(request.GET.get("refused", "")),
        "share_url": whole(share_path(selection)),
    }
    response = _shown(request, "resources/selection.html", selection, context)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def shared_selection(request: HttpRequest) -> HttpResponse:
    """A list that somebody sends: read, downloaded, or added to one's own, which it never replaces."""
    selection = listed_in(request.GET.get("i", "")).named(request.GET.get("t", ""), "")
    if not selection.items:
        raise Http404
    return _shown(request, "resources/selection_shared.html", selection, {"selection": selection})


@require_safe
def download_selection(request: HttpRequest) -> HttpResponseBase:
    """The zip of the list that the address holds; a page that says why when there is none."""
    selection = listed_in(request.GET.get("i", "")).named(request.GET.get("t", ""), "")
    contents = contents_of(selection, _locale())
    if not contents.files:
        raise Http404
    if not contents.can_be_downloaded:
        context = {"selection": selection}
        response = _shown(request, "resources/selection_shared.html", selection, context)
        response.status_code = 422
        return response
    return zip_response(request, selection, contents)


@csrf_exempt
@require_POST
def change_selection(request: HttpRequest) -> HttpResponse:
    """Make one change and go back where the visitor was; answer in JSON to the script of the site."""
    if not sent_from_here(request):
        return HttpResponse(status=403)
    before = selection_of(request)
    after, refused = _changed(request, before)
    if "application/json" in request.headers.get("Accept", ""):
        response: HttpResponse = _told(request, after, refused)
    else:
        response = HttpResponseRedirect(_next(request, before, after, refused))
    if after != before:
        keep(response, after)
    response.headers["Cache-Control"] = "no-store"
    return response


def _changed(request: HttpRequest, before: Selection) -> tuple[Selection, str]:
    """The selection after the change, and the reason when it was refused."""
    post = request.POST
    if "add" in post:
        return _with_more(before, [post["add"]])
    if "copy" in post:
        return _with_more(before, list(listed_in(post["copy"]).items))
    if "rename" in post:
        return before.named(post.get("title", ""), post.get("note", "")), ""
    for name, change in CHANGES.items():
        if name in post:
            return change(before, post[name]), ""
    return before, ""


def _with_more(before: Selection, items: list[str]) -> tuple[Selection, str]:
    """Only what anybody may read is added; what does not fit is refused, the rest is taken."""
    wanted = Selection().with_items(items)
    there = {row.item for row in contents_of(wanted, _locale()).rows if row.is_there}
    new = [item for item in wanted.items if item in there and item not in before]
    after = before.with_items((*before.items, *new))
    if len(before) + len(new) > MOST_ITEMS:
        return after, "full"
    return after, "" if there else "gone"


def _reason(code: str) -> str:
    reasons = {
        "full": _("Your selection is full: %(count)s resources at most. Remove one to add another.")
        % {"count": MOST_ITEMS},
        "gone": _("This resource is no longer available: nothing was added."),
    }
    return reasons.get(code, "")


def _told(request: HttpRequest, after: Selection, refused: str) -> JsonResponse:
    count = ngettext("%(count)s resource in your selection.", "%(count)s resources in your selection.",
                     len(after)) % {"count": len(after)}  # fmt: skip
    words = _reason(refused) or (_("Removed.") if "remove" in request.POST else _("Added."))
    warning = "" if refused else _over(contents_of(after, _locale()))
    message = " ".join(part for part in (words, count, warning) if part)
    return JsonResponse({"count": len(after), "items": list(after.items), "message": message})


def _over(contents: Contents) -> str:
    """What to say of a selection that can no longer be downloaded as it is."""
    if contents.too_many:
        return _("More than %(count)s files: remove some to download them.") % {"count": MOST_FILES}
    if contents.too_heavy:
        return _("More than 200 MB of files: remove some to download them.")
    return ""


def _next(request: HttpRequest, before: Selection, after: Selection, refused: str) -> str:
    """Back where the visitor was; to the selection when there is something to say of it."""
    page = reverse("selection")
    if refused or (request.POST.get("add") and _over(contents_of(after, _locale()))):
        return f"{page}?{urlencode({'refused': refused})}" if refused else page
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = page
    if target.partition("?")[0] != page:
        return target
    lost = set(before.items) - set(after.items)
    return f"{page}?{urlencode({'undo': before.listed})}" if lost else page


def _shown(
    request: HttpRequest, template: str, selection: Selection, context: dict[str, Any]
) -> HttpResponse:
    contents = contents_of(selection, _locale())
    context |= {
        "contents": contents,
        "base_url": settings.BASE_URL,
        "over": _over(contents),
        "download_url": share_path(selection).replace(
            reverse("selection_shared"), reverse("selection_download")
        ),
        "translations": other_addresses(request.get_full_path(), ("fr", "en")),
    }
    return render(request, template, context)


def _locale() -> Locale:
    return Locale.objects.get_for_language(current_language())
