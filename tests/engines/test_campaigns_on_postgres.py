"""An answer lives its whole life on PostgreSQL: saved, sent, moderated, published, erased."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict

from resources.reports import drafts, erasure, workflow
from resources.reports.models import Answer, Publication, ReviewEvent
from tests import campaigns
from tests.reports import moderated


@pytest.fixture
def hub(stand):
    with stand("postgres"):
        call_command("setup_site", verbosity=0)
        # The admin's own index took its shape when this process began, which was on SQLite.
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE wagtailsearch_indexentry_fts"
                " (rowid integer, autocomplete text, title text, body text)"
            )
        yield


def test_from_the_first_word_to_the_erasure(hub):
    assert connection.vendor == "postgresql"
    invited = campaigns.participant(campaigns.campaign())
    draft = drafts.draft_of(invited)
    section = draft.campaign.shape.section("recit")
    drafts.save(draft, section, QueryDict("q-conseil_a_un_pair=Osez"))
    draft.refresh_from_db()
    assert draft.values["conseil_a_un_pair"] == "Osez"
    Answer.objects.filter(pk=draft.pk).update(values=moderated.STORY)
    workflow.move(draft, Answer.State.RECEIVED, who=workflow.BY_THE_COOP)
    for to in ("in-review", "accepted", "published"):
        moderated.step(draft, to)
    assert moderated.page_of(draft).live
    log = ReviewEvent._base_manager.filter(answer=draft)
    with pytest.raises(DatabaseError), transaction.atomic():
        log.update(who="Autre")
    other = campaigns.answer(campaigns.participant(draft.campaign, campaigns.coop("Les Voisins")))
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(answer=draft).update(answer=other)
    erasure.erase(draft, who="co-op")
    assert not Publication.objects.exists()
    assert not log.exists()
