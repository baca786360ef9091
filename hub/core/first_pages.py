"""Draws the first page of each file, after its transaction and aside from any request."""

import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from hub.core import jobs, outbox
from hub.core.extraction.formats import READERS
from hub.core.models import DocumentVersion, FileReading, FirstPage, HubDocument, OutboxItem
from hub.core.models.reading import pages_read
from hub.core.pictures.asking import DRAWABLE, picture_inside
from hub.core.pictures.drawing import page_of_words
from hub.core.pictures.limits import MOST_ROWS, PICTURES, WIDTH
from hub.core.reading import on_disk

KIND = "draw_first_page"
CARD = (480, 270)  # pixels
QUALITY, CARD_QUALITY = 70, 60
ENOUGH = 1_500  # signs of text to draw
MOST_WORDS = 160  # signs of the alternative text
CAUGHT_UP = 500  # files a day


def ask_for(document: HubDocument) -> None:
    if document.format in DRAWABLE:
        outbox.ask(KIND, {str(document.pk): {}})


def follow_version(instance: DocumentVersion, *, raw: bool = False, **_options: object) -> None:
    """A picture is drawn at once; other files once they were read, for the words in the text."""
    if not raw and instance.document.format not in READERS:
        ask_for(instance.document)


def follow_reading(instance: FileReading, *, raw: bool = False, **_options: object) -> None:
    if not raw:
        ask_for(instance.document)


def draw(items: Sequence[OutboxItem]) -> outbox.Failures:
    """Draw the first page of these files; a file that shows none needs no picture."""
    failures = {}
    for item in items:
        document = HubDocument.objects.select_related("reading").filter(pk=int(item.key)).first()
        if document is None:
            continue
        try:
            with on_disk(document) as path:
                inside = picture_inside(path, document.format)
        except OSError as error:
            failures[item.pk] = outbox.Failure(f"The file cannot be opened: {error}")
            continue
        _keep(document, inside)
    return failures


def _keep(document: HubDocument, inside: Image.Image | None) -> None:
    title, text = _beginning(document)
    picture = inside
    if picture is None and text and document.format not in ("pdf", *PICTURES):
        picture = page_of_words(title, text, document.format)
    if picture is None:
        return
    words = " ".join(text.split())
    cut = words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS].rsplit(' ', 1)[0]}…"
    keep(document, picture, words=cut, drawn=inside is None)


def _beginning(document: HubDocument) -> tuple[str, str]:
    """The title and the words of the first page; several stretches where a file has no pages."""
    pages = pages_read(document)
    if pages and pages[0].label:
        return document.title, pages[0].text if pages[0].number == 1 else ""
    return document.title, "\n".join(page.text for page in pages[:20])[:ENOUGH]


@transaction.atomic
def keep(document: HubDocument, picture: Image.Image, *, words: str, drawn: bool) -> None:
    """Keep the picture, unless the file was replaced while it was drawn."""
    same = HubDocument.objects.select_for_update().filter(
        pk=document.pk, file_hash=document.file_hash
    )
    if not same.exists():
        return
    page = FirstPage.objects.filter(pk=document.pk).first() or FirstPage(document=document)
    _forget(page)
    picture.thumbnail((WIDTH, MOST_ROWS))
    page.file_hash, page.words, page.drawn = document.file_hash, words, drawn
    page.width, page.height = picture.size
    page.file = _webp(picture, QUALITY, f"{document.pk}.webp")
    top = ImageOps.fit(picture, CARD, centering=(0.5, 0))
    page.card = _webp(top, CARD_QUALITY, f"{document.pk}-carte.webp")
    page.save()


def _webp(picture: Image.Image, quality: int, name: str) -> ContentFile:
    content = io.BytesIO()
    picture.save(content, "WEBP", quality=quality, method=6)
    return ContentFile(content.getvalue(), name=name)


def _forget(page: FirstPage) -> None:
    """Delete its files once the transaction is over."""
    storage, names = page.file.storage, [file.name for file in (page.file, page.card) if file]
    transaction.on_commit(lambda: [storage.delete(name) for name in names])


def follow_deletion(instance: FirstPage, **_options: Any) -> None:
    _forget(instance)


def ask_for_missing() -> int:
    """Ask for the pictures that are not there: of files older than this, or lost on the way."""
    rule = Q()
    for extension in DRAWABLE:
        rule |= Q(file__iendswith=f".{extension}")
    drawn = Q(first_page__file_hash=F("file_hash"))
    missing = HubDocument.objects.filter(rule).exclude(drawn).order_by("-pk")[:CAUGHT_UP]
    outbox.ask(KIND, {str(pk): {} for pk in missing.values_list("pk", flat=True)})
    return len(missing)


def register() -> None:
    """Called when the app is ready."""
    outbox.register(outbox.Handler(KIND, draw, label=_("first pages to draw")))
    jobs.register(jobs.Job("first pages", timedelta(days=1), ask_for_missing))
    post_save.connect(follow_version, DocumentVersion, dispatch_uid="first page of a version")
    post_save.connect(follow_reading, FileReading, dispatch_uid="first page of a reading")
    post_delete.connect(follow_deletion, FirstPage, dispatch_uid="files of first pages")
