from .answers import Answer, Attachment, ConsentRecord, UploadDay
from .campaign import Campaign, CampaignLanguage, Phase, Wording
from .mails import PlannedMail, SentMail
from .open_requests import OpenRequest
from .participants import AccessLink, Contact, Participant
from .records import DataAct
from .review import AppendOnlyError, Publication, ReviewEvent
from .synthesis import SynthesisPage

__all__ = [
    "AccessLink",
    "Answer",
    "AppendOnlyError",
    "Attachment",
    "Campaign",
    "CampaignLanguage",
    "ConsentRecord",
    "Contact",
    "DataAct",
    "OpenRequest",
    "Participant",
    "Phase",
    "PlannedMail",
    "Publication",
    "ReviewEvent",
    "SentMail",
    "SynthesisPage",
    "UploadDay",
    "Wording",
]
