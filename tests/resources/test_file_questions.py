"""Thirty questions whose words stand only inside the files of the kit find their document, and the page.

The pages of the kit repeat their files: here their own text is taken away, so that the file alone
can answer. Everything else of the site stays and competes.
"""

import json

import pytest

from hub.core import outbox, reading
from hub.core.models import FileReading
from resources.models import DocumentPage
from search.engines.base import SearchRequest
from search.indexing import index_pages
from search.service import search
from tests.search.judged import DATA

QUESTIONS = json.loads((DATA / "file_questions.json").read_text(encoding="utf-8"))

MOST_WRONG_PAGES = 2  # another page of the file says as many of the words


@pytest.fixture
def silent_pages(loaded_site):
    """The document pages of the kit, without a text of their own, their files not read."""
    pages = DocumentPage.objects.exclude(file=None)
    pages.update(body="[]")
    FileReading.objects.all().delete()
    index_pages(list(pages))
    return pages.filter(locale__language_code="fr").select_related("file")


def answers(pages):
    """For each question, the rank of its document in the first three (0: not there) and its place."""
    numbers = {slug.partition("-")[2]: pk for slug, pk in pages.values_list("slug", "pk")}
    found = {}
    for row in QUESTIONS:
        hits = search(SearchRequest(query=row["question"], locale="fr", limit=3)).hits
        ids = [hit.page_id for hit in hits]
        wanted = numbers[row["document"]]
        rank = ids.index(wanted) + 1 if wanted in ids else 0
        found[row["question"]] = (rank, hits[rank - 1].section_anchor if rank else "")
    return found


def test_thirty_questions_find_their_document_in_the_first_three_by_its_file_alone(silent_pages):
    assert len(QUESTIONS) == 30
    assert {rank for rank, _place in answers(silent_pages).values()} == {0}
    for page in silent_pages:
        reading.ask_for(page.file)
    outbox.drain(["read_file"])
    after = answers(silent_pages)
    assert [question for question, (rank, _place) in after.items() if not rank] == []
    wrong = [row["question"] for row in QUESTIONS if after[row["question"]][1] != row["opens"]]
    assert len(wrong) <= MOST_WRONG_PAGES, wrong
