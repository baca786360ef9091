"""What may be quoted of an answer, under which name, now: asked again whenever a page is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from resources.reports.models.answers import Answer
from resources.reports.models.campaign import Campaign
from resources.reports.questionnaire.agreement import LEVEL, NAMED, UNNAMED
from resources.reports.questionnaire.schema import LONG_TEXT, PUBLIC, Questionnaire
from resources.reports.questionnaire.visibility import answers as visible

State = Answer.State
READY: Final = (State.ACCEPTED, State.ANONYMISED, State.PUBLISHED)
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
    rows = Answer.objects.counted().filter(campaign=campaign, state__in=READY)
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    rows = rows.select_related("organisation", "publication__accepted_by").order_by("pk")
    found = (_quotable(campaign.shape, row) for row in rows)
    return {one.key: one for one in found if one}


def _quotable(shape: Questionnaire, answer: Answer) -> Quotable | None:
    values = visible(shape, answer.values)
    level = values.get(LEVEL)
    unnamed = _was_anonymised(answer)
    if level not in (NAMED, UNNAMED) or (level == UNNAMED and not unnamed):
        return None
    texts = {
        question.key: str(answer.public_texts.get(question.key, values[question.key]))
        for question in shape
        if question.type == LONG_TEXT and question.publish == PUBLIC and question.key in values
    }
    coop = answer.organisation
    may_be_named = level == NAMED and not unnamed and coop and coop.may_be_named
    return Quotable(str(answer.key), coop.name if coop and may_be_named else "", texts)


def _was_anonymised(answer: Answer) -> bool:
    """Accepted without names, now or for the page that is out; corrected texts alone say nothing."""
    publication: Any = getattr(answer, "publication", None)
    accepted = publication.accepted_by.after if publication else answer.state
    return State.ANONYMISED in (accepted, answer.state)


def excerpt(text: str) -> str:
    """The beginning of a text, cut after a sentence, short enough to be read at a glance."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    end = max(text.rfind(sign, 0, LONGEST) for sign in (". ", "! ", "? ", "… "))
    return f"{text[: end + 1]} {CUT}" if end > SHORTEST else ""


def _plain(text: str) -> str:
    return " ".join(text.split())
