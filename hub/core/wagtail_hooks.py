"""What the admin does differently here: guards first."""

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Model, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents.views.multiple import DeleteView
from wagtail.models import Page

from hub.core import concurrent_edits, download_report, file_permissions, waiting_tasks
from hub.core.translation_guard import guarded_urls

BEFORE_THE_OTHERS = -100

file_permissions.register()


@hooks.register("before_move_page")
def refuse_a_move_that_is_not_allowed(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail's confirmation shows both titles before it checks anything."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def refuse_to_overwrite_a_newer_version(request: HttpRequest, instance: Model) -> None:
    concurrent_edits.guard(request, instance)


class DeleteUploaded(DeleteView):
    """Deletes a file from the page that uploads several: says so when a page still needs it."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except ProtectedError:
            message = _("A page uses this file: remove it from that page first.")
            return JsonResponse({"success": False, "error_message": message}, status=409)


@hooks.register("register_admin_urls", order=BEFORE_THE_OTHERS)
def addresses_that_answer_first() -> list[URLPattern]:
    delete = path("documents/multiple/<int:doc_id>/delete/", DeleteUploaded.as_view())
    return [*guarded_urls(), delete]


@hooks.register("insert_global_admin_js")
def dates_stay_as_typed() -> SafeString:
    return format_html('<script src="{}"></script>', static("core/js/admin-dates.js"))


@hooks.register("register_admin_urls")
def waiting_tasks_urls() -> list[URLResolver]:
    return [path("reports/tasks/", include((waiting_tasks.URLS, "waiting_tasks")))]


@hooks.register("register_reports_menu_item")
def waiting_tasks_item() -> MenuItem:
    return waiting_tasks.menu_item()


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
