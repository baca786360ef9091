"""Writes files in processes that are killed on the way: what is served then, what is swept.

``python -m tests.file_child`` works on the hub of its data folder, whose database is put back before
each kill, and prints as JSON what became of each.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tests.killing import attempt, die_half_way
from tests.prepared import ROOT, clean_environment

BIG = b"a;b\n" * 700_000  # bytes: too many to be held in memory on their way
HALF = 300  # bytes: fewer than any file here has
SPREAD = 4  # kills between the first statement and the last
Work = Callable[[], object]


def run(folder: Path) -> dict[str, Any]:
    """What became of each kind of file, on the hub in ``folder``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.file_child"],
        cwd=ROOT,
        env=clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "hub.settings.test"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return dict(json.loads(done.stdout))


def browser() -> Any:
    """Somebody who may read every file, signed in."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get_or_create(username="camille", is_superuser=True)[0])
    return client


def upload() -> Work:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.models import Collection

    client, collection = browser(), Collection.get_first_root_node().pk

    def send() -> str:
        file = SimpleUploadedFile("liste.csv", BIG)
        told = {"title": "Liste", "file": file, "collection": collection}
        return str(client.post("/admin/documents/add/", told).status_code)

    return send


def picture() -> Any:
    from django.core.files.base import ContentFile
    from PIL import Image

    content = io.BytesIO()
    Image.effect_noise((900, 700), 80).save(content, "PNG")
    return ContentFile(content.getvalue(), name="rue.png")


def first_page() -> Work:
    from hub.core import first_pages, outbox
    from hub.core.models import HubDocument

    HubDocument.objects.create(title="Une affiche", file=picture())
    return partial(outbox.drain, [first_pages.KIND])


def rendition() -> Work:
    from hub.core.models import HubImage

    number = HubImage.objects.create(title="Une rue", file=picture()).pk
    return lambda: HubImage.objects.get(pk=number).get_rendition("width-800").url


def addresses() -> Iterator[str]:
    """Those of files that a row names, and of whatever stands where pictures are served."""
    from django.conf import settings

    from hub.core.models import FirstPage, HubDocument

    yield from (f"/media/images/{path.name}" for path in Path(settings.MEDIA_ROOT).glob("images/*"))
    for page in FirstPage.objects.all():
        yield from (page.url, page.card_url)
    yield from (document.url for document in HubDocument.objects.all())


def halves() -> list[str]:
    """The addresses where less than a whole file is served."""
    client = browser()
    return [address for address in addresses() if not _is_whole(client.get(address))]


def _is_whole(response: Any) -> bool:
    from PIL import Image

    content = b"".join(response) if response.status_code == 200 else b""
    try:
        Image.open(io.BytesIO(content)).load()
    except OSError:
        return content == BIG
    return True


def unnamed() -> list[str]:
    """The files on the disk that no row names, those on their way included."""
    from django.conf import settings

    from hub.core.left_files import NAMED

    media, arriving = Path(settings.MEDIA_ROOT), Path(settings.FILE_UPLOAD_TEMP_DIR)
    columns = [column for columns in NAMED.values() for column in columns]
    named = {n for model, name in columns for n in model.objects.values_list(name, flat=True)}
    there = [path for path in media.rglob("*") if path.is_file()]
    found = [path for path in there if str(path.relative_to(media)) not in named]
    return [str(path) for path in (*found, *arriving.iterdir())]


def killed(work: Work, rows: Callable[[], int], dying: Work | int | str) -> dict[str, Any]:
    """One kill, and what follows it: a second run, at once and after the lease, then the sweeper."""
    from django.db import connections
    from django.db.models import F

    from hub.core import first_pages, left_files
    from hub.core.models import OutboxItem

    connections.close_all()
    died = attempt(lambda: (dying(), work())) if callable(dying) else attempt(work, dying)
    told: dict[str, Any] = {"ended": died is not None, "rows": rows(), "halves": halves()}
    tasks = OutboxItem.objects.filter(kind=first_pages.KIND)
    told["held"] = tasks.exclude(leased_until=None).exists()
    told["at_once"] = work() if told["held"] else 0
    tasks.update(leased_until=F("leased_until") - timedelta(minutes=6))
    if tasks.exists() or not told["rows"]:
        work()
    told |= {"rows_after": rows(), "halves_after": halves(), "tasks": tasks.count()}
    left = unnamed()
    told |= {"left": len(left), "young": left_files.sweep()}
    for path in left:
        os.utime(path, (time.time() - 3001,) * 2)
    return told | {"swept": left_files.sweep(), "unnamed": unnamed()}


def kills_of(kind: Callable[[], Work], deaths: list[Work], data: Path) -> list[dict[str, Any]]:
    """Every kill of one kind of file: those in the middle of a file first, then at statements."""
    from django.db import connections

    work, model = kind(), model_of(kind)
    connections.close_all()
    with tempfile.TemporaryDirectory() as folder:
        kept = shutil.copytree(data, Path(folder, "kept"))
        done = attempt(work)
        last = done.statements if done else 0
        points = [number * last // SPREAD for number in range(SPREAD + 1)]
        found = []
        for dying in (*deaths, f'INSERT INTO "{model._meta.db_table}"', *points):
            put_back(kept, data)
            found.append(killed(work, model.objects.count, dying))
        return found


def model_of(kind: Callable[[], Work]) -> Any:
    from hub.core.models import FirstPage, HubDocument, HubRendition

    return {upload: HubDocument, first_page: FirstPage, rendition: HubRendition}[kind]


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    half = [partial(die_half_way, "media", HALF, nth) for nth in (1, 2)]
    deaths = {
        upload: [partial(die_half_way, "arriving", HALF)],
        first_page: half,
        rendition: half[:1],
    }
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(settings.DATA_DIR)
        shutil.rmtree(data / "media", ignore_errors=True)  # other tests have left files there
        empty = shutil.copytree(data, Path(folder, "empty"))
        for kind, ways in deaths.items():
            put_back(empty, data)
            found[kind.__name__] = kills_of(kind, ways, data)
    sys.stdout.write(json.dumps(found))


def put_back(source: Path, data: Path) -> None:
    from django.core.cache import cache
    from django.db import connections

    connections.close_all()
    cache.clear()  # it is that of a process that is over
    shutil.rmtree(data)
    shutil.copytree(source, data)


if __name__ == "__main__":
    main()
