from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.loader.load import load_all
from home.loader.sources import ContentError


class Command(BaseCommand):
    help = (
        "Load the content of the project into the site. Can be run again at any time: what an "
        "editor changed or removed since is left alone."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ledger = load_all()
        except ContentError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        counts = ledger.counts
        names = ("created", "changed", "unchanged", "kept")
        self.stdout.write("Content: " + ", ".join(f"{counts[n]} {n}" for n in names) + ".")
        for key in ledger.kept:
            self.stdout.write(f"  kept as the editors left it: {key}")
