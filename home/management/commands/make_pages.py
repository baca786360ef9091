"""Publishes invented pages, as many as wanted, to see and measure the site at its size."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.sample_pages import publish, remove
from resources.importing import NoPlaceError

LARGEST = 1_000_000


class Command(BaseCommand):
    help = (
        "Publish N invented French pages of every type, found, filtered and searched like the "
        "others. Those of a seed that are already there stay as they are; stopped, it goes on "
        "where it was. --remove takes all the invented pages away."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, nargs="?", help="how many pages")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other pages (1)")
        parser.add_argument("--remove", action="store_true", help="take away those of every seed")

    def handle(
        self, *args: Any, count: int | None, seed: int, remove: bool, **options: Any
    ) -> None:
        if remove:
            self._remove(count)
        elif count is None or not 0 <= count <= LARGEST or seed < 0:
            raise CommandError(f"Expected a count from 0 to {LARGEST:,} and a seed of 0 or more.")
        else:
            self._publish(count, seed)

    def _publish(self, count: int, seed: int) -> None:
        start, created = time.monotonic(), 0
        try:
            for done, fresh in publish(count, seed):
                created += fresh
                self.stdout.write(f"{done:,} of {count:,}, {time.monotonic() - start:.0f} s")
        except NoPlaceError as error:
            raise CommandError(f"Nothing more was published: {error}.") from error
        self.stdout.write(f"{created:,} pages published, {count - created:,} were there.")

    def _remove(self, count: int | None) -> None:
        if count is not None:
            raise CommandError("--remove takes every invented page away: give no count with it.")
        removed = 0
        for removed in remove():
            self.stdout.write(f"{removed:,} taken away so far")
        self.stdout.write(f"{removed:,} pages taken away.")
