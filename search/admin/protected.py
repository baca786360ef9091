"""Words that the search never takes for typing mistakes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hub.core.snippets import UnchosenViewSet
from search.models import ProtectedWord


class ProtectedWordViewSet(UnchosenViewSet):
    model = ProtectedWord
    icon = "lock"
    menu_label = _("Words never corrected")
    list_display = ("word",)
    list_export = ("word",)
    search_fields = ("word",)
