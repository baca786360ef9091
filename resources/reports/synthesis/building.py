"""Writes the pages of a synthesis: the first draft, and each build after it, in every language."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from hub.core.visibility import visible
from resources.models import ResourceIndexPage
from resources.reports.models import Campaign, SynthesisPage
from resources.reports.synthesis.drafting import draft
from resources.reports.synthesis.gathering import gather
from resources.reports.synthesis.merging import merge
from resources.reports.synthesis.parts import digest
from resources.reports.synthesis.quoting import quotable

SUMMARY = "summary"


class NothingToTellError(Exception):
    """Too few answers for any figure."""


@transaction.atomic
def build(campaign: Campaign, user: Any = None) -> list[SynthesisPage]:
    """Draft the synthesis of a campaign, or bring the figures of its drafts up to date.

    The French page comes first. What readers see changes when an editor publishes, not before.
    Raises NothingToTellError when the answers are fewer than the smallest figure that is told.
    """
    built = gather(campaign)
    if built["n"] < campaign.smallest_cell:
        raise NothingToTellError
    quotes = quotable(campaign)
    pages = []
    for page in _pages(campaign, user):
        language = page.locale.language_code
        parts = draft(built, campaign.shape, quotes, language)
        merged = merge(list(page.parts.raw_data), page.known, parts, page.proposals)
        _head(page, campaign, built, merged.known)
        page.parts = page._meta.get_field("parts").to_python(merged.blocks)
        page.built, page.known, page.proposals = built, merged.known, merged.proposals
        page.built_at = timezone.now()
        page.save_revision(user=user, changed=True)
        pages.append(page)
    return pages


def synthesis_of(campaign: Campaign) -> SynthesisPage | None:
    """The French page of a campaign, as its latest draft; None before the first."""
    page = campaign.syntheses.filter(locale__language_code="fr").first()
    return page.get_latest_revision_as_object() if page else None


def _pages(campaign: Campaign, user: Any) -> list[SynthesisPage]:
    """The page of each language of the campaign, made when it is not there."""
    french = campaign.syntheses.filter(locale__language_code="fr").first() or _made(campaign, user)
    pages = [french]
    if "en" in campaign.languages:
        english = Locale.objects.get(language_code="en")
        other = french.get_translation_or_none(english)
        if other is None:
            other = french.copy_for_translation(english, copy_parents=True)
            with override("en"):
                other.title = other.draft_title = _title(campaign)
                other.slug = slugify(other.title)
            other.known = {}
            other.save()
            other.save_revision(user=user)
        pages.append(SynthesisPage.objects.get(pk=other.pk))
    return [page.get_latest_revision_as_object() for page in pages]


def _made(campaign: Campaign, user: Any) -> SynthesisPage:
    with override("fr"):
        page = SynthesisPage(
            title=_title(campaign),
            summary=_title(campaign),
            campaign=campaign,
            year=campaign.season,
            owner=user,
            live=False,
        )
        index = ResourceIndexPage.objects.get(
            listed_type=SynthesisPage.resource_type, locale__language_code="fr"
        )
        index.add_child(instance=page)
        return page


def _title(campaign: Campaign) -> str:
    return _("Synthesis: %(campaign)s") % {"campaign": campaign.title}


def _head(
    page: SynthesisPage, campaign: Campaign, built: dict[str, Any], known: dict[str, str]
) -> None:
    """The summary follows the figures until an editor writes another one."""
    with override(page.locale.language_code):
        words = _(
            "What %(n)d co-operatives told of their general meeting in %(season)d: figures, tables"
            " and their own words, theme by theme."
        ) % {"n": built["n"], "season": built["season"]}
        if SUMMARY not in page.known or digest(page.summary) == page.known[SUMMARY]:
            page.summary = words
    known[SUMMARY] = digest(words)


def published_in(campaign: Campaign, language: str) -> SynthesisPage | None:
    """The page that readers of a language are sent to; None before it is out. One query."""
    pages = visible(campaign.syntheses.filter(locale__language_code__in=(language, "fr")))
    found = {page.locale.language_code: page for page in pages.select_related("locale")}
    return found.get(language) or found.get("fr")


def address_of(campaign: Campaign, language: str) -> str:
    """Where readers of a language find the synthesis, as a whole address; empty before it is out."""
    page = published_in(campaign, language)
    return (page.get_full_url() or "") if page else ""
