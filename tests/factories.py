"""Makes resources as editors and imports do. A site set up by ``setup_site`` must be there."""

import json
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.test import TestCase
from wagtail.models import Page

from hub.core.models import HubDocument, HubMedia
from resources.models import GlossaryIndexPage, ResourceIndexPage, ResourcePage
from resources.types import resource_types
from tests import films


def stream(*blocks: tuple[str, Any]) -> str:
    """A stream field's value, from pairs of a block's type and its raw value."""
    return json.dumps([_block(kind, value) for kind, value in blocks])


def _raw(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _raw(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_block("item", part) for part in value]
    return value


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": _raw(value), "id": str(uuid.uuid4())}


# What a type cannot be published without, besides a title and a summary.
NEEDED: dict[str, dict[str, Any]] = {
    "glossary": {"plain_definition": "Le nombre de présents qu’il faut."},
    "report": {"consent": "named"},
    "practice": {"code": "P99", "objective": "Que chacun vienne."},
    "video": {"no_transcript_reason": "La vidéo est sans paroles."},
}


def index_of(kind: str, language: str = "fr") -> Page:
    """The page below which resources of this type stand."""
    if kind == "glossary":
        return GlossaryIndexPage.objects.get(locale__language_code=language)
    return ResourceIndexPage.objects.get(listed_type=kind, locale__language_code=language)


def resource(
    kind: str, title: str = "Une ressource", *, publish: bool = True, **fields: Any
) -> ResourcePage:
    """A resource of a type, published as an editor does, with all that follows a commit."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        page = _written(kind, title, publish, fields)
    return type(page).objects.get(pk=page.pk)


def _written(kind: str, title: str, publish: bool, fields: dict[str, Any]) -> ResourcePage:
    relations = {name: fields.pop(name) for name in ("themes", "audiences") if name in fields}
    model = resource_types()[kind]
    values = {"summary": "Ce que c’est.", **NEEDED.get(kind, {}), **fields}
    page = model(title=title, live=False, **values)
    index_of(kind).add_child(instance=page)
    for name, rows in relations.items():
        setattr(page, name, rows)
    revision = page.save_revision()
    if publish:
        revision.publish()
    return page


def stored_file(
    title: str = "Un fichier", content: bytes = b"%PDF-1.4\n", **fields: Any
) -> HubDocument:
    """A document of the library with a small file."""
    document = HubDocument(title=title, **fields)
    document.file = ContentFile(content, name="fichier.pdf")
    document._set_document_file_metadata()
    document.save()
    return document


def stored_video(title: str = "Un film", content: bytes | None = None, **fields: Any) -> HubMedia:
    """A film of the library, ten seconds long unless its content is given."""
    video = HubMedia(title=title, type="video", duration=10, width=160, height=90, **fields)
    video.file = ContentFile(content or films.webm(10), name="film.webm")
    video.save()
    return video
