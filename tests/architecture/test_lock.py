"""The lock: every package pinned with its hashes, and no word about where they come from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ["requirements.txt", "requirements-dev.txt"]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[\w,-]+\])?==(\S+)", re.MULTILINE)


def entries(name):
    """The text of each pin, by the name and version pinned."""
    text = (ROOT / name).read_text(encoding="utf-8")
    starts = list(PIN.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return {
        (match[1], match[2]): text[match.start() : end]
        for match, end in zip(starts, ends, strict=True)
    }


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_a_hash(name):
    pins = entries(name)
    assert len(pins) > 20
    assert [
        pin for pin, text in pins.items() if not re.search(r"--hash=sha256:[0-9a-f]{64}", text)
    ] == []


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_pin_a_hash_or_a_comment(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    known = re.compile(
        r"^(?:[a-z0-9][\w.\-\[\],]*==\S+(?: ;.*)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?|    #.*)$"
    )
    assert [line for line in lines if not known.match(line)] == []


@pytest.mark.parametrize("name", FILES)
def test_no_registry_is_named(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host|@ file", text)


def test_the_two_locks_agree():
    running, developing = (set(entries(name)) for name in FILES)
    assert running <= developing


@pytest.mark.parametrize(
    ("package", "oldest"),
    [
        ("django", (5, 2, 19)),
        ("wagtail", (8, 0, 1)),
        ("wagtail-localize", (1, 14, 5)),
        ("pillow", (13, 0)),
    ],
)
def test_the_pinned_versions_are_new_enough(package, oldest):
    versions = dict(list(entries("requirements.txt")))
    assert tuple(int(part) for part in versions[package].split(".")) >= oldest


def test_every_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.match(r"[\w-]+", text)[0].lower() for text in project["project"]["dependencies"]}
    assert wanted <= {name for name, _version in entries("requirements.txt")}
