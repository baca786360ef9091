"""Who reads a page that is not for everybody, and what editors manage besides pages."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLResolver, include, path
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.wagtail_hooks import require_wagtail_login

from resources import kit_report, reader_report, review_report
from resources.models import KitVersion, ReaderAnswer, SupportRequest
from resources.snippets import FiledFromTheSitePolicy, ReferenceData, RequestViewSet
from resources.terms.screens import ImportItem, ImportScreens
from resources.vocabulary import Access

register_permission_policy(SupportRequest, FiledFromTheSitePolicy(SupportRequest))
register_permission_policy(ReaderAnswer, reader_report.OnlyReadPolicy(ReaderAnswer))
register_permission_policy(KitVersion, kit_report.MadeByTheSitePolicy(KitVersion))
register_snippet(ReferenceData)
register_snippet(reader_report.AnswerViewSet)
register_snippet(RequestViewSet)


@hooks.register("register_admin_viewset")
def glossary_import() -> ImportScreens:
    return ImportScreens()


@hooks.register("register_page_header_buttons")
def import_terms(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[ImportItem]:
    yield ImportItem(page=page, priority=80)


@hooks.register("before_serve_page")
def keep_to_its_readers(
    page: Page, request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponse | None:
    """A page past its end is gone for readers, even before the clock job takes it down; one that
    is not open to everybody sends an unknown reader to sign in, without a word of it."""
    if request.user.has_perm("wagtailadmin.access_admin"):
        return None
    if page.expire_at and page.expire_at <= timezone.now():
        raise Http404
    if getattr(page, "access", Access.PUBLIC) == Access.PUBLIC:
        return None
    if request.user.is_authenticated:
        raise PermissionDenied
    response = require_wagtail_login(next=request.get_full_path())
    add_never_cache_headers(response)
    return response


@hooks.register("register_admin_urls")
def report_urls() -> list[URLResolver]:
    return [
        path("reports/kits/", include((kit_report.URLS, "kit_report"))),
        path("reports/reader-answers/", include((reader_report.URLS, "reader_answers"))),
        path("reports/review/", include((review_report.URLS, "to_review"))),
    ]


for _report in (kit_report, reader_report, review_report):
    hooks.register("register_reports_menu_item", _report.menu_item)
