"""Small pieces: what does not fit on a few screens is two subjects."""

import ast

from tests.architecture.tree import ROOT, python_files, tracked, tree_of

FILE, FUNCTION, TEMPLATE = 300, 30, 120
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}


def line_count(path):
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def test_no_module_is_longer_than_three_hundred_lines():
    assert {str(p): n for p in python_files() if (n := line_count(p)) > FILE} == {}


def test_no_style_sheet_nor_script_is_longer_than_three_hundred_lines():
    served = [p for p in tracked() if p.suffix in {".css", ".js"}]
    assert {str(p): n for p in served if (n := line_count(p)) > FILE} == {}


def test_no_function_is_longer_than_thirty_lines():
    long = {}
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > FUNCTION:
                    long[f"{path}:{node.lineno} {node.name}"] = length
    assert long == {}


def test_no_template_is_longer_than_a_hundred_and_twenty_lines():
    templates = [p for p in tracked() if p.parts[0] == "templates"]
    assert templates
    assert {str(p): n for p in templates if (n := line_count(p)) > TEMPLATE} == {}


def test_every_module_is_named_after_a_subject():
    vague = [str(p) for p in python_files() if VAGUE & {p.stem, *p.parts[:-1]}]
    assert vague == []
