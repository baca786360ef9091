"""What editors may not do with the page of an answer: it has to leave when its co-op takes it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from resources.reports.models import Publication


@hooks.register("before_copy_page")
def refuse_a_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy would stay public after the consent; one of its list would copy it as well."""
    keys = page.get_descendants(inclusive=True).values("translation_key")
    if not Publication.objects.filter(page__translation_key__in=keys).exists():
        return None
    messages.error(
        request,
        _("The page of an answer is not copied: the copy would stay when the answer leaves."),
    )
    return redirect("wagtailadmin_explore", page.pk)
