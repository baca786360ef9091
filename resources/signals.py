"""Keeps what depends on a resource in step with it: translations, renamed themes, files."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

from hub.core.models import FileReading, FileScan, FirstPage, HubDocument
from resources.models import (
    Audience,
    DocumentPage,
    GlossaryTermPage,
    KitPage,
    LegalRecord,
    Organisation,
    ResourcePage,
    Theme,
)
from resources.translations import share_with_translations
from search.indexing import index_pages, rows_changed
from search.state import steering_changed


@receiver(page_published)
def share_facets(sender: type[Page], instance: Page, **options: object) -> None:
    """Runs before the search takes the page in: the resources app stands first."""
    if isinstance(instance, ResourcePage):
        changed = share_with_translations(instance)
        if changed:
            index_pages(changed)


@receiver(post_save, sender=Theme)
@receiver(post_save, sender=Audience)
@receiver(post_save, sender=Organisation)
def follow_renaming(sender: type, instance: object, created: bool, **options: object) -> None:
    if not created:
        index_pages(list(instance_pages(instance)))


@receiver(pre_delete, sender=Theme)
@receiver(pre_delete, sender=Audience)
@receiver(pre_delete, sender=Organisation)
def remember_its_pages(sender: type, instance: Any, **options: object) -> None:
    instance.pages_left_behind = list(instance_pages(instance))


@receiver(post_delete, sender=Theme)
@receiver(post_delete, sender=Audience)
@receiver(post_delete, sender=Organisation)
def follow_deletion(sender: type, instance: Any, **options: object) -> None:
    index_pages(instance.pages_left_behind)


def instance_pages(instance: Theme | Audience | Organisation) -> list[Page]:
    field = {"Theme": "themes", "Audience": "audiences", "Organisation": "organisation"}
    name = field[type(instance).__name__]
    return list(ResourcePage.objects.filter(**{name: instance}))


@receiver(post_save, sender=Theme)
@receiver(post_delete, sender=Theme)
@receiver(post_save, sender=Audience)
@receiver(post_delete, sender=Audience)
@receiver(post_save, sender=Organisation)
@receiver(post_delete, sender=Organisation)
def forget_labels(sender: type, **options: object) -> None:
    """Every process reads the labels of the facets again at its next search."""
    steering_changed()


@receiver(post_save, sender=LegalRecord)
def follow_legal_value(sender: type, instance: LegalRecord, **options: object) -> None:
    """The terms that quote a value say its state in the search."""
    index_pages(terms_quoting(instance))


@receiver(pre_delete, sender=LegalRecord)
def remember_its_terms(sender: type, instance: Any, **options: object) -> None:
    instance.pages_left_behind = list(terms_quoting(instance))


@receiver(post_delete, sender=LegalRecord)
def follow_legal_deletion(sender: type, instance: Any, **options: object) -> None:
    index_pages(instance.pages_left_behind)


def terms_quoting(record: LegalRecord) -> QuerySet[GlossaryTermPage]:
    return GlossaryTermPage.objects.filter(legal_records=record)


@receiver(rows_changed)
def follow_documents(sender: type, page_ids: list[int], **options: object) -> None:
    """A kit is found by the documents in it: by those that anybody may read, and no other."""
    index_pages(kits_holding(page_ids))


@receiver(rows_changed)
def follow_terms(sender: type, page_ids: list[int], **options: object) -> None:
    """A term that appears, changes its address or disappears is linked, or not, at once."""
    if GlossaryTermPage.objects.filter(pk__in=page_ids).exists():
        steering_changed()


@receiver(page_published, sender=GlossaryTermPage)
@receiver(post_delete, sender=GlossaryTermPage)
def follow_glossary(sender: type, **options: object) -> None:
    """What a term says of itself and the search does not know: an everyday word, or not."""
    steering_changed()


@receiver(pre_delete, sender=DocumentPage)
def remember_its_kits(sender: type, instance: Any, **options: object) -> None:
    instance.pages_left_behind = kits_holding([instance.pk])


@receiver(post_delete, sender=DocumentPage)
def follow_document_deletion(sender: type, instance: Any, **options: object) -> None:
    index_pages(instance.pages_left_behind)


def kits_holding(page_ids: list[int]) -> list[Page]:
    """The kits that refer to one of these pages."""
    references = ReferenceIndex.objects.filter(
        content_type=ContentType.objects.get_for_model(KitPage),
        to_content_type=ReferenceIndex._get_base_content_type(Page),
        to_object_id__in=[str(pk) for pk in page_ids],
    )
    ids = {int(pk) for pk in references.values_list("object_id", flat=True)}
    return list(Page.objects.filter(pk__in=ids)) if ids else []


@receiver(post_save, sender=HubDocument)
def follow_file(sender: type, instance: HubDocument, created: bool, **options: object) -> None:
    """A replaced file changes the size on its cards, and on those of the kits that hold it."""
    if created:
        return
    pages = pages_that_use(instance)
    holders = [holder for page in pages for holder in pages_that_use(page)]
    index_pages(list({page.pk: page for page in [*pages, *holders]}.values()))


@receiver(post_save, sender=FileReading)
def follow_reading(sender: type, instance: FileReading, **options: object) -> None:
    """Words read in a file are found in the pages that hold it."""
    index_pages(pages_that_use(instance.document))


@receiver(post_save, sender=FileScan)
def follow_scan(sender: type, instance: FileScan, **options: object) -> None:
    """A file that leaves the quarantine, or enters it, changes what its pages and kits offer."""
    for document in HubDocument.objects.filter(file_hash=instance.file_hash):
        follow_file(HubDocument, document, created=False)


@receiver(post_save, sender=FirstPage)
def follow_first_page(sender: type, instance: FirstPage, **options: object) -> None:
    """The cards of a document show the first page of its file."""
    index_pages(pages_that_use(instance.document))


def pages_that_use(target: object) -> list[Page]:
    """The pages that refer to a file or to a page, in any field."""
    references = ReferenceIndex.get_references_to(target).values_list(
        "object_id", "base_content_type"
    )
    page_type = ReferenceIndex._get_base_content_type(Page)
    ids = {int(object_id) for object_id, base in references if base == page_type.pk}
    return list(Page.objects.filter(pk__in=ids))
