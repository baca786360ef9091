"""Writes in a hub until told to stop: answers, files and their rows, each in one transaction.

Forks as many processes as it is told, so that Django is loaded once.
"""

import os
import sys
import time
import uuid
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from hub.core.models import OutboxItem  # noqa: E402
from resources.reports.models import Answer, Attachment, Campaign  # noqa: E402
from tests import campaigns  # noqa: E402

FOLDER = Path(settings.ATTACHMENTS_ROOT)


def write(number: int, stop: Path) -> None:
    campaign = Campaign.objects.get(is_example=False)
    written = 0
    while not stop.exists():
        name = f"{number}-{uuid.uuid4().hex}.bin"
        (FOLDER / name).write_bytes(name.encode() * 200)
        with transaction.atomic():
            answer = Answer.objects.create(campaign=campaign, coop_name=f"Coop {number}")
            Attachment.objects.create(
                answer=answer, question_key="documents", stored_name=name, original_name=name,
                content_type="application/octet-stream", size=1, sha256="",
            )  # fmt: skip
            OutboxItem.objects.create(kind="none", key=name)
        written += 1
        if written % 5 == 0:  # somebody removes a file, as people do
            remove(number)
        time.sleep(0.02)


def remove(number: int) -> None:
    old = Attachment.objects.filter(original_name__startswith=f"{number}-").first()
    with transaction.atomic():
        OutboxItem.objects.filter(key=old.stored_name).delete()
        old.answer.delete()
    (FOLDER / old.stored_name).unlink(missing_ok=True)


def main(count: int, stop: Path) -> None:
    FOLDER.mkdir(exist_ok=True)
    campaigns.campaign()
    connection.close()
    children = []
    for number in range(count):
        child = os.fork()
        if not child:
            write(number, stop)
            os._exit(0)
        children.append(child)
    failed = [child for child in children if os.waitpid(child, 0)[1]]
    sys.exit(len(failed))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
