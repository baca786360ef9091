"""The languages that a resource or a file may be written in, and the one a page is read in."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class ContentLanguage(models.TextChoices):
    """Languages a resource may be written in, whatever the language of the page about it."""

    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    SPANISH = "es", _("Spanish")
    PORTUGUESE = "pt", _("Portuguese")
    TURKISH = "tr", _("Turkish")
    UKRAINIAN = "uk", _("Ukrainian")


def current_language() -> str:
    """The language of the page or message that is being made, in two letters; else the site's own."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def other_addresses(address: str, codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Where the page of ``address`` is read in the other languages of ``codes``, for the header."""
    own = current_language()
    return {code: {"url": translate_url(address, code)} for code in codes if code != own}
