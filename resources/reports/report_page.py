"""Writes the experience report of an answer: which field of the page says which answer."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from hub.core.visibility import visible
from resources.models import ExperienceReportPage, PracticePage, ReportPractice
from resources.reports.facts import facts_of
from resources.reports.models import Answer
from resources.reports.public_texts import PHOTO, SUMMARY, TITLE, PublicText, texts_of
from resources.vocabulary import Access, Consent

STORY: Final = {
    "ce_qui_a_marche": "worked",
    "ce_qui_a_moins_marche": "did_not_work",
    "conseil_a_un_pair": "advice",
    "objectifs": "plans",
}
MEETING: Final = {"day": "meeting_day", "slot": "meeting_slot", "venue": "venue"}
LONGEST_VENUE: Final = 120  # signs


def fill(page: ExperienceReportPage, answer: Answer, *, named: bool) -> None:
    """Write into the page, which is not saved, what the answer lets be read of it."""
    texts = texts_of(answer, named=named)
    by_key = {text.key: text.shown for text in texts}
    facts = facts_of(answer, named=named)
    page.title, page.summary = by_key[TITLE], by_key[SUMMARY]
    page.consent = Consent.NAMED if named else Consent.ANONYMISED
    page.access = Access.PUBLIC
    page.organisation = answer.organisation if named else None
    page.is_example = _is_example(answer)
    page.year = answer.campaign.season
    page.language = "" if answer.language == "fr" else answer.language
    page.updated_on = timezone.localdate()
    page.facts = facts
    for facet, name in MEETING.items():
        setattr(page, name, _words_of(facts, facet))
    page.venue = (by_key.get("lieu.autre") or page.venue)[:LONGEST_VENUE]
    for key, name in STORY.items():
        setattr(page, name, paragraphs(by_key.get(key, "")))
    page.tried = _told(texts)
    _link(page, facts)


def _is_example(answer: Answer) -> bool:
    organisation = answer.organisation
    return answer.campaign.is_example or bool(organisation and organisation.is_example)


def _words_of(facts: Iterable[dict[str, Any]], facet: str) -> str:
    values = next((fact["values"] for fact in facts if fact["facet"] == facet), [])
    return ", ".join(value["fr"] for value in values)[:60]


def paragraphs(text: str) -> str:
    """Plain text as rich text: nothing that somebody typed is markup."""
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    lines = ((_lines(part),) for part in parts)
    return str(format_html_join("", "<p>{}</p>", lines))


def _lines(text: str) -> str:
    return format_html_join(mark_safe("<br/>"), "{}", ((line,) for line in text.split("\n")))


def _told(texts: Iterable[PublicText]) -> str:
    """What else was written, each text under its question."""
    apart = {TITLE, SUMMARY, "lieu.autre", *STORY}
    return "".join(
        str(format_html("<p><b>{}</b></p>", text.label)) + paragraphs(text.shown)
        for text in texts
        if text.shown.strip() and text.key not in apart and not text.key.startswith(PHOTO)
    )


def _link(page: ExperienceReportPage, facts: Iterable[dict[str, Any]]) -> None:
    """The practices that were tried, and what they are filed under."""
    codes = [v["key"] for fact in facts if fact["facet"] == "practice" for v in fact["values"]]
    practices = PracticePage.objects.filter(code__in=codes, locale__language_code="fr")
    found = list(visible(practices).prefetch_related("themes").order_by("code"))
    page.practice_links.set([ReportPractice(practice=practice) for practice in found])
    page.steps = sorted({step for practice in found for step in practice.steps or []})
    page.themes = list({t.pk: t for practice in found for t in practice.themes.all()}.values())
