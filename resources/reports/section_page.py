"""One section of an answer as its page shows it, and what its page sends back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from resources.reports import pending_texts
from resources.reports.asking import Asked
from resources.reports.controls import practice_titles
from resources.reports.drafts import Page
from resources.reports.models import Answer
from resources.reports.questionnaire import schema, visibility
from resources.reports.questionnaire.merging import Conflict, Typed, digests, names_of
from resources.reports.questionnaire.schema import Question, Section
from resources.reports.working import Working, warnings_of

MOST_SEEN: Final = 100_000  # signs
MINE, THEIRS, BOTH = "mine", "theirs", "both"
THEIR_PREFIX: Final = "theirs-"
BOTH_TEXTS: Final = "deux-textes"  # in the address of a page that shows the texts that wait
TEXTS: Final = (schema.TEXT, schema.LONG_TEXT)


@dataclass(frozen=True)
class Steps:
    """Where a section stands among those that this person sees."""

    sections: Sequence[Section]
    number: int  # from 1

    @property
    def total(self) -> int:
        return len(self.sections)

    @property
    def before(self) -> Section | None:
        return self.sections[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> Section | None:
        return self.sections[self.number] if self.number < self.total else None


def steps_of(answer: Answer, held: Working, key: str) -> Steps | None:
    """None for a section that is not there, or that these answers hide."""
    shown = visibility.shown_sections(answer.campaign.shape, held.values)
    sections = [section for section, _questions in shown]
    keys = [section.key for section in sections]
    return Steps(sections, keys.index(key) + 1) if key in keys else None


def asked_in(answer: Answer, held: Working, section: Section, language: str) -> list[Asked]:
    """Every question of a section, those that are hidden now too: the page shows them at once."""
    shape = answer.campaign.shape
    visible = {question.key for question in visibility.shown(shape, held.values)}
    seen = visibility.answers(shape, held.values)
    keys = shape.questions.keys()
    extras = _extras(answer, section.questions, language)
    return [
        Asked(
            question,
            language,
            fields=held.fields_of(question),
            errors=held.errors_of(question),
            warnings=warnings_of(question, seen, held, keys) if question.key in visible else (),
            is_prefilled=question.key in held.prefilled,
            is_hidden=question.key not in visible,
            **extras.get(question.key, {}),
        )
        for question in section.questions
    ]


def _extras(
    answer: Answer, questions: Sequence[Question], language: str
) -> dict[str, dict[str, Any]]:
    """What some types need from the database."""
    found: dict[str, dict[str, Any]] = {}
    files: dict[str, list[Any]] = {}
    if any(question.is_upload for question in questions):
        for file in answer.attachments.all():
            files.setdefault(file.question_key, []).append(file)
    for question in questions:
        if question.is_upload:
            found[question.key] = {"uploads": files.get(question.key, ()), "can_upload": True}
        elif question.type == schema.PRACTICES:
            found[question.key] = {"practices": practice_titles(language)}
    return found


def seen_words(held: Working, questions: Sequence[Question]) -> str:
    """What a page shows, as its hidden field carries it."""
    found: dict[str, str] = {}
    for question in questions:
        found |= digests(question, held.fields_of(question))
    return json.dumps(found, separators=(",", ":"))


def seen_in(posted: Any) -> dict[str, str]:
    """The digests that a page sends back; what is no digest was not seen."""
    text = str(posted.get("seen", ""))
    try:
        found = json.loads(text) if len(text) <= MOST_SEEN else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: digest for name, digest in found.items() if isinstance(digest, str)}


def page_in(posted: Any) -> Page:
    """Which page saves, and which of the texts that waited it has chosen between."""
    settled = str(posted.get("settled", ""))[:MOST_SEEN]
    return Page(str(posted.get("page_name", "")), frozenset(settled.split()))


# -- Two texts for one answer ------------------------------------------------------------------------


@dataclass(frozen=True)
class TwoTexts:
    """One question that was changed on two devices: both ways of it, to choose from and to edit."""

    question: Question
    mine: Asked
    theirs: Asked

    @property
    def can_keep_both(self) -> bool:
        return self.question.type in TEXTS


def two_texts(
    answer: Answer, held: Working, conflicts: Sequence[Conflict], language: str
) -> list[TwoTexts]:
    questions = {conflict.question.key: conflict.question for conflict in conflicts}
    extras = _extras(answer, list(questions.values()), language)
    found = []
    for key, question in questions.items():
        theirs = held.fields_of(question)
        mine = Typed(theirs)
        for conflict in conflicts:
            if conflict.question.key == key:
                for name in (*conflict.theirs, *conflict.mine):
                    mine.pop(name, None)
                mine.update({name: list(texts) for name, texts in conflict.mine.items()})
        more = extras.get(key, {})
        found.append(
            TwoTexts(
                question,
                Asked(question, language, mine, **more),
                Asked(question, language, theirs, prefix=THEIR_PREFIX, **more),
            )
        )
    return found


def conflict_context(
    answer: Answer, held: Working, conflicts: Sequence[Conflict], language: str, page: str
) -> dict[str, Any]:
    """What the page with two texts shows and carries."""
    pairs = two_texts(answer, held, conflicts, language)
    return {
        "pairs": pairs,
        "seen": seen_words(held, [pair.question for pair in pairs]),
        "settled": " ".join(pending_texts.key_of(conflict) for conflict in conflicts),
        "page_name": page,
    }


def waiting_in(answer: Answer, held: Working, section: Section) -> list[Conflict]:
    """The texts of a section that met a newer one, and wait for somebody to choose."""
    return pending_texts.waiting(answer.pending, section.questions, held.fields_of)


def chosen_text(posted: Any, questions: Sequence[Question]) -> Any:
    """What a page with two texts sends back, as a plain page would have sent it."""
    picks: Mapping[str, str] = {q.key: str(posted.get(f"pick-{q.key}", "")) for q in questions}
    if not any(picks.values()):
        return posted
    found = Typed({name: posted.getlist(name) for q in questions for name in names_of(q)})
    for question in questions:
        for name in names_of(question):
            theirs = posted.getlist(f"{THEIR_PREFIX}{name}")
            if picks[question.key] == THEIRS:
                found[name] = theirs
            elif picks[question.key] == BOTH and any(theirs):
                joint = "\n\n" if question.type == schema.LONG_TEXT else " / "
                found[name] = [joint.join(text for text in (*found[name], *theirs) if text)]
    return found
