"""What may be quoted of an answer, under which name, now: asked again whenever a page is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from resources.reports import sharing
from resources.reports.models.answers import Answer
from resources.reports.models.campaign import Campaign
from resources.reports.questionnaire.schema import LONG_TEXT, PUBLIC
from resources.reports.questionnaire.visibility import answers as visible

SHORTEST, LONGEST = 40, 280  # signs
CUT: Final = "[…]"


@dataclass(frozen=True)
class Quotable:
    """The words of one answer that may be quoted, by the key of the question."""

    key: str  # of the answer
    name: str  # of the co-op; empty when it is not to be named
    texts: Mapping[str, str]

    def says(self, question: str, quoted: str) -> bool:
        """Whether a quote is still what was said, but for what was cut and marked so."""
        text, place = _plain(self.texts.get(question, "")), 0
        for piece in quoted.split(CUT):
            found = text.find(_plain(piece), place)
            if found < 0:
                return False
            place = found + len(_plain(piece))
        return bool(quoted.replace(CUT, "").strip())


def quotable(campaign: Campaign, keys: Iterable[str] | None = None) -> dict[str, Quotable]:
    """What the answers of a campaign let others read, by the key of the answer. One query."""
    rows = Answer.objects.sent().filter(campaign=campaign, state__in=sharing.READ)
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    rows = rows.select_related("organisation", "publication__accepted_by").order_by("pk")
    found = (_quotable(campaign, row) for row in rows)
    return {one.key: one for one in found if one}


def _quotable(campaign: Campaign, answer: Answer) -> Quotable | None:
    answer.campaign = campaign
    told = sharing.told(answer)
    if told is None:
        return None
    values = visible(campaign.shape, answer.values)
    texts = {
        question.key: sharing.words(
            answer.public_texts, question.key, str(values[question.key]), named=told.named
        )
        for question in campaign.shape
        if question.type == LONG_TEXT and question.publish == PUBLIC and question.key in values
    }
    return Quotable(str(answer.key), told.name, texts)


def excerpt(text: str) -> str:
    """The beginning of a text, cut after a sentence, short enough to be read at a glance."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    end = max(text.rfind(sign, 0, LONGEST) for sign in (". ", "! ", "? ", "… "))
    return f"{text[: end + 1]} {CUT}" if end > SHORTEST else ""


def _plain(text: str) -> str:
    return " ".join(text.split())
