"""The state of the index, as those who steer the search see it, and what they can do about it."""

import re
from datetime import timedelta

from django.db import connection
from django.db.models.functions import Now
from django.test import override_settings
from django.urls import reverse

from hub.core import jobs, outbox
from hub.core.models import JobRun, OutboxItem
from search.admin.index_state import ENGINE_NAMES
from search.engines import OF_DATABASE
from search.engines.elasticsearch import breaker
from search.models import IndexBuild, IndexTerm, SearchDocument
from search.upkeep import KEY, REBUILD
from tests.security.site import SiteCase, guide

STATE, ASK, RETRY = "search_index:index", "search_index:rebuild", "search_index:retry"
HERE = ENGINE_NAMES[OF_DATABASE[connection.vendor]]
# Nothing listens there: a connection is refused at once.
NOWHERE = {
    "SEARCH_ENGINE": "elasticsearch",
    "SEARCH_CLUSTER": {
        "nodes": ["http://127.0.0.1:9"], "api_key": "", "ca_file": None, "index": "essai",
        "shards": 1, "replicas": "0",
    },
}  # fmt: skip


def clock():
    """A round of the worker's regular jobs, whatever their last turn."""
    JobRun.objects.filter(name=REBUILD).delete()
    jobs.run_due(once=True)


class IndexState(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.page = guide("Le quorum")

    def setUp(self) -> None:
        self.sign_in("chief")

    def tearDown(self) -> None:
        breaker.close()

    def told(self):
        return self.client.get(reverse(STATE)).content.decode()

    def test_it_says_the_engine_the_pages_and_the_last_change(self):
        page = self.told()
        for said in (HERE, "Le quorum", "bonne", "jamais demandée ici"):
            assert said in page, said

    def test_rebuilding_asks_first_and_changes_nothing_by_reading(self):
        assert "Oui, reconstruire" in self.client.get(reverse(ASK)).content.decode()
        assert not OutboxItem.objects.filter(kind=REBUILD).exists()

    def test_a_rebuild_waits_then_is_done_by_the_worker(self):
        IndexTerm.objects.filter(text="quorum").update(documents=99)
        assert self.client.post(reverse(ASK)).status_code == 302
        assert "en attente" in self.told()
        assert re.search(r"demandée le [^<]*\d\xa0:\s*<", self.told())
        clock()
        assert "terminée" in self.told()
        assert IndexTerm.objects.get(kind="w", text="quorum").documents == 1

    def test_the_other_tasks_do_not_wait_for_a_rebuild(self):
        self.client.post(reverse(ASK))
        outbox.drain()
        assert outbox.waiting(REBUILD).count() == 1

    def test_one_rebuild_at_a_time(self):
        for _time in range(2):
            self.client.post(reverse(ASK))
        assert OutboxItem.objects.get(kind=REBUILD).version == 1
        assert "Oui, reconstruire" in self.client.get(reverse(ASK)).content.decode()
        clock()
        self.client.post(reverse(ASK))
        assert OutboxItem.objects.get(kind=REBUILD).version == 2

    def test_a_rebuild_under_way_is_said(self):
        self.client.post(reverse(ASK))
        OutboxItem.objects.filter(key=KEY).update(leased_until=Now() + timedelta(minutes=1))
        page = self.told()
        assert "en cours" in page
        assert reverse(ASK) not in page

    def test_a_rebuild_that_fails_says_why_and_can_be_tried_again(self):
        with override_settings(**NOWHERE):
            self.client.post(reverse(ASK))
            clock()
            page = self.told()
            assert "échouée" in page
            assert "ConnectionError" in page
        assert "Oui, réessayer" in self.client.get(reverse(RETRY)).content.decode()
        self.client.post(reverse(RETRY))
        clock()
        assert "terminée" in self.told()

    @override_settings(**NOWHERE)
    def test_a_cluster_left_alone_is_said_with_its_reason_and_what_answers_instead(self):
        breaker.open("il ne répond pas")
        page = self.told()
        for said in ("laisse de côté", f"{HERE} répond à sa place", "il ne répond pas"):
            assert said in page, said

    @override_settings(**NOWHERE)
    def test_pages_on_their_way_pages_given_up_and_an_index_being_built_are_counted(self):
        outbox.ask("search", {"1": {}, "2": {}, "3": {}})
        OutboxItem.objects.filter(key="3").update(given_up_at=Now(), error="400 mapping")
        IndexBuild.objects.create(
            alias="essai", name="essai-20260101", checkpoint=SearchDocument.objects.first().pk
        )
        page = self.told()
        for said in ("Page 3", "400 mapping", "essai-20260101", "1 pages sur"):
            assert said in page, said
        self.client.post(reverse(RETRY))
        assert not OutboxItem.objects.filter(given_up_at__isnull=False).exists()
