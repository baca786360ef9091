from .document import HubDocument
from .image import HubImage, HubRendition
from .outbox import JobRun, OutboxItem
from .page import BasePage
from .settings import FederationSettings, SeasonMoment

__all__ = [
    "BasePage",
    "FederationSettings",
    "HubDocument",
    "HubImage",
    "HubRendition",
    "JobRun",
    "OutboxItem",
    "SeasonMoment",
]
