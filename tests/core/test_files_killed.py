"""A process that is killed while it writes a file: nothing half is served, nothing is left an hour later."""

import shutil

import pytest
from django.apps import apps
from django.db.models import FileField

from hub.core.left_files import NAMED
from tests.file_child import SPREAD, run

REPLACED = (
    "wagtailimages",
    "wagtaildocs",
    "wagtailmedia",
)  # their tables stay empty: ours are used


@pytest.fixture(scope="module")
def found(copy_of_hub, tmp_path_factory):
    """What each kill left and what came after, by kind of file; the deaths at a file come first."""
    folder = tmp_path_factory.mktemp("killed") / "hub"
    return run(shutil.copytree(copy_of_hub("empty"), folder))


def test_nothing_half_is_ever_served(found):
    assert {kind: len(kills) > SPREAD + 2 for kind, kills in found.items()} == {
        "upload": True, "first_page": True, "rendition": True,
    }  # fmt: skip
    for told in every(found):
        assert (told["halves"], told["halves_after"]) == ([], [])


def test_what_is_done_again_is_there_once_and_what_a_worker_holds_is_left_to_it(found):
    for told in every(found):
        assert (told["rows_after"], told["tasks"]) == (1, 0)
    drawn = found["first_page"]
    assert {told["held"] for told in drawn} == {True, False}
    assert all(told["at_once"] == 0 for told in drawn)


def test_what_no_row_names_is_swept_after_an_hour_and_not_before(found):
    for kind, kills in found.items():
        assert kills[0]["left"], kind  # killed in the middle of its first file
        assert kills[0]["rows"] == 0, kind
    for told in every(found):
        assert (told["young"], told["swept"], told["unnamed"]) == (0, told["left"], [])


def test_the_sweeper_knows_every_column_that_names_a_file():
    there = {
        (model, field.name)
        for model in apps.get_models()
        if model._meta.app_label not in REPLACED
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
    }
    assert there == {column for columns in NAMED.values() for column in columns}


def every(found):
    return [told for kills in found.values() for told in kills]
