"""Writes in a hub until told to stop: answers, files and their rows, each in one transaction."""

import sys
import time
import uuid
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from hub.core.models import OutboxItem  # noqa: E402
from resources.reports.models import Answer, Attachment, Campaign  # noqa: E402

number, stop = sys.argv[1], Path(sys.argv[2])
folder = Path(settings.ATTACHMENTS_ROOT)
folder.mkdir(exist_ok=True)
campaign = Campaign.objects.get()
written = 0
while not stop.exists():
    name = f"{number}-{uuid.uuid4().hex}.bin"
    (folder / name).write_bytes(name.encode() * 200)
    with transaction.atomic():
        answer = Answer.objects.create(campaign=campaign, coop_name=f"Coop {number}-{written}")
        Attachment.objects.create(
            answer=answer, question_key="documents", stored_name=name, original_name=name,
            content_type="application/octet-stream", size=1, sha256="",
        )  # fmt: skip
        OutboxItem.objects.create(kind="none", key=name)
    if written % 5 == 4:  # somebody removes a file, as people do
        old = Attachment.objects.filter(original_name__startswith=f"{number}-").first()
        with transaction.atomic():
            OutboxItem.objects.filter(key=old.stored_name).delete()
            old.answer.delete()
        (folder / old.stored_name).unlink(missing_ok=True)
    written += 1
    time.sleep(0.01)
print(written)  # noqa: T201
