"""A new season: last year's campaign again, with its keys, as a draft."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from resources.reports.models import Campaign, PlannedMail

# What belongs to one season and is not taken along.
OF_ITS_SEASON = frozenset({
    "id", "title_fr", "title_en", "slug", "season", "opens_at", "closes_at", "created_at", "live",
    "evening_opens_at",
    "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision",
    "latest_revision", "go_live_at", "expire_at", "expired", "synthesis_on", "intro_fr",
    "intro_en", "thanks_fr", "thanks_en", "is_example",
})  # fmt: skip
OF_ITS_MAIL = frozenset({"id", "campaign", "due_at", "subject_fr", "subject_en"})
DATED_TEXTS = ("intro_fr", "intro_en", "thanks_fr", "thanks_en")


def a_year_later(moment: datetime) -> datetime:
    """The same day and hour in Paris next year; the 28th for a 29 February."""
    local = timezone.localtime(moment)
    day = 28 if (local.month, local.day) == (2, 29) else local.day
    naive = local.replace(year=local.year + 1, day=day, tzinfo=None)
    return timezone.make_aware(naive)


def next_year_in(text: str, season: int) -> str:
    """The text with the year of the season, and the one after, each a year later."""
    years = {str(season): str(season + 1), str(season + 1): str(season + 2)}
    return re.sub(r"\d{4}", lambda year: years.get(year[0], year[0]), text)


def next_title(title: str, season: int) -> str:
    if not title:
        return ""
    named = next_year_in(title, season)
    return named if named != title else f"{title} {season + 1}"[:120]


def names_of(season: int) -> dict[str, str]:
    """What a campaign is called unless its editor says otherwise."""
    return {
        "title_fr": f"Retours AG {season}",
        "title_en": f"AGM reports {season}",
        "slug": f"retours-ag-{season}",
    }


def words_of(last: Campaign) -> dict[str, str]:
    """The names and texts that the next season follows: those of an invented one say that it is."""
    names = names_of(last.season)
    if last.is_example:
        return names | dict.fromkeys(DATED_TEXTS, "")
    return {name: getattr(last, name) for name in (*names, *DATED_TEXTS)}


def next_slug(slug: str, season: int) -> str:
    """An address that is free."""
    base = next_year_in(slug, season)
    if base == slug:
        base = f"{slug[:55]}-{season + 1}"
    taken = set(Campaign.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    free = (base, *(f"{base[:57]}-{number}" for number in range(2, 100)))
    return next(slug for slug in free if slug not in taken)


@transaction.atomic
def new_season(last: Campaign, user: Any = None) -> Campaign:
    """A draft of the season after ``last``: its questions, keys, texts, limits and mails."""
    kept = {
        field.name: getattr(last, field.name)
        for field in Campaign._meta.concrete_fields
        if field.name not in OF_ITS_SEASON
    }
    words = words_of(last)
    texts = {name: next_year_in(words[name], last.season) for name in DATED_TEXTS}
    made = Campaign(
        **kept,
        **texts,
        title_fr=next_title(words["title_fr"], last.season),
        title_en=next_title(words["title_en"], last.season),
        slug=next_slug(words["slug"], last.season),
        season=last.season + 1,
        opens_at=a_year_later(last.opens_at),
        closes_at=a_year_later(last.closes_at),
        evening_opens_at=last.evening_opens_at and a_year_later(last.evening_opens_at),
        live=False,
        has_unpublished_changes=True,
    )
    made.mails = [_mail(mail, last.season) for mail in last.mails.all()]
    made.full_clean()
    made.save()
    made.save_revision(user=user)
    log(instance=made, action="wagtail.create", user=user)
    return made


def _mail(mail: PlannedMail, season: int) -> PlannedMail:
    kept = {
        field.name: getattr(mail, field.name)
        for field in PlannedMail._meta.concrete_fields
        if field.name not in OF_ITS_MAIL
    }
    kept |= {name: next_year_in(kept[name], season) for name in ("body_fr", "body_en")}
    subjects = {
        name: next_year_in(getattr(mail, name), season) for name in ("subject_fr", "subject_en")
    }
    return PlannedMail(**kept, **subjects, due_at=a_year_later(mail.due_at))
