"""Asks for a new zip when what stands in a kit changes, in the transaction of the change."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Collection, CollectionViewRestriction, Page
from wagtail.signals import page_published

from hub.core.models import FileScan, HubDocument
from resources.kit_versions import ask_for
from resources.models import DocumentPage, KitPage, KitShelf, KitVersion
from resources.signals import kits_holding, pages_that_use
from search.indexing import rows_changed


@receiver(page_published, sender=KitPage)
def follow_kit(sender: type[Page], instance: Page, **options: object) -> None:
    """Its title, its licence, its order, its words."""
    ask_for([instance.pk])


@receiver(page_published, sender=DocumentPage)
def follow_member(sender: type[Page], instance: Page, **options: object) -> None:
    """Its title, its file."""
    ask_for(page.pk for page in kits_holding([instance.pk]))


@receiver(rows_changed)
def follow_what_is_shown(sender: type, page_ids: list[int], **options: object) -> None:
    """A document or a kit that appears, disappears or changes its address, whatever the reason."""
    kits = KitPage.objects.filter(pk__in=page_ids).values_list("pk", flat=True)
    ask_for({*kits, *(page.pk for page in kits_holding(page_ids))})


@receiver(post_save, sender=HubDocument)
def follow_file(
    sender: type, instance: HubDocument, created: bool, raw: bool = False, **options: object
) -> None:
    """A file that is replaced, or whose licence or credits change."""
    if created or raw:
        return
    pages = [page.pk for page in pages_that_use(instance)]
    ask_for(page.pk for page in kits_holding(pages))


@receiver(post_save, sender=FileScan)
def follow_scan(sender: type, instance: FileScan, **options: object) -> None:
    """A file that leaves the quarantine, or enters it."""
    for document in HubDocument.objects.filter(file_hash=instance.file_hash):
        follow_file(HubDocument, document, created=False)


@receiver(post_save, sender=KitVersion)
def show_on_the_page(sender: type, instance: KitVersion, **options: object) -> None:
    """A version made, a note written, a zip no longer kept."""
    KitShelf(kit_id=instance.kit_id).fill()


@receiver(post_save, sender=CollectionViewRestriction)
@receiver(post_delete, sender=CollectionViewRestriction)
@receiver(post_save, sender=Collection)
def follow_collections(sender: type, instance: Any, **options: object) -> None:
    """Files put away for some, or opened again: kits are few, each compares for itself."""
    ask_for(KitPage.objects.values_list("pk", flat=True))
