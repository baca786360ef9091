"""A page made from an answer is not copied: nothing would take a copy away with its consent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from resources.reports.models import Publication


@hooks.register("before_copy_page")
def refuse_to_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Nor with the page above it."""
    if not Publication.objects.filter(page__path__startswith=page.path).exists():
        return None
    messages.error(
        request,
        _(
            "The report of a co-operative is not copied: the copy would stay public after the"
            " co-operative has changed its mind."
        ),
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)
