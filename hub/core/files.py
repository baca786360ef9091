"""Serves a file under its lasting address, to whoever may read it."""

import re
from collections.abc import Iterable
from mimetypes import guess_type

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_static
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex

from hub.core.downloads import count_once_sent
from hub.core.models import (
    DocumentVersion,
    DownloadCount,
    HubDocument,
    HubMedia,
    first_page_of,
    mark_sendable,
    may_be_sent,
)
from hub.core.serving import StoredBytes, send
from hub.core.visibility import visible

NUMBER = re.compile(r"[1-9]\d{0,8}")


def is_public(file: HubDocument | HubMedia) -> bool:
    """A file is public while a page that anybody may read refers to it.

    So that neither the file of a draft nor that of a page made private can be had by guessing
    its number. Privacy of collections is checked by Wagtail besides.
    """
    return bool(public_among(type(file), [file.pk]))


def public_among(model: type[HubDocument | HubMedia], numbers: Iterable[int]) -> set[int]:
    """Those of the files of a kind that ``is_public`` holds for, by number. Two queries."""
    wanted = [str(number) for number in numbers]
    if not wanted:
        return set()
    references = ReferenceIndex.objects.filter(
        base_content_type=ReferenceIndex._get_base_content_type(Page),
        to_content_type=ReferenceIndex._get_base_content_type(model),
        to_object_id__in=wanted,
    )
    pairs = [(int(p), int(f)) for p, f in references.values_list("object_id", "to_object_id")]
    pages = {page for page, _file in pairs}
    public = set(visible(Page.objects.filter(pk__in=pages)).values_list("pk", flat=True))
    return {file for page, file in pairs if page in public}


@require_safe
def image_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send a rendition of a picture: pictures are never confidential."""
    return serve_static(request, path, document_root=settings.MEDIA_ROOT)


@require_safe
def document_file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """Send the newest file of document ``number``, or with ``?v=`` that version of it.

    ``name`` is for people only. A file nobody may read answers as one that does not exist.
    """
    document = get_object_or_404(HubDocument.objects.select_related("collection"), pk=number)
    if not readable_by(request, document):
        raise Http404
    asked = request.GET.get("v")
    file = document if asked is None else version_of(document, asked)
    if not may_be_sent(file):
        raise Http404
    try:
        response = send(request, stored_bytes(file))
    except OSError as error:
        raise Http404 from error
    newest = file is document or file.number == document.newest_version
    kind = DownloadCount.Kind.NEWEST if newest else DownloadCount.Kind.OLDER
    count_once_sent(request, response, document.pk, kind)
    return response


def version_of(document: HubDocument, asked: str) -> DocumentVersion:
    """The version of this number; Http404 for whatever is not one."""
    if not NUMBER.fullmatch(asked):
        raise Http404
    version = get_object_or_404(document.versions, number=int(asked))
    version.document = document
    return version


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
    return collection_opens(request, file.collection)


def collection_opens(request: HttpRequest, collection: Collection) -> bool:
    """Whether neither the collection nor one above it is kept from whoever asks."""
    restrictions = collection.get_view_restrictions()
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


def stored_bytes(file: HubDocument | DocumentVersion) -> StoredBytes:
    """What is sent of a document or of one of its versions. Raises OSError when it is not there."""
    return StoredBytes(
        open=lambda: file.file.open("rb"),
        size=file.file_size if file.file_size is not None else file.file.size,
        tag=file.file_hash or file.file.name,
        content_type=content_type_of(file.format),
        name=file.download_name,
        modified=file.file.storage.get_modified_time(file.file.name),
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


def content_type_of(file_format: str) -> str:
    known = settings.WAGTAILDOCS_CONTENT_TYPES.get(file_format)
    return known or guess_type(f"file.{file_format}")[0] or "application/octet-stream"


@require_safe
def first_page(request: HttpRequest, number: int, *, card: bool = False) -> HttpResponseBase:
    """Send the picture of the first page of document ``number`` to whoever may read its file.

    For a ``card``, only its top.
    """
    documents = HubDocument.objects.select_related("collection", "first_page")
    document = get_object_or_404(documents, pk=number)
    picture = first_page_of(document)
    if picture is None or not readable_by(request, document):
        raise Http404
    file = picture.card if card else picture.file
    try:
        stored = StoredBytes(
            open=lambda: file.open("rb"),
            size=file.size,
            tag=f"{'card' if card else 'page'}-{picture.file_hash}",
            content_type="image/webp",
            name=f"{number}.webp",
            inline=True,
        )
        response = send(request, stored)
    except OSError as error:
        raise Http404 from error
    # Its address changes with the file; whoever loses the right to it may look a while longer.
    response.headers["Cache-Control"] = "private, max-age=600"
    return response
