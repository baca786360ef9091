"""What an answer leaves in the parts of the platform: pages, pictures, translations, logs."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision
from wagtail_localize.models import (
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    TranslationSource,
)

from hub.core.models import HubDocument, HubImage
from resources.models import ExperienceReportPage
from resources.reports.models import Answer
from resources.selection import download
from resources.vocabulary import Access, Consent

# What of a report tells its answer, or was written about it.
EMPTIED: Final = (
    "seo_title", "search_description", "context", "tried", "worked", "did_not_work", "advice", "plans",
    "meeting_day", "meeting_slot", "venue", "facts", "body",
)  # fmt: skip


def forget_lists() -> None:
    """Drop the zips of the lists of readers, which name pages by their titles: they are made again."""
    for path in download.folder().glob("*.zip"):
        path.unlink(missing_ok=True)


def erase_page(page: Page) -> None:
    """Delete a page and its translations, with their history and whatever names them."""
    transaction.on_commit(forget_lists)
    every = [*page.get_translations(inclusive=True)]
    pks = [each.pk for each in every]
    _erase_translated_words(page)
    for each in every:
        each.delete()
    # Last: a page that is deleted writes its title in the log once more.
    PageLogEntry.objects.filter(page__in=pks).delete()


def empty_page(page: ExperienceReportPage) -> None:
    """Leave of a page its place in the tree and a title that names nobody, and no history.

    Its translations are emptied as well: what was written there came from it.
    """
    transaction.on_commit(forget_lists)
    _erase_translated_words(page)
    for each in page.get_translations(inclusive=True):
        with override(each.locale.language_code):
            each.title = each.draft_title = each.summary = _("Report taken back")
        for name in EMPTIED:
            setattr(each, name, each._meta.get_field(name).get_default())
        if each.pk != page.pk:
            each.slug = f"{page.slug}-{each.pk}"  # a translator's own may say a name
        each.organisation = each.cover = None
        each.consent, each.access = Consent.FEDERATION, Access.FEDERATION
        each.save()
        each.wagtail_admin_comments.all().delete()
        kept = each.save_revision()
        Revision.page_revisions.filter(object_id=str(each.pk)).exclude(pk=kept.pk).delete()
        PageLogEntry.objects.filter(page=each.pk).update(label=each.title, data={})


def _erase_translated_words(page: Page) -> None:
    """The sentences that were sent to translation, but those that other pages hold as well."""
    key = page.translation_key
    segments = StringSegment.objects.filter(source__object__translation_key=key)
    strings = set(segments.values_list("string", flat=True))
    TranslationSource.objects.filter(object__translation_key=key).delete()
    for words in (StringTranslation, SegmentOverride):
        words.objects.filter(context__object__translation_key=key).delete()
    used = set(StringSegment.objects.filter(string__in=strings).values_list("string", flat=True))
    String.objects.filter(pk__in=strings - used).delete()


def erase_copies(answer: Answer) -> None:
    """Delete the pictures and documents of the library that have the bytes of a file of the answer."""
    hashes = [digest for digest in answer.attachments.values_list("file_hash", flat=True) if digest]
    for model in (HubImage, HubDocument):
        copies = list(model.objects.filter(file_hash__in=hashes))
        erase_traces(copies)
        for copy in copies:
            copy.delete()


def erase_traces(objects: Iterable[Model]) -> None:
    """Delete what the logs of the administration and the revisions say of these objects."""
    found = sorted(objects, key=_name)
    for _key, same in groupby(found, key=_name):
        several = list(same)
        about: dict[str, Any] = {"object_id__in": [str(each.pk) for each in several]}
        kind = ContentType.objects.get_for_model(several[0])
        ModelLogEntry.objects.filter(content_type=kind, **about).delete()
        Revision.objects.filter(content_type=kind, **about).delete()


def _name(instance: Model) -> str:
    return instance._meta.label_lower
