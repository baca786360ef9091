from .document import HubDocument
from .image import HubImage, HubRendition
from .page import BasePage
from .settings import FederationSettings, SeasonMoment

__all__ = [
    "BasePage",
    "FederationSettings",
    "HubDocument",
    "HubImage",
    "HubRendition",
    "SeasonMoment",
]
