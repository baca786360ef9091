"""The files of answers, for moderators: sent to be saved, never opened in the page."""

import uuid

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.auth import permission_required

from resources.reports.attachment_views import sent
from resources.reports.models import Attachment


@require_safe
@permission_required("reports.moderate_answers")
def attachment(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    return sent(request, get_object_or_404(Attachment, key=key))


@hooks.register("register_admin_urls")
def attachment_urls() -> list[URLPattern]:
    return [path("campaigns/attachments/<uuid:key>/", attachment, name="campaigns_attachment")]
