"""Serves a file under its lasting address, to whoever may read it."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_static
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from hub.core.models import HubDocument, HubMedia, mark_sendable, may_be_sent
from hub.core.serving import StoredBytes, send
from hub.core.visibility import visible


def is_public(file: HubDocument | HubMedia) -> bool:
    """A file is public while a page that anybody may read refers to it.

    So that neither the file of a draft nor that of a page made private can be had by guessing
    its number. Privacy of collections is checked by Wagtail besides.
    """
    references = ReferenceIndex.get_references_to(file)
    page_type = ReferenceIndex._get_base_content_type(Page)
    ids = references.filter(base_content_type=page_type).values_list("object_id", flat=True)
    return visible(Page.objects.filter(pk__in=[int(i) for i in ids])).exists()


@require_safe
def image_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send a rendition of a picture: pictures are never confidential."""
    return serve_static(request, path, document_root=settings.MEDIA_ROOT)


@require_safe
def document_file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """Send the current file of document ``number``; ``name`` is for people only.

    A file nobody may read answers as one that does not exist.
    """
    document = get_object_or_404(HubDocument.objects.select_related("collection"), pk=number)
    if not readable_by(request, document):
        raise Http404
    try:
        return send(request, stored_bytes(document))
    except OSError as error:
        raise Http404 from error


@require_safe
def media_file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """Send video ``number``, or the part of it that a player asks for.

    A video nobody may watch answers as one that does not exist.
    """
    video = get_object_or_404(HubMedia.objects.select_related("collection"), pk=number)
    if not readable_by(request, video):
        raise Http404
    try:
        return send(request, video_bytes(video))
    except OSError as error:
        raise Http404 from error


def readable_by(request: HttpRequest, file: HubDocument | HubMedia) -> bool:
    """Public, or asked for by somebody of the federation; the privacy of collections holds too.

    What the virus scanner has not seen, where there is one, is for nobody.
    """
    if not may_be_sent(file):
        return False
    if not is_public(file) and not request.user.has_perm("wagtailadmin.access_admin"):
        return False
    restrictions = file.collection.get_view_restrictions()
    return all(restriction.accept_request(request) for restriction in restrictions)


def open_to_all(numbers: Iterable[int]) -> set[int]:
    """Those files, by number, that neither a private collection nor the scanner holds back.

    Their pages are another question. One query, two where there is a virus scanner.
    """
    asked = HubDocument.objects.filter(~held_back("collection__path"), pk__in=list(numbers))
    files = list(asked.only("pk", "file_hash"))
    mark_sendable(files)
    return {file.pk for file in files if may_be_sent(file)}


def held_back(path: str) -> Exists:
    """Whether the collection whose tree path is named, or one above it, is private."""
    restrictions = CollectionViewRestriction.objects.annotate(
        place=ExpressionWrapper(OuterRef(path), output_field=CharField())
    )
    return Exists(restrictions.filter(place__startswith=F("collection__path")))


def stored_bytes(document: HubDocument) -> StoredBytes:
    return StoredBytes(
        open=lambda: document.file.open("rb"),
        size=document.get_file_size() or 0,
        tag=document.get_file_hash(),
        content_type=document.content_type,
        name=document.filename,
        modified=document.file.storage.get_modified_time(document.file.name),
    )


def video_bytes(video: HubMedia) -> StoredBytes:
    """A video is played where it stands: a browser that cannot offers to save it."""
    return StoredBytes(
        open=lambda: video.file.open("rb"),
        size=video.file_size,
        tag=video.file_hash,
        content_type=video.content_type,
        name=video.filename,
        modified=video.file.storage.get_modified_time(video.file.name),
        inline=True,
    )
