"""What has been published of late that answers a search."""

from collections.abc import Collection
from datetime import datetime, timedelta

from resources.facets import Selection
from search.engines.base import SearchHit, SearchRequest, Sort
from search.ranking import Ranker
from search.service import candidates, search, understand

MOST_LOOKED_AT = 100
# A page that is published while one looks may carry the hour at which its publication began.
OVERLAP = timedelta(days=1)


def published_since(state: Selection, moment: datetime) -> list[SearchHit]:
    """The results published since the day before ``moment``, the latest first.

    Nothing for a state with a value that cannot be read: without it, it would find anything.
    """
    if state.problems:
        return []
    hits = search(
        SearchRequest(
            query=state.query,
            filters=state.engine_filters,
            locale=state.locale,
            sort=Sort.RECENT,
            limit=MOST_LOOKED_AT,
        )
    ).hits
    return [hit for hit in hits if hit.document.published_at > moment - OVERLAP]


def sure_among(state: Selection, page_ids: Collection[int]) -> set[int]:
    """Those that answer most of what is asked; a list also shows those that merely come near."""
    meaning = understand(state.query, state.locale)
    ranker = Ranker(meaning)
    if meaning.match(ranker.types).is_browse:
        return set(page_ids)
    ranked = ranker.rank(candidates(list(page_ids)))
    return {item.page_id for item in ranked if ranker.is_confident([item])}
