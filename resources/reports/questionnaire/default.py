"""The questionnaire that the project ships: « Retours AG 2025 », French and English. Pure."""

from pathlib import Path
from typing import Final

from resources.reports.questionnaire import exchange
from resources.reports.questionnaire.schema import Questionnaire

FILE: Final = Path(__file__).with_name("retours-ag.json")
FIRST_SEASON: Final = 2025


def default_questionnaire() -> Questionnaire:
    return exchange.read(FILE.read_bytes())
