from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from home.site_tree import follow_address, make_tree
from hub.core.groups import make_groups
from search.steering import load_default_synonyms


class Command(BaseCommand):
    help = (
        "Make the site ready for content: locales, home, library and index pages, groups, default "
        "synonyms. Can be run again at any time: nothing that exists is touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--follow-address",
            action="store_true",
            help="Give the default site the host and port of HUB_BASE_URL.",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        make_tree()
        if options["follow_address"]:
            follow_address()
        make_groups()
        load_default_synonyms()
        self.stdout.write("The site has its pages, lists and groups.")
