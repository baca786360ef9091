from .document import HubDocument
from .image import HubImage, HubRendition
from .link import BrokenLink, LinkProblem, MissedAddress
from .media import HubMedia
from .outbox import JobRun, OutboxItem
from .page import BasePage
from .reading import FileReading, ReadPage, pages_read
from .scan import FileScan, Verdict, mark_sendable, may_be_sent
from .settings import FederationSettings, SeasonMoment

__all__ = [
    "BasePage",
    "BrokenLink",
    "FederationSettings",
    "FileReading",
    "FileScan",
    "HubDocument",
    "HubImage",
    "HubMedia",
    "HubRendition",
    "JobRun",
    "LinkProblem",
    "MissedAddress",
    "OutboxItem",
    "ReadPage",
    "SeasonMoment",
    "Verdict",
    "mark_sendable",
    "may_be_sent",
    "pages_read",
]
