"""Where the form at the foot of each resource is sent."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hub.core.visibility import visible
from hub.core.visitors import visitor_group
from resources.feedback import AnswerForm, is_ours, receive
from resources.kept import kept
from resources.models import ResourcePage


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reader_answer(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep the answer and go back to where it was given, which says thank you.

    No cookie is asked for: the signed token says that this site showed the form, and the browser
    says that the answer comes from this site.
    """
    page = get_object_or_404(ResourcePage.objects.select_related("locale"), pk=page_id)
    if not _may_know_of(page, request):
        raise Http404
    address = page.get_url() or "/"
    if request.method != "POST":
        return HttpResponseRedirect(f"{address}#avis")
    if not _from_here(request):
        raise PermissionDenied
    place = _place(request.POST.get("place", ""))
    form = AnswerForm(page, request.POST)
    if form.is_valid():
        receive(form, place, visitor_group(request))
        thanks = urlencode({**kept(request), "avis": "merci"})
        return HttpResponseRedirect(f"{address}{place}?{thanks}#avis")
    context = {"answered": form, "resource": page, "place": place}
    return render(request, "resources/feedback_form.html", context, status=422)


def _may_know_of(page: ResourcePage, request: HttpRequest) -> bool:
    """Anybody, of a public page; of another, whoever was shown its form."""
    public = visible(ResourcePage.objects.filter(pk=page.pk)).exists()
    return public or is_ours(request.POST.get("token", ""), page)


def _from_here(request: HttpRequest) -> bool:
    """What every browser of these years says of a form sent from another site."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def _place(text: str) -> str:
    """What follows in the address of the page: plain words between slashes, or nothing."""
    words = text.strip("/").split("/")
    plain = all(word.replace("-", "").replace("_", "").isalnum() for word in words)
    return f"{'/'.join(words)}/" if plain and len(text) <= 120 else ""
