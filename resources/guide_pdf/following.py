"""Has the PDF of guides made again after whatever they say changes, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

from hub.core.models import HubDocument, HubImage
from resources.guide_pdf.keeping import ask_for
from resources.models import GlossaryTermPage, GuidePage, LegalRecord
from search.indexing import rows_changed


def connect() -> None:
    """Called when the app is ready."""
    page_published.connect(follow_guide, GuidePage, dispatch_uid="guide pdf")
    page_published.connect(follow_term, GlossaryTermPage, dispatch_uid="guide pdf")
    rows_changed.connect(follow_pages, dispatch_uid="guide pdf")
    for model in (LegalRecord, HubDocument, HubImage):
        post_save.connect(follow_row, model, dispatch_uid="guide pdf")
        pre_delete.connect(remember_guides, model, dispatch_uid="guide pdf")
        post_delete.connect(follow_deletion, model, dispatch_uid="guide pdf")


def follow_guide(instance: GuidePage, **_options: object) -> None:
    ask_for([instance.pk])


def follow_term(instance: GlossaryTermPage, **_options: object) -> None:
    """Any guide may use the word."""
    ask_for(guides_in(instance.locale_id))


def follow_pages(page_ids: list[int], **_options: object) -> None:
    """Titles, addresses and summaries of what guides link to; words that appear or disappear."""
    guides = set(guides_referring_to(Page, page_ids))
    terms = GlossaryTermPage.objects.filter(pk__in=page_ids)
    for locale_id in set(terms.order_by().values_list("locale_id", flat=True)):
        guides.update(guides_in(locale_id))
    ask_for(guides)


def follow_row(instance: Model, *, created: bool, raw: bool = False, **_options: object) -> None:
    if not created and not raw:
        ask_for(guides_referring_to(type(instance), [instance.pk]))


def remember_guides(instance: Model, **_options: object) -> None:
    instance.guides_left_behind = list(  # type: ignore[attr-defined]
        guides_referring_to(type(instance), [instance.pk])
    )


def follow_deletion(instance: Model, **_options: object) -> None:
    ask_for(getattr(instance, "guides_left_behind", []))


def guides_in(locale_id: int) -> Iterable[int]:
    return GuidePage.objects.filter(locale_id=locale_id).values_list("pk", flat=True)


def guides_referring_to(model: type[Model], ids: Iterable[object]) -> Iterable[int]:
    """The guides that refer to one of these rows, in any field. One query."""
    references = ReferenceIndex.objects.filter(
        content_type=ContentType.objects.get_for_model(GuidePage),
        to_content_type=ReferenceIndex._get_base_content_type(model),
        to_object_id__in=[str(pk) for pk in ids],
    )
    return {int(pk) for pk in references.values_list("object_id", flat=True)}
