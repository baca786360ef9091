"""Settings come from declared variables; a wrong one stops the start with one sentence."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from hub.environment import ROOT, VARIABLES, read
from tests.prepared import clean_environment


def test_without_any_variable_the_defaults_hold():
    values = read({})
    assert set(values) == set(VARIABLES)
    assert values["HUB_DATA_DIR"] == ROOT / "var"
    assert values["HUB_DEBUG"] is False
    assert values["HUB_ALLOWED_HOSTS"] == []


def test_an_empty_value_is_the_default():
    assert read({"HUB_WORKERS": ""})["HUB_WORKERS"] == int(VARIABLES["HUB_WORKERS"].default)


@pytest.mark.parametrize("name", ["HUB_DATADIR", "SEARCH_ENGINES", "HUB_"])
def test_an_unknown_variable_is_refused_by_its_name(name):
    with pytest.raises(ImproperlyConfigured, match=f"Unknown environment variable {name}:"):
        read({name: "1"})


def test_variables_of_others_are_left_alone():
    assert read({"PATH": "/bin", "DJANGO_SETTINGS_MODULE": "x", "HUBERT": "1"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("HUB_DEBUG", "maybe"),
        ("HUB_WORKERS", "0"),
        ("HUB_WORKERS", "-1"),
        ("HUB_THREADS", "two"),
        ("HUB_THREADS", "²"),
        ("HUB_TRUSTED_PROXIES", "1.5"),
        ("HUB_BASE_URL", "hub.example"),
        ("HUB_BASE_URL", "ftp://hub.example"),
        ("HUB_BASE_URL", "https://"),
        ("HUB_SECRET_KEY", "short"),
        ("SEARCH_ENGINE", "oracle"),
    ],
)
def test_a_malformed_value_is_refused_by_its_name(name, text):
    with pytest.raises(ImproperlyConfigured, match=re.escape(f"{name}={text!r} cannot be read: ")):
        read({name: text})


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("TRUE", True), ("no", False), ("0", False)]
)
def test_yes_and_no_are_understood(text, value):
    assert read({"HUB_DEBUG": text})["HUB_DEBUG"] is value


def test_names_are_separated_by_commas():
    assert read({"HUB_ALLOWED_HOSTS": "a.example, b.example,"})["HUB_ALLOWED_HOSTS"] == [
        "a.example",
        "b.example",
    ]


def test_a_wrong_variable_stops_every_command_with_one_sentence(tmp_path):
    done = manage("check", tmp_path, HUB_WORKERS="many")
    assert done.returncode != 0
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .endswith("HUB_WORKERS='many' cannot be read: expected a whole number from 1 to 64.")
    )


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({}, "HUB_SECRET_KEY is missing"),
        ({"HUB_SECRET_KEY": "k" * 50}, "the address of a public site starts with https://"),
    ],
)
def test_production_refuses_to_start_without_its_own_key_and_https(tmp_path, variables, sentence):
    done = manage("check", tmp_path, DJANGO_SETTINGS_MODULE="hub.settings.production", **variables)
    assert done.returncode != 0
    assert sentence in done.stderr


def test_the_reference_page_lists_every_variable_with_its_default():
    page = Path(ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    listed = {name: row for row in rows if (name := row.split("`")[1]) in VARIABLES}
    assert set(listed) == set(VARIABLES)
    for name, variable in VARIABLES.items():
        if variable.default:
            assert variable.default in listed[name], name
    named = re.findall(r"`((?:HUB|SEARCH)_[A-Z_]+)`", page)
    assert set(named) <= set(VARIABLES)


def manage(command, folder, **variables):
    return subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT, env=clean_environment(folder, **variables), capture_output=True, text=True, check=False,
    )  # fmt: skip
