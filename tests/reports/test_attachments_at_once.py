"""Twenty files sent at the same moment are no more than one after the other."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hub.core.upload_rules import MEGABYTE, UploadRefused
from resources.reports import attachments
from resources.reports.models import Answer
from tests import campaigns
from tests.answering import together
from tests.database import database_file

SENDERS = 20


@pytest.fixture
def draft(copy_of_migrated, django_db_setup, django_db_blocker, settings, tmp_path):
    """A draft in a database of its own, which threads may write to."""
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    with django_db_blocker.unblock(), database_file(copy_of_migrated()):
        yield campaigns.answer(campaigns.participant(campaigns.campaign()))


@pytest.mark.parametrize(("size", "most"), [(1_000, 5), (9 * MEGABYTE, 3)])
def test_neither_the_number_nor_the_sum_is_ever_exceeded(draft, settings, size, most):
    question = draft.campaign.shape.questions["documents"]
    content = (b"a;b\n" * (size // 4 + 1))[:size]

    def send(number):
        answer = Answer.objects.get(pk=draft.pk)
        try:
            attachments.add(answer, question, SimpleUploadedFile(f"{number}.csv", content))
        except UploadRefused as refusal:
            return str(refusal)
        return ""

    refused = [words for words in together(send, SENDERS, threads=SENDERS) if words]
    draft.refresh_from_db()
    files = list(draft.attachments.all())
    assert len(files) == most
    assert len(refused) == SENDERS - most
    assert sum(file.size for file in files) <= attachments.MOST_ANSWER
    assert draft.upload_days.get().size == sum(file.size for file in files)
    assert draft.values["documents"] == [str(file.key) for file in files]
    stored = {path.name for path in settings.ATTACHMENTS_ROOT.iterdir()}
    assert stored == {file.stored_name for file in files}
