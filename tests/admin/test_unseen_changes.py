"""Two people on one row of a list without versions: the second is told, and loses nothing."""

import html
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import models
from django.http import QueryDict
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse
from wagtail.admin.views.generic import EditView
from wagtail.contrib.settings.registry import registry as setting_models
from wagtail.models import DraftStateMixin, Site
from wagtail.snippets.models import get_snippet_models
from wagtail.test.utils.form_data import querydict_from_html

from hub.core.models import FederationSettings, HubDocument, HubImage, SeasonMoment
from hub.core.row_edits import TellsUnseenChanges
from hub.core.unseen_changes import SALT, SEEN
from resources.models import (
    Audience,
    KitVersion,
    LegalRecord,
    Organisation,
    ReaderAnswer,
    SupportRequest,
    Theme,
)
from search.models import PromotedAnswer, ProtectedWord, Synonym
from tests.factories import resource

pytestmark = pytest.mark.usefixtures("site")
FORM = "w-editor-form"
OURS = ("hub.", "home", "resources", "search")
PAIRS = 200


class Row(NamedTuple):
    """How one is made, the field that both change, and what each writes there."""

    made: Callable[[], models.Model]
    field: str
    first: str
    second: str


def kit_version() -> KitVersion:
    kit = resource("kit", "Un kit")
    return KitVersion.objects.create(kit=kit, number=9, made_on=date(2026, 1, 5), size=1)


def request() -> SupportRequest:
    return SupportRequest.objects.create(
        coop="Les Toits Bleus", name="Une personne", email="a@example.org",
        message="Un mot", submission_key=uuid.uuid4(),
    )  # fmt: skip


def promoted() -> PromotedAnswer:
    return PromotedAnswer.objects.create(queries="quorum", page=Site.objects.get().root_page)


def legal() -> LegalRecord:
    """As the content that ships: no version yet."""
    return LegalRecord.objects.create(title="Délai", key="delai", value="15", source="La loi")


def moment() -> SeasonMoment:
    months = {"first_month": 1, "last_month": 2}
    return SeasonMoment.objects.create(**months, title_fr="Un moment", text_fr="x")


ROWS = {
    Theme: Row(lambda: Theme.objects.create(label_fr="Bois"), "label_fr", "Bois sec", "Bois vert"),
    Audience: Row(lambda: Audience.objects.create(label_fr="Élus"), "label_fr", "Élues", "Tous"),
    Organisation: Row(
        lambda: Organisation.objects.create(name="Les Toits"), "town", "Rennes", "Brest"
    ),
    SeasonMoment: Row(moment, "title_fr", "Le premier", "Le second"),
    LegalRecord: Row(legal, "value", "16", "17"),
    KitVersion: Row(kit_version, "note", "Une note", "Une autre note"),
    SupportRequest: Row(request, "state", "called-back", "done"),
    Synonym: Row(lambda: Synonym.objects.create(words="a1, b1"), "words", "a1, c1", "a1, d1"),
    PromotedAnswer: Row(promoted, "queries", "majorité", "mandat"),
    ProtectedWord: Row(lambda: ProtectedWord.objects.create(word="scic"), "word", "scop", "coop"),
    FederationSettings: Row(FederationSettings.load, "contact_name", "Camille", "Dominique"),
}
# Nobody may change what a reader said.
NEVER_CHANGED = {ReaderAnswer}
# Their title and their licence keep what was saved last; a file that is replaced stays as a version.
FILES = {HubImage, HubDocument}
everywhere = pytest.mark.parametrize("model", list(ROWS), ids=lambda model: model.__name__)


def editor(name: str) -> Client:
    user = get_user_model().objects.create_superuser(name, f"{name}@example.org", "x" * 20)
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.fixture
def ada():
    return editor("ada")


@pytest.fixture
def bob():
    return editor("bob")


def address(row: models.Model) -> str:
    names = row._meta.app_label, row._meta.model_name
    if isinstance(row, FederationSettings):
        return reverse("wagtailsettings:edit", args=[*names, row.pk])
    return reverse("wagtailsnippets_{}_{}:edit".format(*names), args=[row.pk])


def opened(response: Any) -> QueryDict:
    """What the browser of somebody who sees this form would send."""
    assert response.status_code == 200
    return querydict_from_html(response.content.decode(), form_id=FORM)


def send(browser: Client, row: models.Model, form: QueryDict, **typed: str) -> Any:
    return browser.post(address(row), form.dict() | typed)


def stored(row: models.Model, field: str) -> Any:
    return getattr(type(row)._base_manager.get(pk=row.pk), field)


@everywhere
def test_the_second_is_told_keeps_what_was_typed_and_may_save_knowingly(model, ada, bob):
    made, field, first, second = ROWS[model]
    row = made()
    of_ada, of_bob = opened(ada.get(address(row))), opened(bob.get(address(row)))
    assert send(ada, row, of_ada, **{field: first}).status_code == 302
    refused = send(bob, row, of_bob, **{field: second})
    again = opened(refused)
    assert stored(row, field) == first
    assert again[field].strip() == second
    told = " ".join(refused.context["form"].errors[field])
    shown = dict(row._meta.get_field(field).flatchoices)
    assert f"«\xa0{shown.get(first, first)}\xa0»" in told
    assert f"«\xa0{shown.get(second, second)}\xa0»" in told
    assert send(bob, row, again).status_code == 302
    assert stored(row, field) == second


@everywhere
def test_nobody_is_told_anything_when_nobody_else_saved(model, ada):
    made, field, first, second = ROWS[model]
    row = made()
    for value in (first, second):
        assert send(ada, row, opened(ada.get(address(row))), **{field: value}).status_code == 302
        assert stored(row, field) == value


@pytest.mark.parametrize("name", ["add", "edit"])
def test_what_readers_see_at_once_is_saved_by_hand_alone(ada, name):
    """A save by itself would publish half a legal value, and overtake whoever reads the other’s."""
    places = [legal().pk] if name == "edit" else []
    page = ada.get(reverse(f"wagtailsnippets_resources_legalrecord:{name}", args=places))
    assert FORM in page.content.decode()
    assert "data-w-autosave-interval-value" not in page.content.decode()


def test_what_the_other_wrote_in_another_field_is_not_lost_either(ada, bob):
    row = Organisation.objects.create(name="Les Toits", town="Rennes")
    of_ada, of_bob = opened(ada.get(address(row))), opened(bob.get(address(row)))
    send(ada, row, of_ada, town="Brest")
    refused = send(bob, row, of_bob, region="Bretagne")
    row.refresh_from_db()
    assert (row.town, row.region) == ("Brest", "")
    assert list(refused.context["form"].errors) == ["__all__", "town"]
    assert opened(refused)["region"] == "Bretagne"


def test_whoever_saved_is_named_with_the_moment(ada, bob):
    row = Theme.objects.create(label_fr="Bois")
    of_bob = opened(bob.get(address(row)))
    send(ada, row, opened(ada.get(address(row))), label_fr="Bois sec")
    page = html.unescape(send(bob, row, of_bob, label_fr="Bois vert").content.decode())
    assert "ada a enregistré d’autres valeurs le" in page
    assert "«\xa0Bois sec\xa0» a été enregistré entre-temps" in page


def test_what_a_program_stored_is_told_too(bob):
    row = Theme.objects.create(label_fr="Bois")
    form = opened(bob.get(address(row)))
    Theme.objects.filter(pk=row.pk).update(description_fr="Par un programme")
    page = html.unescape(send(bob, row, form, label_fr="Bois vert").content.decode())
    assert "après que vous avez ouvert ce formulaire" in page
    assert stored(row, "description_fr") == "Par un programme"


def test_a_form_refused_for_another_reason_tells_it_all_the_same(ada, bob):
    row = Organisation.objects.create(name="Les Toits")
    of_bob = opened(bob.get(address(row)))
    send(ada, row, opened(ada.get(address(row))), town="Brest")
    errors = send(bob, row, of_bob, name="", town="Rennes").context["form"].errors
    assert {"name", "town"} <= errors.keys()


def test_the_same_form_sent_twice_is_saved_once_without_a_word(ada):
    row = Theme.objects.create(label_fr="Bois")
    form = opened(ada.get(address(row)))
    for _time in range(2):
        assert send(ada, row, form, label_fr="Bois sec").status_code == 302


def test_a_third_who_saves_between_is_told_of_as_well(ada, bob):
    row = Theme.objects.create(label_fr="Bois")
    of_bob = opened(bob.get(address(row)))
    send(ada, row, opened(ada.get(address(row))), label_fr="Bois sec")
    again = opened(send(bob, row, of_bob, label_fr="Bois vert"))
    send(ada, row, opened(ada.get(address(row))), label_fr="Bois mort")
    assert "Bois mort" in send(bob, row, again).content.decode()
    assert stored(row, "label_fr") == "Bois mort"


def test_without_its_digests_a_form_is_taken_with_unreadable_ones_it_is_shown_once(ada):
    row = Theme.objects.create(label_fr="Bois")
    form = opened(ada.get(address(row)))
    forged = signing.dumps({"at": "", "values": {}}, salt=SALT)[:-1] + "!"
    refused = send(ada, row, form, label_fr="Bois sec", **{SEEN: forged})
    assert stored(row, "label_fr") == "Bois"
    assert send(ada, row, opened(refused)).status_code == 302
    del (bare := form.copy())[SEEN]
    assert send(ada, row, bare, label_fr="Bois vert").status_code == 302


def test_of_200_pairs_none_is_overwritten_silently(ada, bob):
    row = Organisation.objects.create(name="Les Toits", town="Avant")
    overwritten = 0
    for pair in range(PAIRS):
        browsers = (ada, bob) if pair % 2 else (bob, ada)
        first, second = (opened(browser.get(address(row))) for browser in browsers)
        send(browsers[0], row, first, town=f"Première {pair}")
        answer = send(browsers[1], row, second, town=f"Seconde {pair}")
        overwritten += stored(row, "town") != f"Première {pair}" or answer.status_code != 200
    assert overwritten == 0


def callbacks(resolver: URLResolver | None = None) -> Iterator[Any]:
    for entry in (resolver or get_resolver()).url_patterns:
        yield from callbacks(entry) if isinstance(entry, URLResolver) else [entry.callback]


def edit_views() -> Iterator[tuple[type[models.Model], type]]:
    """The forms of Wagtail’s kind that change one row, with what they change."""
    for model in get_snippet_models():
        yield model, model.snippet_viewset.edit_view_class
    for callback in callbacks():
        view = getattr(callback, "view_class", object)
        if issubclass(view, EditView):
            with suppress(AttributeError):  # of a task of a workflow, which the address names
                model = callback.view_initkwargs.get("model") or view().model
                yield from [(model, view)] if model else []
    for model in setting_models:
        one = reverse("wagtailsettings:edit", args=[*model._meta.label_lower.split("."), 1])
        yield model, resolve(one).func.view_class


def test_no_form_of_a_row_without_versions_lacks_the_guard():
    """A new list takes ``RowEditView`` (``HubSnippetViewSet`` gives it), and has a line in ROWS."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    found = {
        (model, view)
        for model, view in edit_views()
        if model._meta.app_label in ours and not issubclass(model, DraftStateMixin)
    }
    bare = {model for model, view in found if not issubclass(view, TellsUnseenChanges)}
    assert bare == FILES
    assert {model for model, _view in found} - FILES == ROWS.keys() | NEVER_CHANGED
