"""A file or a picture that a page needs is not deleted, by whatever screen: the pages are listed."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail.documents.views import bulk_actions as documents_bulk
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as several_documents
from wagtail.images.views import bulk_actions as images_bulk
from wagtail.images.views import images
from wagtail.images.views import multiple as several_images
from wagtail.models import ReferenceIndex
from wagtail.models.reference_index import ReferenceGroups

from hub.core.file_uses import is_used, uses_of

CONFLICT = 409


class EveryUseProtects(ReferenceGroups):
    """Wagtail stops a deletion where the database would; here any use stops it."""

    def __init__(self, target: Model) -> None:
        super().__init__(ReferenceIndex.get_references_to(target))
        self.is_protected = is_used(target)


class StopsDeletion:
    """For the view that deletes one file."""

    template_name = "core/admin/delete_file.html"
    object: Model
    request: HttpRequest

    def get_usage(self) -> EveryUseProtects:
        return EveryUseProtects(self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        if self.get_usage().is_protected:
            told = self.get_context_data(form=form)  # type: ignore[attr-defined]
            return self.render_to_response(told, status=CONFLICT)  # type: ignore[attr-defined]
        return super().form_valid(form)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uses = uses_of([self.object], self.request.user)[self.object.pk]
        return super().get_context_data(**kwargs) | {"uses": uses}  # type: ignore[misc]


class DeleteDocument(StopsDeletion, documents.DeleteView):
    pass


class DeleteImage(StopsDeletion, images.DeleteView):
    pass


class StopsSeveral:
    """For the action on several files: one that is used stops them all."""

    template_name = "core/admin/delete_files.html"
    request: HttpRequest
    is_protected: bool

    def annotate_items(self, items: Sequence[Model]) -> Sequence[Model]:
        items = super().annotate_items(items)  # type: ignore[misc]
        self.uses = uses_of(items, self.request.user)
        self.is_protected = any(self.uses.values())
        return items

    def object_context(self, item: Model) -> dict[str, Any]:
        told = super().object_context(item)  # type: ignore[misc]
        return told | {"uses": self.uses[item.pk], "is_protected": bool(self.uses[item.pk])}

    def prepare_action(self, objects: Sequence[Model], refused: Any) -> HttpResponse | None:
        if not self.is_protected:
            return None
        told = self.get_context_data()  # type: ignore[attr-defined]
        return self.render_to_response(told, status=CONFLICT)  # type: ignore[attr-defined]


class DeleteDocuments(StopsSeveral, documents_bulk.DeleteBulkAction):
    pass


class DeleteImages(StopsSeveral, images_bulk.DeleteBulkAction):
    pass


class StopsUploaded:
    """For the page that has just taken several files in and may take one back."""

    def post(self, request: HttpRequest, *args: object, **kwargs: Any) -> HttpResponse:
        self.model = self.get_model()  # type: ignore[attr-defined]
        target = self.model.objects.filter(pk=kwargs[self.pk_url_kwarg]).first()  # type: ignore[attr-defined]
        may = self.permission_policy.user_has_permission_for_instance  # type: ignore[attr-defined]
        if target is not None and may(request.user, "delete", target) and is_used(target):
            message = _("A page uses this file: remove it from that page first.")
            return JsonResponse({"success": False, "error_message": message}, status=CONFLICT)
        return super().post(request, *args, **kwargs)  # type: ignore[misc]


class DeleteUploadedDocument(StopsUploaded, several_documents.DeleteView):
    pass


class DeleteUploadedImage(StopsUploaded, several_images.DeleteView):
    pass


URLS: list[URLPattern] = [
    path("documents/delete/<int:document_id>/", DeleteDocument.as_view()),
    path("images/<int:image_id>/delete/", DeleteImage.as_view()),
    path("documents/multiple/<int:doc_id>/delete/", DeleteUploadedDocument.as_view()),
    path("images/multiple/<int:image_id>/delete/", DeleteUploadedImage.as_view()),
]
