"""What stands in the search menu of the administration."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from search.admin.index_state import IndexScreens
from search.admin.promotions import PromotionViewSet
from search.admin.protected import ProtectedWordViewSet
from search.admin.searches import SearchesScreens
from search.admin.synonyms import SynonymViewSet
from search.admin.trying import TryScreens


class SearchMenu(SnippetViewSetGroup):
    items = (
        SearchesScreens,
        TryScreens,
        SynonymViewSet,
        PromotionViewSet,
        ProtectedWordViewSet,
        IndexScreens,
    )
    menu_label = pgettext_lazy("menu of the administration", "Search")
    menu_name = "search"
    menu_icon = "search"
    menu_order = 360
