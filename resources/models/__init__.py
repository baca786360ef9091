from .alert import SearchAlert
from .base import RelatedResource, ResourcePage
from .caption import VideoCaption
from .document import DocumentPage
from .dossier import DossierPage
from .feedback import ReaderAnswer
from .glossary import GlossaryTermPage
from .guide import GuidePage
from .guide_pdf import GuidePdf
from .journey import JourneyPage
from .kit import KitPage
from .kit_follower import KitFollower
from .kit_version import KitShelf, KitVersion
from .legal import LegalRecord
from .library import GlossaryIndexPage, LibraryPage, ResourceIndexPage
from .practice import PracticePage
from .report import ExperienceReportPage, ReportPhoto, ReportPractice
from .review import ReviewNotice
from .sheet import GlossarySheet
from .support import SupportRequest
from .taxonomy import Audience, FactLabel, Organisation, Theme
from .term_use import TermUse
from .tool import ToolPage
from .video import VideoPage

__all__ = [
    "Audience",
    "DocumentPage",
    "DossierPage",
    "ExperienceReportPage",
    "FactLabel",
    "GlossaryIndexPage",
    "GlossarySheet",
    "GlossaryTermPage",
    "GuidePage",
    "GuidePdf",
    "JourneyPage",
    "KitFollower",
    "KitPage",
    "KitShelf",
    "KitVersion",
    "LegalRecord",
    "LibraryPage",
    "Organisation",
    "PracticePage",
    "ReaderAnswer",
    "RelatedResource",
    "ReportPhoto",
    "ReportPractice",
    "ResourceIndexPage",
    "ResourcePage",
    "ReviewNotice",
    "SearchAlert",
    "SupportRequest",
    "TermUse",
    "Theme",
    "ToolPage",
    "VideoCaption",
    "VideoPage",
]
