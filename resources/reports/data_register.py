"""The register of what campaigns keep, in plain words: a data file, and the times of each campaign."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from resources.reports.models import Campaign
from resources.reports.questionnaire.schema import Words

FILE: Final = Path(__file__).with_name("data_register.json")
PARTS: Final = ("what", "why", "basis", "who", "kept")


@dataclass(frozen=True)
class Entry:
    """One thing that is kept, in one language."""

    key: str
    what: str
    why: str
    basis: str
    who: str
    kept: str


def times_of(campaign: Campaign) -> dict[str, int]:
    """The times that the texts of the register name."""
    return {
        "drafts_days": campaign.drafts_kept_days,
        "contacts_months": campaign.contacts_kept_months,
        "refused_months": campaign.refused_kept_months,
    }


def entries(language: str, campaign: Campaign) -> Sequence[Entry]:
    """The register of a campaign."""
    times = times_of(campaign)
    return [
        Entry(data["key"], *(Words(**data[part]).in_(language).format(**times) for part in PARTS))
        for data in _data()
    ]


@cache
def _data() -> Sequence[Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))
