"""A process that is killed while it brings something in leaves all of it or nothing."""

import shutil

from tests.import_child import POINTS, run

# What a clean run says, one after a kill half-way, and one after all of it: with how many rows.
ENDS = {
    "resources": ("4 created, 2 changed, 1 unchanged", "0 created, 0 changed, 7 unchanged"),
    "glossary": ("2 added, 0 changed, 0 unchanged", "0 added, 0 changed, 2 unchanged"),
    "answers": ("added: 4", "added: 0"),
    "invitations": ("302", "409"),
    "questionnaire": ("302", "200"),
}


def test_whatever_the_statement_at_which_an_import_dies(copy_of_hub, tmp_path):
    found = run(shutil.copytree(copy_of_hub("empty"), tmp_path / "hub"))
    assert found.keys() == ENDS.keys()
    for kind, told in found.items():
        first, second = ENDS[kind]
        assert len(told["left"]) == POINTS
        assert told["left"] == sorted(told["left"]), kind  # « before », then « whole »
        assert set(told["left"]) == {"before", "whole"}, kind
        clean, after_a_kill, same, after_all, still_same = told["again"]
        assert first in clean, kind
        assert after_a_kill == clean, kind
        assert second in after_all, kind
        assert same, kind
        assert still_same, kind
