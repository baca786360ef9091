"""What of an answer may ever be read by everybody, and in which words. Nothing here publishes it.

Only the questions that are published one by one count, and of them only what the person saw. A
question that the co-op opens itself (« KEY_publication » answered « publier », « KEY_publier »
answered yes) counts as one of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from resources.reports import consents, sharing
from resources.reports.models import Answer
from resources.reports.questionnaire import schema, visibility
from resources.reports.questionnaire.schema import OTHER, Question
from resources.reports.turnout import is_turnout, told_rows

TITLE, SUMMARY = "@title", "@summary"
PHOTO: Final = "@photo."
OPENED: Final = {"publication": "publier", "publier": True}
COOP_NAME: Final = "organisation.name"  # the question that this fills is the name itself
LONGEST: Final = {TITLE: 120, SUMMARY: 300}
LONGEST_PHOTO: Final = 250
# With the form and the size of a co-op, these would tell which one it is.
TELLING: Final = frozenset({"region"})
TELLING_TYPES: Final = frozenset({schema.DATE})


@dataclass(frozen=True, slots=True)
class PublicText:
    """One text of the page: as it was answered, and as it is read (``shown``)."""

    key: str
    label: str
    original: str
    shown: str
    most: int  # signs
    is_long: bool = False


def public_questions(answer: Answer) -> Iterator[tuple[Question, Any]]:
    """The visible questions that may be read by everybody, with what was answered to each."""
    shape = answer.campaign.shape
    given = visibility.answers(shape, answer.values)
    for question in visibility.shown(shape, answer.values):
        opened = any(
            _said(given.get(f"{question.key}_{end}")) == word for end, word in OPENED.items()
        )
        if question.key in given and (question.publish == schema.PUBLIC or opened):
            yield question, given[question.key]


def _said(value: Any) -> Any:
    chosen = value.get("chosen") if isinstance(value, Mapping) else None
    return chosen[0] if chosen else value


def texts_of(answer: Answer, *, named: bool) -> list[PublicText]:
    """Every text of the page in its order, the title and the summary first.

    Without names, a text that no moderator has read shows nothing.
    """
    kept = answer.public_texts
    with override("fr"):
        head = (
            (TITLE, _("Title"), title_of(answer, named=named)),
            (SUMMARY, _("Summary"), summary_of(answer)),
        )
        found = [
            PublicText(key, label, "", kept.get(key) or words, LONGEST[key], key == SUMMARY)
            for key, label, words in head
        ]
        for question, value in public_questions(answer):
            for key, label, original in _written(question, value):
                shown = sharing.words(kept, key, original, named=named)
                most = max(question.max_length or 0, 2 * len(original), 400)
                found.append(PublicText(key, label, original, shown, most, len(original) > 120))
        for photo in photos_of(answer, named=named):
            key, words = f"{PHOTO}{photo.key}", _("Photo of the meeting, given by the co-operative")
            label = _("Description of the photo %(name)s") % {"name": photo.original_name}
            found.append(PublicText(key, label, "", kept.get(key) or words, LONGEST_PHOTO))
    return found


def _written(question: Question, value: Any) -> Iterator[tuple[str, str, str]]:
    """What somebody wrote in the answer to one question: its key, its label, its words."""
    label = question.label.fr
    if question.type in (schema.TEXT, schema.LONG_TEXT) and question.prefill != COOP_NAME:
        yield question.key, label, str(value)
    elif question.type in (schema.CHOICE, schema.CHOICES) and value.get("other"):
        yield f"{question.key}.{OTHER}", f"{label} ({_('other')})", str(value["other"])
    elif question.type == schema.PRACTICES:
        for code, told in value.items():
            if told.get("more"):
                yield f"{question.key}.{code}", f"{label} ({code})", str(told["more"])


def values_of(answer: Answer, *, named: bool) -> dict[str, Any]:
    """The public answers as values, their texts as others read them; uploads are left out.

    Without names, whatever the page leaves out is left out here as well.
    """
    found = {}
    for question, value in public_questions(answer):
        if question.is_upload or (not named and tells_who(question)):
            continue
        if is_turnout(question):
            told = {} if not named else told_rows(value, answer.campaign.smallest_cell)
            found |= {question.key: told} if told else {}
            continue
        read = {
            key: sharing.words(answer.public_texts, key, original, named=named)
            for key, _label, original in _written(question, value)
        }
        found[question.key] = _reworded(question, value, read)
    return {key: value for key, value in found.items() if value not in ("", None)}


def tells_who(question: Question) -> bool:
    """Whether an answer without names would tell by this question whose it is."""
    return (
        question.prefill == COOP_NAME or question.key in TELLING or question.type in TELLING_TYPES
    )


def _reworded(question: Question, value: Any, read: Mapping[str, str]) -> Any:
    """The value with these words in the places that ``_written`` finds; an empty one is left out."""
    match question.type:
        case schema.TEXT | schema.LONG_TEXT:
            return read.get(question.key, value)
        case schema.CHOICE | schema.CHOICES:
            other = read.get(f"{question.key}.{OTHER}")
            return {k: v for k, v in value.items() if k != "other"} | (
                {"other": other} if other else {}
            )
        case schema.PRACTICES:
            return {
                code: {k: v for k, v in said.items() if k != "more"}
                | ({"more": more} if (more := read.get(f"{question.key}.{code}")) else {})
                for code, said in value.items()
            }
    return value


def photos_of(answer: Answer, *, named: bool) -> list[Any]:
    """The photos that may be shown: never on a page without names, a place is recognised."""
    if not named or not consents.images_allowed(answer):
        return []
    kinds = {q.key for q, _value in public_questions(answer) if q.type == schema.PHOTO}
    return list(answer.attachments.filter(question_key__in=kinds))


def title_of(answer: Answer, *, named: bool) -> str:
    coop = answer.shown_name if named else _("A co-operative")
    return _("%(coop)s: its general meeting of %(season)s") % {
        "coop": coop,
        "season": answer.campaign.season,
    }


def summary_of(answer: Answer) -> str:
    """A sentence made of what was chosen: nobody's words, so nobody's name."""
    told = []
    for question, value in public_questions(answer):
        if question.key in ("mode_ag", "jour", "creneau", "lieu"):
            told += [question.option_label(k, "fr") for k in value["chosen"] if k != OTHER]
    told = [label[:1].lower() + label[1:] for label in told]
    begin = _("What a co-operative tells of its general meeting of %(season)s")
    begin %= {"season": answer.campaign.season}
    return (f"{begin} ({', '.join(told)})" if told else begin)[:299].rstrip(" .") + "."
