"""What a reader wants to know before following a link to a file, in words of their language."""

from typing import Any

from django.utils.translation import get_language_info

from hub.core.languages import current_language
from hub.core.templatetags.formats import file_size, format_name, page_count


def facts_of(file: Any) -> list[str]:
    """Format, size, pages, language of a document or of one of its versions; what is not known is
    left out."""
    facts = [
        format_name(file.format),
        file_size(file.file_size),
        page_count(file.page_count),
        language_name(file.language),
    ]
    return [fact for fact in facts if fact]


def language_name(code: str) -> str:
    """The name of a language in that of the reader: « anglais », with a capital in English alone."""
    try:
        name = str(get_language_info(code)["name_translated"]) if code else ""
    except KeyError:
        return code
    return name if current_language() == "en" else name.lower()
