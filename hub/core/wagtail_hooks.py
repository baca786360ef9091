"""What the admin does differently here: guards first."""

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from hub.core import (
    concurrent_edits,
    download_report,
    file_content_checks,
    file_deletion,
    file_lists,
    file_permissions,
    kept_from_deletion,
    link_reports,
    media_admin,
    row_edits,
    waiting_tasks,
)
from hub.core.translation_guard import guarded_urls

BEFORE_THE_OTHERS, AFTER_THE_OTHERS = -100, 100

file_permissions.register()
media_admin.use_our_policy()


@hooks.register("before_move_page")
def refuse_a_move_that_is_not_allowed(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail's confirmation shows both titles before it checks anything."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def refuse_to_overwrite_a_newer_version(request: HttpRequest, instance: Model) -> None:
    concurrent_edits.guard(request, instance)


hooks.register("before_delete_snippet", kept_from_deletion.keep_snippets)
hooks.register("before_delete_page", kept_from_deletion.keep_page)
hooks.register("before_bulk_action", kept_from_deletion.keep_pages)


@hooks.register("register_admin_urls", order=BEFORE_THE_OTHERS)
def addresses_that_answer_first() -> list[URLPattern]:
    ours = [*file_deletion.URLS, *file_lists.LISTS, *link_reports.FIRST, *media_admin.urls()]
    return [*guarded_urls(), *row_edits.urls(), *ours]


for _action in (file_deletion.DeleteDocuments, file_deletion.DeleteImages):
    hooks.register("register_bulk_action", _action, order=AFTER_THE_OTHERS)


@hooks.register("insert_global_admin_js")
def dates_stay_as_typed() -> SafeString:
    return format_html('<script src="{}"></script>', static("core/js/admin-dates.js"))


@hooks.register("insert_global_admin_js")
def own_saves_are_known() -> SafeString:
    source = static("core/js/admin-own-saves.js")
    return format_html('<script type="module" src="{}"></script>', source)


@hooks.register("register_admin_urls")
def waiting_tasks_urls() -> list[URLResolver]:
    return [path("reports/tasks/", include((waiting_tasks.URLS, "waiting_tasks")))]


@hooks.register("register_reports_menu_item")
def waiting_tasks_item() -> MenuItem:
    return waiting_tasks.menu_item()


@hooks.register("register_admin_urls")
def report_urls() -> list[URLResolver]:
    return [
        path("reports/files/", include((file_lists.URLS, "files_to_check"))),
        path("reports/links/", include((link_reports.LINK_URLS, "broken_links"))),
        path("reports/missed/", include((link_reports.MISSED_URLS, "missed"))),
    ]


@hooks.register("construct_reports_menu")
def report_items(request: HttpRequest, items: list[MenuItem]) -> None:
    ours = [file_lists.menu_item(), *link_reports.menu_items()]
    items += [item for item in ours if item.is_shown(request)]


hooks.register("construct_wagtail_userbar", file_content_checks.check_files)


@hooks.register("register_permissions")
def waiting_tasks_permissions() -> QuerySet[Permission]:
    names = ("view_outboxitem", "change_outboxitem")
    return Permission.objects.filter(content_type__app_label="core", codename__in=names)


@hooks.register("register_admin_urls")
def downloads_urls() -> list[URLResolver]:
    return [path("reports/downloads/", include((download_report.URLS, "downloads")))]


@hooks.register("register_reports_menu_item")
def downloads_item() -> MenuItem:
    return download_report.menu_item()


@hooks.register("register_permissions")
def downloads_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="core", codename="view_downloadcount")
