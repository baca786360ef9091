"""A hub of its own, in a folder that disappears, that holds nothing but the documents to judge."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.ablation.figures import Answer, Figures, Judged, figures
from tests.prepared import clean_environment, migrated_folder

RESULTS = 20


@contextmanager
def hub_of(corpus: Path) -> Iterator[None]:
    """Django, set up in this process over a hub filled by the public import; once in a process."""
    with tempfile.TemporaryDirectory(prefix="vie-coop-ablation-") as place:
        folder = Path(place, "hub")
        shutil.copytree(migrated_folder(), folder)
        environment = clean_environment(folder, DJANGO_SETTINGS_MODULE="hub.settings.test")
        os.environ.clear()
        os.environ.update(environment)
        import django

        django.setup()
        for command in (("migrate",), ("setup_site",), ("import_resources", str(corpus))):
            call(*command)
        yield


def call(*command: str) -> None:
    """Run a command of the hub silently."""
    from django.core.management import call_command

    call_command(*command, stdout=io.StringIO())


def measured(
    queries: Sequence[Judged], tuning: object | None = None, weights: object | None = None
) -> Figures:
    """The figures of the public search over the hub, with these settings in the place of its own."""
    from search.engines.base import SearchRequest
    from search.service import search

    judged = []
    for query in queries:
        request = SearchRequest(query=query["query"], locale="fr", limit=RESULTS)
        result = search(request, tuning=tuning, weights=weights)  # type: ignore[arg-type]
        ids = [hit.external_id for hit in result.hits]
        judged.append((query, Answer(ids, result.confident)))
    return figures(judged)
