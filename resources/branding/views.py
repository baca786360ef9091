"""« À vos couleurs »: the form of a document or of a whole kit, and the files it gives back.

No account, no script, no cookie: nothing is kept, so there is nothing that another site could do in
a visitor's place.
"""

import io
import zipfile
from functools import cache, partial
from mimetypes import guess_type
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hub.core.files import collection_opens
from hub.core.languages import other_addresses
from hub.core.models import HubDocument
from hub.core.upload_rules import MEGABYTE
from hub.core.visibility import visible
from resources.branding.brand import Brand
from resources.branding.form import BrandForm
from resources.branding.templates import UnusableTemplateError, dress, marks_of, name_for
from resources.branding.upload import LogoInMemory
from resources.models import ResourcePage

MOST_AT_ONCE = 40 * MEGABYTE  # of templates: they are filled in memory
LONGEST_REQUEST = 25 * MEGABYTE


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def brand_form(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form of the page's templates; sent, it answers with the files. 404 when there are none."""
    page, documents = _templates(request, page_id)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_REQUEST:
        form = BrandForm({"name": "", "website": ""})
        form.add_error("logo", _("This picture is much too large: 5 MB at most."))
        return _shown(request, page, documents, form, status=413)
    if request.method != "POST":
        return _shown(request, page, documents, BrandForm(), status=200)
    handlers: list[FileUploadHandler] = [LogoInMemory(request)]
    request.upload_handlers = handlers  # type: ignore[assignment]
    form = BrandForm(request.POST, files=request.FILES)
    if not form.is_valid():
        return _shown(request, page, documents, form, status=422)
    try:
        return _files(page, documents, form.brand)
    except UnusableTemplateError:
        form.add_error(None, _("This document cannot be filled. Download it as it is instead."))
        return _shown(request, page, documents, form, status=503)


def _shown(
    request: HttpRequest, page: Any, documents: list[HubDocument], form: BrandForm, *, status: int
) -> HttpResponse:
    context = {
        "resource": page,
        "documents": documents,
        "form": form,
        "translations": other_addresses(request.path, ("fr", "en")),
    }
    response = render(request, "resources/brand_form.html", context, status=status)
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response


def _templates(request: HttpRequest, page_id: int) -> tuple[Any, list[HubDocument]]:
    """The page, if anybody may read it, and those of its files that hold the marks."""
    page = visible(ResourcePage.objects.filter(pk=page_id)).specific().first()
    if page is None:
        raise Http404
    is_open = cache(partial(collection_opens, request))
    files = getattr(page, "offered_files", [])
    documents = [file for file in files if marks_of(file).is_template and is_open(file.collection)]
    if not documents:
        raise Http404
    return page, documents


def _files(page: Any, documents: list[HubDocument], brand: Brand) -> HttpResponse:
    """One file as it is, several in a zip; those of a kit too heavy together are asked one by one."""
    if len(documents) == 1:
        content, name = dress(documents[0], brand), name_for(documents[0], brand)
    else:
        if sum(document.get_file_size() or 0 for document in documents) > MOST_AT_ONCE:
            raise UnusableTemplateError
        content = _zip(documents, brand)
        name = f"{slugify(page.title)[:80]}-{slugify(brand.name)[:60] or 'coop'}.zip"
    response = HttpResponse(content, content_type=guess_type(name)[0] or "application/octet-stream")
    return _unkept(response, name)


def _zip(documents: list[HubDocument], brand: Brand) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for number, document in enumerate(documents, start=1):
            archive.writestr(f"{number:02d}-{name_for(document, brand)}", dress(document, brand))
    return stream.getvalue()


def _unkept(response: HttpResponse, name: str) -> HttpResponse:
    """Headers of a file that holds what a visitor sent: kept by nobody, run by nothing."""
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Accept-Ranges"] = "none"  # nor compressed on the way
    return response
