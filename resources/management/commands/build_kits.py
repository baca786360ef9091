"""Packs at once the kits that wait for the worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hub.core import outbox
from resources.kit_states import KIND, states_of
from resources.kit_versions import ask_for, check_all
from resources.models import KitPage


class Command(BaseCommand):
    help = "Pack now the kits whose content changed since their last zip, without waiting for the worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="write every zip again, even those that are there"
        )

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        if again:
            ask_for(KitPage.objects.values_list("pk", flat=True), again=True)
        else:
            check_all()
        done = outbox.drain([KIND])
        self.stdout.write(f"Kits: {done} looked at.")
        titles = dict(KitPage.objects.values_list("pk", "title"))
        for pk, state in states_of(list(titles)).items():
            if state.reason:
                self.stderr.write(f"{titles[pk]}: {state.reason}")
