"""Says the problems of the files of a page among Wagtail's content checks, in its editor.

Wagtail's checks are rules that Axe runs on the preview. A rule that always fails on the first
heading says what is known of a file; Wagtail itself does so for what no element shows.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.userbar import AccessibilityItem, ContentCheckerItem
from wagtail.models import Page, ReferenceIndex

from hub.core.file_checks import Problem, problems_of
from hub.core.models import HubDocument, HubImage

ALWAYS_FAILS = "has-alt"  # a heading never has an alternative text


class FilesOfPage(ContentCheckerItem):
    """Wagtail's own checks, and those of the files that the page shows."""

    def __init__(self, page: Page, *, in_editor: bool) -> None:
        super().__init__(in_editor=in_editor)
        self.found = _found(page)

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        return [*super().get_axe_run_only(request), *self.found]

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        ours = [
            {
                "id": rule,
                "impact": "serious",
                "selector": "h1",
                "tags": ["best-practice"],
                "any": [ALWAYS_FAILS],
                "enabled": True,
            }
            for rule in self.found
        ]
        return [*super().get_axe_custom_rules(request), *ours]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, Any]:
        ours = {
            rule: {
                "error_name": _("%(problem)s: %(file)s") % {"problem": p.label, "file": title},
                "help_text": p.advice,
            }
            for rule, (title, p) in self.found.items()
        }
        return {**super().get_axe_messages(request), **ours}


def check_files(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """The hook: put our checker in the place of Wagtail's, on a page that shows files."""
    if page is None:
        return
    for place, item in enumerate(items):
        if type(item) in (ContentCheckerItem, AccessibilityItem):
            ours = FilesOfPage(page, in_editor=item.in_editor)
            if ours.found:
                items[place] = ours


def _found(page: Page) -> dict[str, tuple[str, Problem]]:
    """Each problem under the name of its rule, with the title of the file."""
    rules = {}
    for model in (HubDocument, HubImage):
        files = list(model.objects.filter(pk__in=_ids(page, model)))
        problems = problems_of(files)
        for file in files:
            for problem in problems[file.pk]:
                rules[f"file-{file.pk}-{problem.code}"] = (file.title, problem)
    return rules


def _ids(page: Page, model: type[HubDocument] | type[HubImage]) -> set[int]:
    kind = ReferenceIndex._get_base_content_type(model).pk
    references = ReferenceIndex._extract_references_from_object(page)
    return {int(to) for to_type, to, *_paths in references if to_type == kind and to.isdecimal()}
