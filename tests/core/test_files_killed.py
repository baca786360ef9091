"""A process that is killed while it writes a file: nothing half is served, nothing is left within the hour."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db.models import FileField

from hub.core.left_files import NAMED
from hub.core.whole_files import WholeFiles
from tests.file_child import SPREAD, run
from tests.full_disk import full_disk

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


def test_what_no_row_names_is_swept_within_the_hour_and_not_at_once(found):
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


class Waiting(ContentFile):
    """Is written once everybody else has a name too."""

    everybody = Barrier(8)

    def chunks(self, chunk_size=None):
        self.everybody.wait(timeout=20)
        return super().chunks(chunk_size)


def test_a_name_is_given_once_whoever_asks_at_the_same_time(tmp_path):
    storage = WholeFiles(location=tmp_path)
    contents = [bytes([number]) * 1000 for number in range(8)]
    with ThreadPoolExecutor(8) as people:
        names = list(people.map(lambda c: storage.save("images/rue.png", Waiting(c)), contents))
    assert [(tmp_path / name).read_bytes() for name in names] == contents
    assert len(on_disk(tmp_path)) == len(contents)


def test_a_full_disk_leaves_no_part_of_a_file(tmp_path):
    with full_disk(300), pytest.raises(OSError, match="File too large"):
        WholeFiles(location=tmp_path).save("images/rue.png", ContentFile(bytes(100_000)))
    assert on_disk(tmp_path) == []


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def every(found):
    return [told for kills in found.values() for told in kills]
