"""Many mails through a server that dies: none lost, and one too many only where it died with it."""

import pytest

from tests.mailboxes import free_port
from tests.reports.mail_floods import flood

pytestmark = pytest.mark.usefixtures("site")
MAILS = 300  # `python -m tests.benchmarks.mail_flood` sends ten thousand


def test_no_mail_is_lost_and_none_is_sent_twice_but_by_the_server(settings):
    found = flood(MAILS, free_port(settings))
    assert (found.lost, found.given_up, found.strange) == (0, 0, 0)
    assert found.noted == MAILS
    assert 0 < found.twice <= found.killed
