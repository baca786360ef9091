"""The names that must not stand in a text without names: read from what the hub knows."""

from resources.models import Organisation
from resources.reports.anonymising import Known
from resources.reports.models import Answer, Contact
from resources.reports.public_texts import COOP_NAME

SHORTEST = 3  # signs of a part of a name


def known_names(answer: Answer) -> Known:
    """Two queries, whatever the number of co-ops."""
    mine = answer.organisation
    typed = [
        str(answer.values.get(question.key) or "")
        for question in answer.campaign.shape
        if question.prefill == COOP_NAME
    ]
    own = dict.fromkeys(filter(None, [mine.name if mine else "", answer.coop_name, *typed]))
    others = Organisation.objects.exclude(activity=Organisation.Activity.FEDERATION)
    names = [name for name in others.values_list("name", flat=True) if name not in own]
    return Known(
        own=list(own),
        towns=[mine.town] if mine and mine.town else [],
        regions=[mine.region] if mine and mine.region else [],
        people=_people(answer),
        others=names,
    )


def _people(answer: Answer) -> list[str]:
    """The contacts of the co-op, whole, then by each part of their names."""
    if not answer.participant_id:
        return []
    rows = Contact.objects.filter(participant=answer.participant_id)
    whole = [name for name in rows.values_list("name", flat=True) if name]
    parts = [part for name in whole for part in name.split() if len(part) >= SHORTEST]
    return list(dict.fromkeys([*whole, *parts]))
