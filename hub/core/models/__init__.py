from .document import HubDocument
from .downloads import DownloadCount
from .first_page import FirstPage, first_page_of
from .image import HubImage, HubRendition
from .link import BrokenLink, LinkProblem, MissedAddress
from .media import HubMedia
from .outbox import JobRun, OutboxItem
from .page import BasePage
from .reading import FileReading, ReadPage, pages_read
from .scan import FileScan, Verdict, mark_sendable, may_be_sent
from .settings import FederationSettings, SeasonMoment
from .version import DocumentVersion

__all__ = [
    "BasePage",
    "BrokenLink",
    "DocumentVersion",
    "DownloadCount",
    "FederationSettings",
    "FileReading",
    "FileScan",
    "FirstPage",
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
    "first_page_of",
    "mark_sendable",
    "may_be_sent",
    "pages_read",
]
