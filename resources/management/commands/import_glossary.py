"""Imports terms of the glossary from a CSV file, and says first what would change."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.models import GlossaryIndexPage
from resources.terms.applying import RefusedError, apply_sheet
from resources.terms.plan import Plan, plan_of
from resources.terms.sheet import MOST_BYTES, UnreadableError, read_sheet

SHOWN = 50
WIDTH = 100


class Command(BaseCommand):
    help = (
        "Import French terms of the glossary from a CSV file: known by their slug, added or changed, "
        "never removed. If a line is bad, nothing is imported and every bad line is named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change, and stop."
        )
        parser.add_argument("--draft", action="store_true", help="Leave drafts: publish nothing.")

    def handle(self, *args: Any, file: Path, dry_run: bool, draft: bool, **options: Any) -> None:
        place = GlossaryIndexPage.objects.filter(locale__language_code="fr").first()
        if place is None:
            raise CommandError("There is no French glossary: run manage.py setup_site first.")
        try:
            with file.open("rb") as source:
                sheet = read_sheet(source.read(MOST_BYTES + 1))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except UnreadableError as error:
            raise CommandError(f"{file}: {error}") from error
        plan = plan_of(sheet, place)
        self._say(plan)
        if plan.problems:
            raise CommandError(_refusal(plan.problems))
        if dry_run:
            self.stdout.write("Dry run: nothing was kept.")
            return
        try:
            counts = apply_sheet(sheet, place, plan.basis, publish=not draft)
        except RefusedError as error:
            raise CommandError(_refusal(error.problems)) from error
        done = ", ".join(f"{counts[kind]} {kind}" for kind in ("added", "changed", "unchanged"))
        self.stdout.write(f"Import: {done}; {counts['drafts']} left as drafts.")

    def _say(self, plan: Plan) -> None:
        for note in plan.notes:
            self.stderr.write(note)
        for change in plan.writes:
            self.stdout.write(f"{change.kind}: {change.slug} ({change.title})")
            for changed in change.fields:
                self.stdout.write(f"  {changed.column}")
                self.stdout.write(f"    - {_short(changed.before)}")
                self.stdout.write(f"    + {_short(changed.after)}")
        unchanged = len(plan.of_kind("unchanged"))
        self.stdout.write(f"{unchanged} unchanged.")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"


def _refusal(problems: list[tuple[int, str]]) -> str:
    lines = [f"  line {number}: {reason}" for number, reason in problems[:SHOWN]]
    more = len(problems) - SHOWN
    lines += [f"  and {more} more"] if more > 0 else []
    return "Nothing was imported.\n" + "\n".join(lines)
