from .document import HubDocument
from .downloads import DownloadCount
from .first_page import FirstPage, first_page_of
from .image import HubImage, HubRendition
from .outbox import JobRun, OutboxItem
from .page import BasePage
from .reading import FileReading, ReadPage, pages_read
from .settings import FederationSettings, SeasonMoment
from .version import DocumentVersion

__all__ = [
    "BasePage",
    "DocumentVersion",
    "DownloadCount",
    "FederationSettings",
    "FileReading",
    "FirstPage",
    "HubDocument",
    "HubImage",
    "HubRendition",
    "JobRun",
    "OutboxItem",
    "ReadPage",
    "SeasonMoment",
    "first_page_of",
    "pages_read",
]
