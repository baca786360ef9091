"""« Chemins possibles » says when a question appears in the words of the questionnaire."""

import html
import json
import re

import pytest

from resources.reports.admin.screens import address
from resources.reports.questionnaire import exchange
from tests import campaigns

pytestmark = pytest.mark.usefixtures("site")
CHANGED = "« Avez-vous changé d’horaire par rapport à l’an dernier ? »"
ROOM = "« Où s’est tenue l’AG ? »"
WAYS = "« Par quels canaux avez-vous invité les associés ? »"
COUNT = "« Combien d’associés ont participé cette année ? – Salariés, Présents »"
SAID = {
    "horaire_change": f"{CHANGED} : la réponse est oui",
    "horaire_change != yes": f"{CHANGED} : la réponse n’est pas oui",
    "not (mode_ag = distance)": (
        "« Comment s’est-elle tenue ? » : la réponse n’est pas “À distance”"
    ),
    "lieu = autre": f"{ROOM} : la réponse est autre",
    "not lieu is answered": f"{ROOM} n’a pas de réponse",
    "creneau in (matin, midi)": (
        "« À quel moment de la journée ? » : l’une de ces réponses : “Le matin”, “Le midi”"
    ),
    "canaux has sms": f"{WAYS} : “SMS” est coché",
    "not canaux has sms": f"{WAYS} : “SMS” n’est pas coché",
    "participation.salaries.presents < 100": f"{COUNT} : moins de 100",
    "horaire_change and (lieu is answered or canaux has sms)": (
        f"{CHANGED} : la réponse est oui et ({ROOM} a une réponse ou {WAYS} : “SMS” est coché)"
    ),
    "not (horaire_change and lieu is answered)": (
        f"pas ceci : ({CHANGED} : la réponse est oui et {ROOM} a une réponse)"
    ),
}


def words(response) -> str:
    """What the page says, with one kind of space."""
    text = re.sub(r"<[^>]+>", " ", html.unescape(response.content.decode()))
    return " ".join(text.split())


def test_every_condition_is_said_and_none_is_shown_as_it_is_typed(admin_client):
    data = json.loads(exchange.write(campaigns.default_questionnaire()))
    data["sections"][-1]["questions"] += [
        {
            "key": f"x{n}",
            "type": "statement",
            "label": {"fr": f"Point {n}.", "en": "x"},
            "when": when,
        }
        for n, when in enumerate(SAID)
    ]
    campaign = campaigns.campaign(exchange.read(json.dumps(data).encode()))
    page = words(admin_client.get(address("paths", campaign)))
    for number, (typed, said) in enumerate(SAID.items()):
        assert f"Point {number}. – affichée seulement si {said}" in page
        assert typed not in page
