"""The admin of the videos: wagtailmedia's own, which knows neither our rule nor used files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permissions import policy_registry
from wagtailmedia import get_media_model
from wagtailmedia.views import chooser, media

from hub.core.file_uses import is_used


def use_our_policy() -> None:
    """wagtailmedia 0.19 makes a policy of its own instead of asking Wagtail's registry."""
    policy = policy_registry.get_by_type(get_media_model())
    for view in (media, chooser):
        view.permission_checker.policy = policy


def only_videos(request: HttpRequest) -> HttpResponse:
    """The library holds no sound files: in the place of their form stands that of the videos."""
    return media.add(request, "video")


def delete(request: HttpRequest, media_id: int) -> HttpResponse:
    """A video that a page shows, or a draft, is kept, and the person sees where it is used."""
    film = get_object_or_404(get_media_model(), pk=media_id)
    policy = media.permission_checker.policy
    if policy.user_has_permission_for_instance(request.user, "delete", film) and is_used(film):
        messages.error(request, _("A page uses this video: remove it from the pages below first."))
        return redirect("wagtailmedia:edit", media_id)
    return media.delete(request, media_id)


def urls() -> list[URLPattern]:
    """Views that stand at wagtailmedia's addresses and answer first."""
    return [
        path("media/audio/add/", only_videos),
        path("media/media/add/", only_videos),
        path("media/delete/<int:media_id>/", delete),
    ]
