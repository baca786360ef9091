"""Writes invented documents to measure the search with, as `import_resources` reads them."""

import json
import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.sample_corpus import records

LARGEST = 10_000_000


class Command(BaseCommand):
    help = "Write N invented French documents as JSON lines; the same seed gives the same ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, help="how many documents")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--out", default="-", help="a file; the standard output when left out")

    def handle(self, *args: Any, count: int, seed: int, out: str, **options: Any) -> None:
        if not 0 <= count <= LARGEST or seed < 0:
            raise CommandError(f"Expected a count from 0 to {LARGEST:,} and a seed of 0 or more.")
        try:
            target = nullcontext(sys.stdout) if out == "-" else open(out, "w", encoding="utf-8")  # noqa: SIM115
            with target as file:
                for record in records(count, seed):
                    file.write(json.dumps(record, ensure_ascii=False) + "\n")
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
