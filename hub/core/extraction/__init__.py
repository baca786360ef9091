"""The words of an uploaded file, with the page, slide or sheet where each stands."""

from hub.core.extraction.result import Extraction, PageText

__all__ = ["Extraction", "PageText"]
