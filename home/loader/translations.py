"""Loads the English texts as real translations: a translator goes on from them in the admin."""

from django.utils.text import slugify
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from .ledger import Ledger
from .sources import ContentError, digest_of
from .writer import latest_revision

HOME_KEY, HOME_SLUG = "home.en", "home-en"


def write_translation(
    page: Page, english: Page, item_key: str, source_digest: str, ledger: Ledger
) -> None:
    """Translate ``page`` with the texts of ``english``, the same page filled in English.

    The two must be made alike, block for block: their texts are paired by their place.
    """
    locale = Locale.objects.get(language_code="en")

    def save() -> tuple[int, str]:
        source, _created = TranslationSource.update_or_create_from_instance(page)
        translation, _created = Translation.objects.get_or_create(
            source=source, target_locale=locale
        )
        texts = _texts(english, item_key)
        _store(source, locale, texts, item_key)
        translation.save_target(publish=True)
        target = page.get_translation(locale)
        return target.pk, latest_revision(str(target.pk)) or ""

    ledger.write(
        item_key, digest_of([source_digest, str(page.latest_revision_id)]), latest_revision, save
    )


def _texts(english: Page, item_key: str) -> dict[str, list[str]]:
    # The home page has its address from the site; renaming it would move every page below.
    english.slug = HOME_SLUG if item_key == HOME_KEY else slugify(english.title)
    texts: dict[str, list[str]] = {}
    for segment in extract_segments(english):
        if isinstance(segment, StringSegmentValue):
            texts.setdefault(segment.path, []).append(segment.string.data)
    return texts


def _store(
    source: TranslationSource, locale: Locale, texts: dict[str, list[str]], item_key: str
) -> None:
    taken = {path: iter(values) for path, values in texts.items()}
    segments = StringSegment.objects.filter(source=source).select_related("context", "string")
    for segment in segments.order_by("order"):
        text = next(taken.get(segment.context.path, iter(())), None)
        if text is None:
            path = segment.context.path
            raise ContentError(f"{item_key}: nothing translates {segment.string.data!r} ({path})")
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={
                "data": text,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
