"""The form by which a reader asks to be told of the next versions of a kit."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hub.core.visibility import visible
from resources.alert_views import AddressForm
from resources.kit_notices import ask_for
from resources.models import KitPage


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kit_notice(request: HttpRequest, number: int) -> HttpResponse:
    """What follows is the same page whether the address is known or not."""
    kit = get_object_or_404(visible(KitPage.objects.all()), pk=number)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        ask_for(form.cleaned_data["email"], kit)
        return HttpResponseRedirect(reverse("alert_asked"))
    context = {"form": form, "kit": kit}
    status = 422 if form.is_bound else 200
    return render(request, "resources/kit_notice_form.html", context, status=status)
