"""Eight processes that save and sixteen that read never find the database locked."""

import shutil

from tests.writers_child import WRITERS, run

SAVES = 10  # `python -m tests.benchmarks.writers` makes two hundred


def test_nobody_is_told_that_the_database_is_locked(copy_of_hub, tmp_path):
    told = run(shutil.copytree(copy_of_hub("empty"), tmp_path / "hub"), SAVES)
    assert told["errors"] == []
    assert told["saves"] == WRITERS * SAVES
    assert told["versions"] == [SAVES] * WRITERS  # none is lost
    assert told["reads"] > 0
