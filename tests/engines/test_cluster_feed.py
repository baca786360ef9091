"""What reaches the cluster: everything published, nothing withdrawn, whatever happens on the way."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from elasticsearch import Elasticsearch

from home.sample_corpus import records
from hub.core import outbox
from hub.core.models import OutboxItem
from search.engines import database_engine
from search.engines.base import EngineQuery, Sort
from search.engines.elasticsearch import building
from search.engines.elasticsearch.building import build
from search.engines.elasticsearch.cluster import client
from search.engines.elasticsearch.engine import KIND, ClusterEngine
from search.engines.elasticsearch.feed import actions_for, write
from search.engines.elasticsearch.index import alias
from search.engines.elasticsearch.reconcile import reconcile
from search.indexing import remove_pages
from search.models import IndexBuild, SearchDocument
from search.service import search, understand
from tests.engines.recording import FACETS, ask
from tests.search.loading import load

pytestmark = pytest.mark.usefixtures("filled")
COUNT = 50
DOCUMENTS = list(records(COUNT + 5, seed=3))


@pytest.fixture
def filled(stand):
    """Fifty documents, all of them in the cluster."""
    with stand("elasticsearch"):
        with transaction.atomic():
            load(DOCUMENTS[:COUNT])
        build()
        outbox.drain([KIND])
        yield


def held():
    """The pages that the cluster itself holds, and what it knows of them."""
    client().indices.refresh(index=alias())
    found = client().search(index=alias(), size=1000, version=True)
    return {int(hit["_id"]): hit["_version"] for hit in found["hits"]["hits"]}


def pages():
    return set(SearchDocument.objects.values_list("pk", flat=True))


def browse():
    return ask(ClusterEngine(), "assemblée", limit=100)


def withdraw(*ids):
    with transaction.atomic():
        remove_pages(ids)


def add(number):
    with transaction.atomic():
        return load([DOCUMENTS[COUNT + number]])[0]


def versions():
    return dict(OutboxItem.objects.filter(kind=KIND).values_list("key", "version"))


def test_everything_is_there_once_the_worker_has_passed():
    assert held().keys() == pages()
    assert outbox.waiting(KIND).count() == 0


def test_what_is_withdrawn_leaves_the_answers_at_once_and_the_cluster_with_the_worker():
    before = browse()
    gone = [hit.page_id for hit in before.hits[:5]]
    withdraw(*gone)
    assert set(gone) < held().keys()
    after = browse()
    assert after.total == before.total - 5
    assert not {hit.page_id for hit in after.hits} & set(gone)
    outbox.drain([KIND])
    assert held().keys() == pages()
    assert browse().total == after.total


def test_what_is_published_is_found_before_the_worker_has_passed():
    fresh = add(0)
    assert fresh not in held()
    assert fresh in {hit.page_id for hit in ask(ClusterEngine(), "", limit=100).hits}
    title = SearchDocument.objects.get(pk=fresh).title
    assert fresh in {hit.page_id for hit in ask(ClusterEngine(), title).hits}
    outbox.drain([KIND])
    assert fresh in held()


def test_counts_are_exact_while_pages_wait():
    withdraw(*sorted(pages())[::7])
    add(0)
    add(1)
    for text in ("", "assemblée", "vote pouvoir", "résolution"):
        for filters in ({}, {"type": frozenset({"guide"})}):
            asked = {"facet_names": FACETS, "filters": filters, "limit": 100}
            late = ask(ClusterEngine(), text, **asked)
            exact = ask(database_engine(), text, **asked)
            assert (late.total, late.facets) == (exact.total, exact.facets)
            assert [h.page_id for h in late.hits] == [h.page_id for h in exact.hits]


def test_fifty_pages_withdrawn_at_once_show_nothing_of_themselves():
    everything = ask(ClusterEngine(), "", limit=0).facets
    withdraw(*pages())
    found = ask(ClusterEngine(), "", limit=100)
    assert (found.total, found.hits) == (0, ())
    assert all(not values for values in found.facets.values())
    assert any(everything.values())
    assert ClusterEngine().suggest(query("assemblée")) == []


def query(text):
    return EngineQuery(
        match=understand(text).match(), filters={}, facet_names=FACETS, locale="fr",
        sort=Sort.RELEVANCE, offset=0, limit=20, now=timezone.now(),
    )  # fmt: skip


def test_a_late_write_never_wins():
    page_id = min(pages())
    late = actions_for({page_id: versions()[str(page_id)]})
    withdraw(page_id)
    outbox.drain([KIND])
    assert write(alias(), late) == {}
    assert page_id not in held()


def test_a_write_sent_twice_does_no_harm():
    page_id = min(pages())
    again = actions_for({page_id: versions()[str(page_id)]})
    assert write(alias(), again) == {}
    assert held().keys() == pages()


def test_one_page_that_is_refused_does_not_hold_the_others():
    broken, good = sorted(pages())[:2]
    SearchDocument.objects.filter(pk=broken).update(facets={"theme": {"not": "a word"}})
    outbox.ask(KIND, {str(broken): {}, str(good): {}})
    outbox.drain([KIND])
    assert OutboxItem.objects.get(key=str(good)).done
    refused = OutboxItem.objects.get(key=str(broken))
    assert "400" in refused.error
    assert not refused.done


def test_pages_that_wait_in_number_are_asked_from_the_database():
    with override_settings(SEARCH_ENGINE="elasticsearch"):
        outbox.ask(KIND, {str(10_000_000 + n): {} for n in range(501)})
        found = search_as_a_reader("assemblée")
        assert found.total == ask(database_engine(), "assemblée").total > 0


def search_as_a_reader(text):
    from search.engines.base import SearchRequest

    return search(SearchRequest(query=text, locale="fr", facet_names=FACETS))


# -- Building beside ---------------------------------------------------------------------------
def test_an_index_is_built_beside_and_put_in_its_place_at_once():
    (before,) = client().indices.get_alias(name=alias())
    call_command("search_rebuild", "--index-only")
    (after,) = client().indices.get_alias(name=alias())
    assert before != after
    assert not client().indices.exists(index=before)
    assert held().keys() == pages()
    assert not IndexBuild.objects.exists()


def test_no_search_fails_while_an_index_takes_the_place_of_another():
    ended, failed, answered = threading.Event(), [], []

    def go_on_searching():
        while not ended.is_set():
            try:
                answered.append(client().search(index=alias(), query={"match_all": {}}, size=100))
            except Exception as error:
                failed.append(repr(error))

    threads = [threading.Thread(target=go_on_searching) for _number in range(4)]
    for thread in threads:
        thread.start()
    for _time in range(4):
        build()
    ended.set()
    for thread in threads:
        thread.join()
    assert len(answered) > 20
    assert failed == []


def test_a_build_that_was_killed_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(building, "BATCH", 10)
    work = building._begin()
    building._create(work.name)
    for _batch in range(2):
        building._next_batch(work)
    (in_service,) = client().indices.get_alias(name=alias())
    assert in_service != work.name
    assert browse().total > 0
    IndexBuild.objects.update(leased_until=None)  # the lease of a dead process ends
    seen = []
    real = building._next_batch
    monkeypatch.setattr(
        building, "_next_batch", lambda work: seen.append(work.checkpoint) or real(work)
    )
    build()
    assert seen[0] == sorted(pages())[19]
    assert held().keys() == pages()


def test_two_builds_at_once_are_refused():
    building._begin()
    with pytest.raises(CommandError, match="another process"):
        call_command("search_rebuild", "--index-only")


def test_what_changes_while_an_index_is_built_is_in_it(monkeypatch):
    monkeypatch.setattr(building, "BATCH", 10)
    real, changes = building._next_batch, []

    def publish_between(work):
        if len(changes) == 2:
            withdraw(min(pages()))
            changes.append(add(0))
            outbox.drain([KIND])
        changes.append(None)
        return real(work)

    monkeypatch.setattr(building, "_next_batch", publish_between)
    build()
    outbox.drain([KIND])
    assert held().keys() == pages()
    assert reconcile() == (0, 0, 0)


# -- Comparing -----------------------------------------------------------------------------------
def test_comparing_finds_nothing_when_nothing_differs():
    assert reconcile() == (0, 0, 0)


def test_what_differs_either_way_is_found_and_mended():
    stray = Elasticsearch(client().transport.node_pool.all()[0].base_url)
    lost, changed, *_others = sorted(pages())
    stray.delete(index=alias(), id=str(lost), refresh=True)
    body = stray.get(index=alias(), id=str(changed))["_source"]
    stray.index(index=alias(), id=str(changed), document=body | {"hash": "x"}, refresh=True)
    stray.index(
        index=alias(), id="999999", document={"page_id": 999_999, "hash": "y"}, refresh=True
    )
    call_command("search_reconcile")
    assert held().keys() == pages()
    assert reconcile() == (0, 0, 0)


def test_a_restored_database_wins_over_a_cluster_that_knows_later_versions():
    page_id = min(pages())
    for _time in range(3):
        outbox.ask(KIND, {str(page_id): {}})
        outbox.drain([KIND])
    OutboxItem.objects.filter(kind=KIND).delete()  # as an older backup would
    SearchDocument.objects.filter(pk=page_id).update(content_hash="0" * 64)
    assert reconcile().stale == 1
    outbox.drain([KIND])
    assert reconcile() == (0, 0, 0)
