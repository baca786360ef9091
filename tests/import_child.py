"""Brings things in, in processes that are killed on the way: what is left, and what a second run makes.

``python -m tests.import_child`` works on the database of its data folder, which is put back before
each import, and prints as JSON what became of each.
"""

import html
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tests.killing import Done, attempt
from tests.prepared import ROOT, clean_environment
from tests.records import as_lines, record

POINTS = 12  # at which each import is killed, from before its first statement to after its last
LIST = """Coopérative;Contact;E-mail;Langue;Statut;Région
Les Toits Bleus;Camille;camille@toits.example;fr;scic;Bretagne
Les Toits Bleus;Dominique;dominique@toits.example;en;;
Nouvelle Coop;;contact@nouvelle.example;;scp;Occitanie
Troisième Coop;Sacha;sacha@troisieme.example;fr;scp;Occitanie
"""
TERMS = """slug;term;plain
abstention;Abstention;Choisir de ne voter ni pour ni contre.
quorum;Quorum;Le nombre de voix sans lequel une assemblée ne peut décider.
"""
HIDDEN = re.compile(r'name="(lines|seen|content)" value="([^"]*)"')
Work = Callable[[], object]


def run(folder: Path) -> dict[str, Any]:
    """What became of each import, on the hub in ``folder``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.import_child"],
        cwd=ROOT,
        env=clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "hub.settings.test"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return dict(json.loads(done.stdout))


def command(*arguments: Any) -> str:
    from django.core.management import call_command

    said = io.StringIO()
    call_command(*arguments, stdout=said)
    return said.getvalue()


def resources(folder: Path) -> Work:
    """Some pages that are new, some that change, some that stay."""
    there = [record(number) for number in range(1, 4)]
    command("import_resources", as_lines(folder / "before.jsonl", there))
    wanted = [
        record(1, title="Un autre titre"),
        record(2, summary="Autre."),
        *map(record, range(3, 8)),
    ]
    return partial(command, "import_resources", as_lines(folder / "records.jsonl", wanted))


def glossary(folder: Path) -> Work:
    path = folder / "terms.csv"
    path.write_text(TERMS)
    return partial(command, "import_glossary", path)


def answers(folder: Path) -> Work:
    """The answers of an export, under keys that are not there."""
    from resources.reports.exports.sending import write
    from resources.reports.exports.table import Table
    from tests.reports import moderated

    content, answer = io.BytesIO(), moderated.received()
    write(Table(answer.campaign), "json", content)
    told = json.loads(content.getvalue())
    told["answers"] = [told["answers"][0] | {"_key": str(uuid.uuid4())} for _ in range(4)]
    path = folder / "answers.json"
    path.write_text(json.dumps(told))
    return partial(command, "import_answers", path, answer.campaign.slug)


def invitations(_folder: Path) -> Work:
    """The button below the changes of a list, pressed on the page that shows them."""
    from tests import campaigns

    campaigns.coop(region="Corse")
    where = f"/admin/invitations/{campaigns.campaign().pk}/import/"
    return _agreed(where, f"{where}apply/", "liste.csv", LIST.encode())


def questionnaire(_folder: Path) -> Work:
    """The same of a questionnaire, into a campaign that nobody sees yet."""
    from resources.reports.admin.screens import address
    from resources.reports.questionnaire import exchange
    from tests import campaigns

    season = campaigns.campaign(live=False)
    season.save_revision()
    where = address("import", season)
    return _agreed(where, where, "q.json", exchange.write(campaigns.every_type()).encode())


def _agreed(shown_by: str, written_by: str, name: str, content: bytes) -> Work:
    """Send a file, read its changes; what is returned says yes to them."""
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    browser = Client()
    browser.force_login(User.objects.create_superuser("camille"))
    page = browser.post(shown_by, {"file": SimpleUploadedFile(name, content)}).content.decode()
    fields = {key: html.unescape(value) for key, value in HIDDEN.findall(page)}
    return lambda: browser.post(written_by, fields).status_code


def rows() -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a fingerprint of them; the engine’s own tables are left out."""
    from django.conf import settings

    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as database:
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
        tables = [
            n for n, sql in database.execute(asked) if "VIRTUAL" not in sql and "_fts_" not in n
        ]
        return {name: _told(database.execute(f'SELECT * FROM "{name}"')) for name in tables}


def _told(found: Iterator[Any]) -> tuple[int, str]:
    lines = sorted(repr(row) for row in found)
    return len(lines), blake2b("".join(lines).encode()).hexdigest()


def counts() -> dict[str, int]:
    return {name: count for name, (count, _digest) in rows().items()}


def killed(work: Work, keep: Path) -> dict[str, Any]:
    """What each kill leaves, and what is said by a second run after one half-way and after a clean one.

    That is ``before``, ``whole``, or the tables where it is neither.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]["NAME"]
    shutil.copyfile(database, keep)
    before = rows()
    done, clean = _done(work), counts()
    left, again = [], [done.said]
    for number in range(POINTS):
        shutil.copyfile(keep, database)
        attempt(work, round(number * done.statements / (POINTS - 1)))
        left.append(_left(before, clean))
        if number in (POINTS // 2, POINTS - 1):
            again += [_done(work).said, counts() == clean]
    return {"left": left, "again": again}


def _done(work: Work) -> Done:
    """What came to its end; raises ValueError when it did not."""
    done = attempt(work)
    if done is None:
        raise ValueError("nobody killed it, and it did not end")
    return done


def _left(before: dict[str, tuple[int, str]], clean: dict[str, int]) -> str:
    after = rows()
    changed = [name for name in after if after[name] != before[name]]
    return ("whole" if counts() == clean else " ".join(changed)) if changed else "before"


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    database = Path(settings.DATABASES["default"]["NAME"])
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        connections.close_all()
        empty = shutil.copyfile(database, Path(folder, "empty"))
        for kind in (resources, glossary, answers, invitations, questionnaire):
            shutil.copyfile(empty, database)
            work = kind(Path(folder))
            connections.close_all()
            found[kind.__name__] = killed(work, Path(folder, "kept"))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
