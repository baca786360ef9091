from .alert import SearchAlert
from .base import RelatedResource, ResourcePage
from .document import DocumentPage
from .dossier import DossierPage
from .glossary import GlossaryTermPage
from .guide import GuidePage
from .journey import JourneyPage
from .kit import KitPage
from .kit_follower import KitFollower
from .kit_version import KitShelf, KitVersion
from .legal import LegalRecord
from .library import GlossaryIndexPage, LibraryPage, ResourceIndexPage
from .practice import PracticePage
from .report import ExperienceReportPage, ReportPractice
from .support import SupportRequest
from .taxonomy import Audience, Organisation, Theme
from .tool import ToolPage
from .video import VideoPage

__all__ = [
    "Audience",
    "DocumentPage",
    "DossierPage",
    "ExperienceReportPage",
    "GlossaryIndexPage",
    "GlossaryTermPage",
    "GuidePage",
    "JourneyPage",
    "KitFollower",
    "KitPage",
    "KitShelf",
    "KitVersion",
    "LegalRecord",
    "LibraryPage",
    "Organisation",
    "PracticePage",
    "RelatedResource",
    "ReportPractice",
    "ResourceIndexPage",
    "ResourcePage",
    "SearchAlert",
    "SupportRequest",
    "Theme",
    "ToolPage",
    "VideoPage",
]
