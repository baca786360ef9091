"""What the lists of the admin share, whoever owns the rows."""

from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from hub.core.row_edits import RowAddView, RowEditView
from hub.core.spreadsheets import InertCells


class InertIndexView(InertCells, IndexView):
    """A list whose exports hold no formula."""


class HubSnippetViewSet(SnippetViewSet):
    index_view_class = InertIndexView
    add_view_class = RowAddView
    edit_view_class = RowEditView
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50


class UnchosenViewSet(HubSnippetViewSet):
    """Rows that no page chooses: a chooser would show them to every editor."""

    def register_chooser_viewset(self) -> None:
        """Nothing to register."""
