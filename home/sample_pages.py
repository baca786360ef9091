"""Invented documents as published pages, and their removal: through the import, like any record."""

import json
from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from home.sample_corpus import IDENTIFIER, records
from resources.importing import import_records
from resources.models import ResourcePage
from resources.records import read_records

# Pages in one transaction: what is published stays if the command is stopped later.
BATCH = 2_000


def publish(count: int, seed: int) -> Iterator[tuple[int, int]]:
    """Publish the first ``count`` documents of a seed, batch after batch.

    Yields, after each batch, how many are done and how many of the batch were not there before.
    Raises NoPlaceError on a site that was not set up.
    """
    done, waiting = 0, records(count, seed)
    while batch := list(islice(waiting, BATCH)):
        reading = read_records(json.dumps(record).encode() for record in batch)
        done += len(batch)
        yield done, import_records(reading.records)["created"]


def remove() -> Iterator[int]:
    """Delete the invented pages of every seed; yields, after each batch, how many are gone."""
    removed = 0
    invented = ResourcePage.objects.filter(external_id__regex=IDENTIFIER).order_by("pk")
    while keys := list(invented.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            ResourcePage.objects.filter(pk__in=keys).delete()
        removed += len(keys)
        yield removed
