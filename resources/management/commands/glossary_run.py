"""Links a file of sentences, to measure from outside how well terms are recognised."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.core.judging import read_pairs, write_answers
from resources.glossary.html import read
from resources.glossary.linking import Linker
from resources.glossary.placing import Section, first_uses
from resources.glossary.state import glossary


class Command(BaseCommand):
    help = "Say which terms of the glossary would be linked in each HTML text of a JSON file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sentences", help='[{"id", "html"}], each text a section of its own')
        parser.add_argument(
            "out",
            help='{"id": [{"start", "end", "text", "term"}]}: offsets in the text without tags, '
            "entities decoded; the term by its address",
        )
        parser.add_argument("--locale", default="fr", help="the language of the texts (fr)")

    def handle(self, *args: Any, **options: Any) -> None:
        sentences = read_pairs(Path(options["sentences"]), "id", "html")
        linker = glossary(options["locale"]).linker
        if not linker.terms:
            raise CommandError(f"No term of the glossary may be read in “{options['locale']}”.")
        found = {name: _linked(html, linker) for name, html in sentences}
        write_answers(Path(options["out"]), found)
        self.stdout.write(f"{len(found)} texts read.")


def _linked(html: str, linker: Linker) -> list[dict[str, object]]:
    fragment = read(html)
    return [
        {
            "start": fragment.plain_place(match.start),
            "end": fragment.plain_place(match.end),
            "text": fragment.text[match.start : match.end],
            "term": match.term.slug,
        }
        for match in first_uses(fragment, linker, Section())
    ]
