"""The words of an uploaded file, with the page, slide or sheet where each stands.

``extract`` is the only door. The file is read by a child process that has nothing to lose; no
Django here, so that the child starts in a few hundredths of a second.
"""

from hub.core.extraction.result import Extraction, PageText
from hub.core.extraction.supervisor import extract

__all__ = ["Extraction", "PageText", "extract"]
