"""What the documents list is what there is: jobs, tasks, commands, decisions."""

import re

from hub.core import outbox
from hub.environment import ROOT
from tests.architecture.tree import PRODUCT, python_files

REFERENCE = ROOT / "docs" / "reference.md"


def first_cells(heading: str) -> set[str]:
    """The names in the first column of the table of the reference that begins so."""
    table = REFERENCE.read_text("utf-8").partition(heading)[2].partition("\n\n")[0]
    return set(re.findall(r"^\| `([^`]+)`", table, re.MULTILINE))


def test_the_reference_page_lists_every_regular_job() -> None:
    sources = [(ROOT / path).read_text("utf-8") for path in python_files(*PRODUCT)]
    named = {name for text in sources for name in re.findall(r"\bJob\(\s*\"([^\"]+)\"", text)}
    assert "alerts" in named
    assert first_cells("| Job | Every |") == named


def test_the_reference_page_lists_every_task() -> None:
    kinds = {kind for kind, _label in outbox.labels()}
    assert "mail" in kinds
    # Only a site with a cluster brings pages to it.
    assert first_cells("| Task | What it does |") == kinds | {"search"}


def test_the_reference_page_explains_every_command() -> None:
    modules = [path for path in python_files(*PRODUCT) if path.parent.name == "commands"]
    commands = {path.stem for path in modules} - {"__init__"}
    explained = re.findall(r"^### `(\w+)", REFERENCE.read_text("utf-8"), re.MULTILINE)
    assert "run_hub" in commands
    assert sorted(explained) == sorted(commands)


def test_every_decision_is_in_the_list_once_and_in_order() -> None:
    folder = ROOT / "docs" / "adr"
    listed = re.findall(
        r"^(\d+)\. \[[^]]+\]\((\S+)\)$", (folder / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert [name for _number, name in listed] == sorted(
        path.name for path in folder.glob("[0-9]*.md")
    )
    assert all(int(number) == int(name[:4]) for number, name in listed)
