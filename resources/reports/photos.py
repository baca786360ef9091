"""Shows the photos of an answer on its page, as pictures of the library, and takes them away.

A picture of the library is never confidential: it is made when its page is published, and deleted
when the page is taken away.
"""

import io
from typing import Any, Final

from django.core.files.images import ImageFile
from wagtail.models import Collection

from hub.core.models import HubImage
from resources.models import ExperienceReportPage, ReportPhoto
from resources.reports import attachments
from resources.reports.models import Answer
from resources.reports.public_texts import PHOTO, photos_of, texts_of

COLLECTION: Final = "Photos des retours"


def collection() -> Collection:
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(name=COLLECTION)


def show(page: ExperienceReportPage, answer: Answer, *, named: bool) -> None:
    """Replace the photos of the page by those that may be shown; the page is saved by the caller.

    A file that the virus scanner has not seen is left out, as everywhere.
    """
    remove(page)
    words = {text.key: text.shown for text in texts_of(answer, named=named)}
    images = [
        _picture(attachment, words[f"{PHOTO}{attachment.key}"])
        for attachment in photos_of(answer, named=named)
        if attachments.stored_bytes(attachment)
    ]
    page.photos.set([ReportPhoto(image=image, sort_order=n) for n, image in enumerate(images)])
    page.cover = images[0] if images else None


def _picture(attachment: Any, words: str) -> HubImage:
    with attachments.open_file(attachment) as file:
        content = file.read()
    extension = attachment.stored_name.rpartition(".")[2]
    image = HubImage(
        title=words[:255],
        description=words[:255],
        collection=collection(),
        file=ImageFile(io.BytesIO(content), name=f"retour-{attachment.pk}.{extension}"),
    )
    image._set_image_file_metadata()
    image.save()
    return image


def remove(page: ExperienceReportPage, *, publish: bool = False) -> None:
    """Delete the pictures that were made for the page; with ``publish``, the page without them."""
    ours = (
        HubImage.objects.filter(
            collection__name=COLLECTION, pk__in=page.photos.values_list("image_id", flat=True)
        )
        if page.pk
        else HubImage.objects.none()
    )
    found = list(ours)
    page.photos.set([photo for photo in page.photos.all() if photo.image not in found])
    if page.cover in found:
        page.cover = None
    for image in found:
        image.delete()
    if publish and found:
        page.save_revision().publish()
