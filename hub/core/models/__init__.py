from .document import HubDocument
from .image import HubImage, HubRendition
from .media import HubMedia
from .outbox import JobRun, OutboxItem
from .page import BasePage
from .reading import FileReading, ReadPage, pages_read
from .settings import FederationSettings, SeasonMoment

__all__ = [
    "BasePage",
    "FederationSettings",
    "FileReading",
    "HubDocument",
    "HubImage",
    "HubMedia",
    "HubRendition",
    "JobRun",
    "OutboxItem",
    "ReadPage",
    "SeasonMoment",
    "pages_read",
]
