"""A process that is killed while it sends leaves a whole answer or none."""

import shutil

from tests.send_child import POINTS, run

NONE = {"state": "draft", "sent": False, "key": False, "events": 0, "consents": 0, "receipts": 0}
WHOLE = {"state": "received", "sent": True, "key": True, "events": 1, "receipts": 1}


def test_whatever_the_statement_at_which_it_dies(copy_of_hub, tmp_path):
    folder = shutil.copytree(copy_of_hub("empty"), tmp_path / "hub")
    found = run(folder)
    assert len(found) == POINTS
    for told in found:
        if told.pop("acknowledged"):
            assert told["sent"], told
        expected = NONE
        if told["sent"]:
            assert told.pop("consents") >= 1
            expected = WHOLE
        assert told == expected
    assert not found[0]["sent"]
    assert found[-1]["sent"]  # its point comes after the last statement
