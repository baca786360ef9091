"""One command from nothing to a served site; what stops it is said in one sentence."""

import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import urllib.request
from contextlib import closing

import pytest
from django.core.management import CommandError

from hub import bootstrap
from hub.core.management.commands import run_hub
from tests.prepared import ROOT, clean_environment


def start(folder, *options, **variables):
    return subprocess.run(
        [sys.executable, "manage.py", "run_hub", *options],
        cwd=ROOT,
        env=clean_environment(folder, **variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def refused(done, words):
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(lines) == 1, lines


def test_a_busy_port_is_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused(start(tmp_path, "--port", str(port)), f"Port {port} of 127.0.0.1 cannot be used")
    assert not (tmp_path / "hub.sqlite3").exists()


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", "99999"), ("192.0.2.1", "8000")])
def test_an_impossible_address_is_one_sentence(tmp_path, host, port):
    done = start(tmp_path, "--host", host, "--port", port)
    refused(done, f"Port {port} of {host} cannot be used")


def test_a_data_folder_that_is_a_file_is_one_sentence(tmp_path):
    file = tmp_path / "fichier"
    file.write_text("déjà là")
    refused(start(file / "dossier", "--prepare-only"), "cannot be used")


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=10 * 2**20))
    with pytest.raises(CommandError, match=r"Only 10 MB are free in .* and 300 MB are needed"):
        run_hub.refuse_full_disk(tmp_path)


def test_an_old_python_is_one_sentence(monkeypatch):
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match=r"^Stopped: Python 3\.11 or newer is needed"):
        bootstrap.main("venv", "requirements.txt")


def test_the_first_password_is_said_once_and_only_its_owner_reads_it(copy_of_hub, tmp_path):
    shutil.copytree(copy_of_hub("loaded"), tmp_path, dirs_exist_ok=True)
    file = tmp_path / "first-admin-password.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    password = file.read_text()
    again = start(tmp_path, "--prepare-only")
    assert again.returncode == 0, again.stderr
    assert "password" not in again.stdout
    assert "0 created, 0 changed" in again.stdout
    assert file.read_text() == password


def test_the_index_is_made_without_a_word_before_the_content(copy_of_hub, tmp_path):
    shutil.copytree(copy_of_hub("loaded"), tmp_path, dirs_exist_ok=True)
    with closing(sqlite3.connect(tmp_path / "hub.sqlite3")) as database, database:
        database.execute("UPDATE search_searchstate SET version = 0")
    done = start(tmp_path, "--prepare-only")
    assert done.returncode == 0, done.stderr
    assert "can be found" not in done.stdout
    with closing(sqlite3.connect(tmp_path / "hub.sqlite3")) as database:
        assert database.execute("SELECT version FROM search_searchstate").fetchone()[0] > 0


def test_the_served_site_answers(live_hub):
    for address, words in (
        ("/", "assemblée"),
        ("/en/", "meeting"),
        ("/healthz/", "ok"),
        ("/readyz/", "ready"),
    ):
        with urllib.request.urlopen(live_hub.url + address, timeout=30) as answer:
            assert answer.status == 200
            assert words in answer.read().decode()


def test_served_static_files_have_lasting_names_and_are_compressed(live_hub):
    with urllib.request.urlopen(live_hub.url + "/", timeout=30) as answer:
        page = answer.read().decode()
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert style.startswith("/static/")
    request = urllib.request.Request(live_hub.url + style, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
