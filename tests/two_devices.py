"""Two devices that save the same section at the same moment, on whatever database is connected."""

import random
from typing import Any

from resources.reports import drafts
from resources.reports.models import Answer
from resources.reports.questionnaire.merging import Typed, digests
from resources.reports.questionnaire.schema import Section
from resources.reports.working import working
from tests.answering import together

KEYS = ("ce_qui_a_marche", "ce_qui_a_moins_marche", "conseil_a_un_pair")
# What has to be answered before a sending.
REQUIRED = {
    "date_ag": "2026-05-14",
    "type_ag": {"chosen": ["ago"]},
    "mode_ag": {"chosen": ["presentiel"]},
    "consent_niveau": "anonyme",
}


def raced(draft: Answer, races: int) -> tuple[int, int]:
    """So many races; return how many signs were lost, and how many texts met another one.

    What each of both wrote is kept, or comes back to whoever was second, with the other text.
    """
    chance, section = random.Random(7), draft.campaign.shape.section("recit")
    lost = conflicts = 0
    for number in range(races):
        page, seen = shown(draft, section)
        both = [
            {f"q-{key}": f"{key} {number} {n} é" for key in chance.sample(KEYS, 2)} for n in (0, 1)
        ]

        def save(n: int, page: Any = page, seen: Any = seen, both: Any = both) -> drafts.Saved:
            posted = Typed(page | {name: [text] for name, text in both[n].items()})
            return drafts.save(draft, section, posted, seen)

        saved = together(save, 2, threads=2)
        kept = Answer.objects.get(pk=draft.pk).values.values()
        for wrote, one in zip(both, saved, strict=True):
            back = [text for c in one.conflicts for texts in c.mine.values() for text in texts]
            lost += sum(len(text) for text in wrote.values() if text not in [*kept, *back])
            conflicts += len(one.conflicts)
    return lost, conflicts


def shown(draft: Answer, section: Section) -> tuple[Typed, dict[str, str]]:
    """The fields of a page and the digests that it carries."""
    held, page = working(Answer.objects.get(pk=draft.pk)), Typed()
    seen: dict[str, str] = {}
    for question in section.questions:
        page |= held.fields_of(question)
        seen |= digests(question, held.fields_of(question))
    return page, seen
