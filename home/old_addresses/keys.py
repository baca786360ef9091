"""The French pages by the key that content files, and lists of old addresses, know them under."""

from wagtail.models import Locale

from home.models import HomePage, LoadedItem
from resources.models import GlossaryIndexPage, ResourceIndexPage

HOME, GLOSSARY = "home", "glossaire"


def page_keys() -> dict[str, int]:
    """The home page and the lists, and every page that the content loader wrote: ``kits/ag``."""
    rows = LoadedItem.objects.filter(key__contains="/").exclude(key__contains=":")
    loaded = {key: int(pk) for key, pk in rows.values_list("key", "object_id") if pk.isdecimal()}
    return list_keys() | {key: pk for key, pk in loaded.items() if "." not in key}


def list_keys() -> dict[str, int]:
    """The home page, the glossary, and each list by its address: ``guides``."""
    french = Locale.objects.get(language_code="fr")
    lists = ResourceIndexPage.objects.filter(locale=french).values_list("slug", "pk")
    keys = dict(lists)
    for key, model in ((HOME, HomePage), (GLOSSARY, GlossaryIndexPage)):
        page = model.objects.filter(locale=french).first()
        if page is not None:
            keys[key] = page.pk
    return keys
