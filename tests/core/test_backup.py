"""A backup taken while eight processes write, put back elsewhere: whole, and the same."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.live import LiveHub, free_port, serving
from tests.prepared import ROOT, clean_environment, copy_of

WRITERS = 8
WRITTEN = "WHERE coop_name LIKE 'Coop _'"  # by them, not by the content


def manage(folder: Path, *command: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    own = clean_environment(folder, DJANGO_SETTINGS_MODULE="hub.settings.dev")
    line = [sys.executable, "manage.py", *command]
    done = subprocess.run(line, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert not check or done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def backup(tmp_path_factory):
    """The hub, its backup, and what was said; writers wrote before, during and after it."""
    top = tmp_path_factory.mktemp("backup")
    folder, stop = copy_of("loaded", top / "hub"), top / "stop"
    own = clean_environment(folder, DJANGO_SETTINGS_MODULE="hub.settings.dev")
    command = [sys.executable, "-m", "tests.core.backup_writer", str(WRITERS), str(stop)]
    writers = subprocess.Popen(command, cwd=ROOT, env=own)
    try:
        wait_for_writers(folder)
        before = answers_in(folder / "hub.sqlite3")
        said = manage(folder, "backup_hub", str(top / "saved"))
        after = answers_in(folder / "hub.sqlite3")
    finally:
        stop.touch()
        failed = writers.wait(timeout=120)
    assert not failed
    return {"hub": folder, "saved": top / "saved", "between": (before, after), "said": said.stdout}


def answers_in(path: Path) -> int:
    with closing(sqlite3.connect(path, timeout=30)) as database:
        return int(database.execute("SELECT max(id) FROM reports_answer").fetchone()[0] or 0)


def wait_for_writers(folder: Path) -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        with closing(sqlite3.connect(folder / "hub.sqlite3", timeout=30)) as database:
            names = database.execute("SELECT DISTINCT coop_name FROM reports_answer " + WRITTEN)
            if len(names.fetchall()) == WRITERS:
                return
        time.sleep(0.2)
    raise AssertionError("the writers do not write")


@pytest.fixture(scope="module")
def restored(backup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("restored") / "hub"
    manage(folder, "restore_hub", str(backup["saved"]))
    return folder


def test_it_was_taken_while_they_wrote(backup):
    before, after = backup["between"]
    assert before < after
    assert before <= answers_in(backup["saved"] / "hub.sqlite3") <= after


def test_every_row_has_its_file_and_no_transaction_is_half_there(restored):
    with closing(sqlite3.connect(restored / "hub.sqlite3")) as database:
        files = {n for (n,) in database.execute("SELECT stored_name FROM reports_attachment")}
        tasks = {
            n for (n,) in database.execute("SELECT key FROM core_outboxitem WHERE kind='none'")
        }
        answers = database.execute("SELECT count(*) FROM reports_answer " + WRITTEN).fetchone()[0]
    assert len(files) == answers
    assert files == tasks
    missing = {name for name in files if not (restored / "attachments" / name).is_file()}
    assert len(missing) <= WRITERS  # taken away by its owner at the very moment of the backup
    whole = (restored / "attachments" / n for n in files - missing)
    assert all(path.read_bytes() == path.name.encode() * 200 for path in whole)


def test_the_copy_says_the_same_as_the_manifest(backup, restored):
    told = json.loads((backup["saved"] / "manifest.json").read_text())
    with closing(sqlite3.connect(restored / "hub.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        counts = {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in told["rows"]
        }
    assert counts == told["rows"]
    for folder in ("media", "kits"):
        for path in (backup["hub"] / folder).rglob("*"):
            if path.is_file():
                copy = restored / path.relative_to(backup["hub"])
                assert copy.read_bytes() == path.read_bytes()
    assert (restored / "secret_key").read_bytes() == (backup["hub"] / "secret_key").read_bytes()


def test_the_migrations_are_identical(backup, restored):
    lists = [manage(folder, "showmigrations").stdout for folder in (backup["hub"], restored)]
    assert lists[0] == lists[1]
    assert "[ ]" not in lists[1]


def test_the_restored_hub_serves_is_searched_and_lets_its_administrator_in(
    backup, restored, tmp_path
):
    # A hub that serves writes: the restored one stays as it was put back, for the other tests.
    served = shutil.copytree(restored, tmp_path / "served")
    manage(served, "collectstatic", "--no-input", "-v0")
    name = "first-admin-password.txt"  # told by the first start, in no backup
    shutil.copy(backup["hub"] / name, served / name)
    with serving(served, free_port()) as hub:
        with urllib.request.urlopen(f"{hub.url}/api/search?q=convocation", timeout=30) as answer:
            assert json.load(answer)["total"] > 0
        assert signs_in(hub) == f"{hub.url}/admin/"


def signs_in(hub: LiveHub) -> str:
    """Where an administrator stands after signing in."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    address = f"{hub.url}/admin/login/"
    form = browser.open(address, timeout=60).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
    fields = {
        "csrfmiddlewaretoken": token,
        "username": hub.admin_name,
        "password": hub.admin_password,
        "next": "/admin/",
    }
    sent = urllib.request.Request(address, urlencode(fields).encode(), {"Referer": address})
    return str(browser.open(sent, timeout=60).geturl())


def test_a_backup_is_for_its_owner_alone(backup):
    assert backup["saved"].stat().st_mode & 0o777 == 0o700
    assert (backup["saved"] / "hub.sqlite3").stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten(backup, restored):
    again = manage(backup["hub"], "backup_hub", str(backup["saved"]), check=False)
    assert again.returncode
    assert "never overwrites" in again.stderr
    over = manage(restored, "restore_hub", str(backup["saved"]), check=False)
    assert over.returncode
    assert "empty folder" in over.stderr


def test_a_damaged_backup_is_not_put_back(backup, tmp_path):
    broken = shutil.copytree(backup["saved"], tmp_path / "broken")
    with (broken / "hub.sqlite3").open("r+b") as file:
        file.seek(50_000)
        file.write(b"x")
    done = manage(tmp_path / "new", "restore_hub", str(broken), check=False)
    assert done.returncode
    assert "damaged" in done.stderr
    assert not (tmp_path / "new" / "hub.sqlite3").exists()


def test_a_backup_of_newer_code_is_not_put_back(backup, tmp_path):
    newer = shutil.copytree(backup["saved"], tmp_path / "newer")
    told = json.loads((newer / "manifest.json").read_text())
    told["migrations"].append("reports.9999_of_tomorrow")
    (newer / "manifest.json").write_text(json.dumps(told))
    done = manage(tmp_path / "new", "restore_hub", str(newer), check=False)
    assert "newer code" in done.stderr
    assert not (tmp_path / "new" / "hub.sqlite3").exists()


def test_what_stops_half_way_leaves_no_backup(backup, tmp_path):
    target = tmp_path / "saved"
    (tmp_path / ".saved.unfinished").mkdir()  # of one that was killed
    manage(backup["hub"], "backup_hub", str(target))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["saved"]


def test_a_folder_without_a_hub_says_so(tmp_path):
    done = manage(tmp_path / "none", "backup_hub", str(tmp_path / "saved"), check=False)
    assert "There is no database" in done.stderr
    assert not (tmp_path / "saved").exists()
