"""The forms of the admin that change a row of a list without versions.

A view set takes ``RowEditView``, or a view made from it (``tests/admin/test_unseen_changes`` fails
otherwise).
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail.contrib.settings.views import EditView as WagtailSettingEditView
from wagtail.models import DraftStateMixin
from wagtail.snippets.views.snippets import CreateView, EditView

from hub.core import concurrent_edits
from hub.core.unseen_changes import SEEN, SeenField, parts, seal, sentence, tell, unseen

VERSIONS = ("loaded_revision_id", "overwrite_revision_id")


class TellsUnseenChanges:
    """For an edit view of Wagtail: see ``hub.core.unseen_changes``.

    Where a row has versions, ``hub.core.concurrent_edits`` compares these instead; this watches
    such a row until it has its first one. The row is read, compared and saved in one transaction.
    """

    object: Any
    request: HttpRequest
    produced_error_code: str
    produced_error_message: str | None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            rows = type(self.object)._base_manager.select_for_update()
            rows.filter(pk=self.object.pk).first()
            self.object = self.get_object()  # type: ignore[attr-defined]
            concurrent_edits.guard(request, self.object)
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        if self._has_no_versions():
            form.fields[SEEN] = SeenField()
            if not form.is_bound:
                form.initial[SEEN] = seal(parts(form))
        return form

    def _has_no_versions(self) -> bool:
        """Drafts have one as soon as they are saved in the admin."""
        has_one = getattr(self.object, "latest_revision_id", None) is not None
        return not has_one and not isinstance(self.object, DraftStateMixin)

    def is_valid(self, form: Any) -> bool:
        is_valid = super().is_valid(form)  # type: ignore[misc]
        if self._overwrites_unseen_changes(form):
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            is_valid = False
        if not is_valid and SEEN in form.fields:
            form.data = form.data.copy()
            form.data[SEEN] = seal(parts(form))
        return bool(is_valid)

    def _overwrites_unseen_changes(self, form: Any) -> bool:
        """Whether what is sent would; the form then says what, and who stored it."""
        sent = self.request.POST
        sealed = sent.get(SEEN)
        if not sealed or not form.is_bound or any(sent.get(name) for name in VERSIONS):
            return False
        found = unseen(parts(form), sealed)
        if found:
            form.add_error(None, sentence(self.object, sealed))
            tell(found)
        return bool(found)


class SavedByHand:
    """No save by itself while one types: a row without drafts is what readers see.

    Nor may a save by itself overtake somebody who reads what another stored, or make its person,
    when it is under way as the button is pressed, somebody else who has changed the row meanwhile.
    """

    autosave_enabled: bool

    def setup(self, *args: Any, **kwargs: Any) -> None:
        super().setup(*args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False


class RowAddView(SavedByHand, CreateView):
    """The form of a new row of any list of snippets."""


class RowEditView(SavedByHand, TellsUnseenChanges, EditView):
    """The form of a row of any list of snippets."""


class SettingEditView(TellsUnseenChanges, WagtailSettingEditView):
    """The form of a setting, at the address of Wagtail's own."""


def urls() -> list[URLPattern]:
    one = "settings/<slug:app_name>/<slug:model_name>/<int:pk>/"
    return [path(one, SettingEditView.as_view())]
