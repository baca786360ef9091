from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home.site_tree import make_tree
from hub.core.groups import make_groups
from search.stored_synonyms import load_default_synonyms


class Command(BaseCommand):
    help = (
        "Make the site ready for content: locales, home, library and index pages, groups, default "
        "synonyms. Can be run again at any time: nothing that exists is touched."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        make_tree()
        make_groups()
        load_default_synonyms()
        self.stdout.write("The site is ready.")
