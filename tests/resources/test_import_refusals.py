"""What stops an import before its first record."""

import pytest
from django.core.management import CommandError, call_command

from tests.records import as_lines, record

pytestmark = pytest.mark.django_db


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: No such file"):
        call_command("import_resources", str(tmp_path / "absent.jsonl"))


def test_a_site_that_was_not_set_up_is_told_so(tmp_path):
    with pytest.raises(CommandError, match="setup_site"):
        call_command("import_resources", str(as_lines(tmp_path / "a.jsonl", [record(1)])))
