"""What becomes of a kit when its packing is killed, or when the disk refuses: the old zip is served."""

import hashlib
import os
import shutil
import time
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client, TestCase

from hub.core import outbox
from hub.core.models import HubDocument, OutboxItem
from resources.kit_states import states_of
from resources.models import KitPage
from tests.alerts import work
from tests.conftest import standing_on
from tests.kit_child import POINTS, run_worker
from tests.kits import download, names, replace_file

KEPT = POINTS[-1]
BIG = 24 * 1024 * 1024  # bytes
LIMIT = 16 * 1024 * 1024


@pytest.fixture
def hub(copy_of_hub, tmp_path, django_db_setup, django_db_blocker):
    """A hub of one's own, whose changes other processes see."""
    folder = tmp_path / "hub"
    shutil.copytree(copy_of_hub("loaded"), folder)
    with standing_on(folder, django_db_blocker):
        yield folder


@pytest.fixture
def kit(hub):
    return KitPage.objects.get(slug="ag", locale__language_code="fr")


def member(kit):
    return kit.shown_sections[0]["items"][0]["page"].file


def numbers(kit):
    return list(kit.versions.order_by("number").values_list("number", flat=True))


def replace_a_member(kit, content=b"%PDF-1.4 another"):
    """What is read in the new file is taken in as well, so that only the kit waits."""
    file = member(kit)
    replace_file(file, content)
    with TestCase.captureOnCommitCallbacks(execute=True):
        while outbox.drain():
            pass
    return file


def state(kit):
    return states_of([kit.pk])[kit.pk]


def on_disk(hub):
    return sorted(path.name for path in (hub / "kits").iterdir() if path.is_file())


def make_older(paths):
    for path in paths:
        os.utime(path, (time.time() - 4000,) * 2)


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_in_the_middle_leaves_no_half_zip(hub, kit, point):
    _response, before = download(kit)
    replace_a_member(kit)
    assert run_worker(hub, point) == -9
    _response, served = download(kit)
    assert (served == before) is (point != KEPT)
    names(served)
    assert run_worker(hub) == 0
    expected = [1, 2] if point == KEPT else [1]
    assert numbers(kit) == expected, "nobody takes a task that a worker holds"
    OutboxItem.objects.update(leased_until=F("leased_until") - timedelta(minutes=6))
    assert run_worker(hub) == 0
    assert numbers(kit) == [1, 2]
    assert not OutboxItem.objects.filter(kind="kit").exists()
    _response, after = download(kit)
    assert after != before
    names(after)
    assert hashlib.sha256(after).hexdigest() == kit.versions.get(number=2).sha256
    assert download(kit, "?v=1")[1] == before
    make_older((hub / "kits").glob("*.part"))
    assert run_worker(hub) == 0
    known = [v.path.name for other in KitPage.objects.all() for v in other.versions.all()]
    assert on_disk(hub) == sorted(known)


def test_a_disk_that_refuses_leaves_the_old_zip_and_says_so(hub, kit):
    _response, before = download(kit)
    replace_a_member(kit, b"%PDF-1.4" + bytes(BIG))
    assert run_worker(hub, longest_file=LIMIT) == 0
    assert download(kit)[1] == before
    assert not list((hub / "kits").glob("*.part"))
    assert state(kit).name == "failed"
    assert "disque" in state(kit).reason
    page = Client().get(kit.get_url()).content.decode()
    assert "Une version plus récente est en préparation" in page
    OutboxItem.objects.update(due_at=F("due_at") - timedelta(minutes=1))
    assert run_worker(hub) == 0
    assert state(kit).name == "built"
    assert len(download(kit)[1]) > BIG
    assert "en préparation" not in Client().get(kit.get_url()).content.decode()


def test_a_full_disk_is_seen_before_anything_is_written(hub, kit):
    """The library says that a file is larger than what is free: nothing of it is written."""
    _response, before = download(kit)
    file = replace_a_member(kit)
    size = HubDocument.objects.get(pk=file.pk).file_size
    HubDocument.objects.filter(pk=file.pk).update(file_size=10**15)
    work()
    assert "plein" in state(kit).reason
    assert download(kit)[1] == before
    HubDocument.objects.filter(pk=file.pk).update(file_size=size)
    OutboxItem.objects.update(due_at=F("due_at") - timedelta(minutes=1))
    work()
    assert state(kit).name == "built"
    assert numbers(kit) == [1, 2]


def test_a_file_that_is_gone_is_named_and_the_kit_follows_once_it_is_back(hub, kit):
    _response, before = download(kit)
    file = replace_a_member(kit)
    path = hub / "media" / HubDocument.objects.get(pk=file.pk).file.name
    away = path.rename(path.with_suffix(".away"))
    work()
    assert state(kit).name == "failed"
    assert kit.shown_sections[0]["items"][0]["page"].title in state(kit).reason
    assert download(kit)[1] == before
    away.rename(path)
    OutboxItem.objects.update(due_at=F("due_at") - timedelta(minutes=2))
    work()
    assert state(kit).name == "built"
    assert download(kit)[1] != before
