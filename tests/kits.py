"""Makes kits as editors do, and packs them as the worker does."""

import io
import json
import zipfile

from django.core.files.base import ContentFile
from django.test import Client, TestCase

from resources.models import KitPage
from tests.alerts import work
from tests.factories import resource, stored_file, stream

TITLES = ("Convocation « claire »", "L’été à Orléans")


def documents(*titles):
    return [
        resource("document", title, file=stored_file(title, content=title.encode() * 50))
        for title in titles or TITLES
    ]


def sections(pages):
    items = [{"document": page.pk, "how": f"Emploi de {page.title}"} for page in pages]
    return stream(("section", {"title": "Avant", "intro": "", "items": items}))


def packed_kit(pages, **fields):
    values = {"slug": "ag", "version": "2026-1", "sections": sections(pages), **fields}
    kit = resource("kit", "Kit <AG>", **values)
    work()
    return kit


def fresh(kit):
    return KitPage.objects.get(pk=kit.pk)


def publish(page, **fields):
    """Change a page as an editor does."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()


def replace_file(document, content=b"%PDF-1.4 another"):
    """Put a newer file behind a document, as its form does."""
    document.refresh_from_db()
    document.file = ContentFile(content, name="autre.pdf")
    document._set_document_file_metadata()
    with TestCase.captureOnCommitCallbacks(execute=True):
        document.save()


def download(kit, query="", **headers):
    """The response of the lasting address, and its bytes."""
    response = Client().get(fresh(kit).download_url + query, headers=headers)
    return response, response.getvalue()


def names(content):
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        return opened.namelist()


def inside(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return opened.read(name)


def manifest(content):
    return json.loads(inside(content, "manifest.json"))
