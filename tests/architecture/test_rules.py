"""The house rules that no linter knows."""

import ast
import re

from tests.architecture.tree import PRODUCT, ROOT, python_files, texts, tracked, tree_of

# What Wagtail offers to choose pages for the public; here `visible()` alone does.
SHORTCUTS = {
    "live", "not_live", "public", "not_public", "private", "search", "autocomplete", "in_menu",
    "first_common_ancestor",
}  # fmt: skip
OTHER_ROADS = {
    "resources/reports/synthesis/building.py": "makes drafts",
    "resources/reviews.py": "what editors have to read again, public or not",
    "hub/core/visibility.py": "the rule itself",
    "search/service.py": "asks an engine, whose rows are of visible pages only",
    "search/engines/elasticsearch/__init__.py": "passes the question on to an engine",
    "search/engines/elasticsearch/engine.py": "asks the cluster, which holds the same rows",
    "search/engines/elasticsearch/reconcile.py": "compares the cluster with the rows",
}
LATE_IMPORTS = {
    "hub/core/apps.py": "Django's ready()",
    "resources/apps.py": "Django's ready()",
    "resources/reports/apps.py": "Django's ready()",
    "search/apps.py": "Django's ready()",
    "hub/core/management/commands/catalogues.py": "Babel is installed for developing only",
}
ENVIRONMENT = {
    "hub/environment.py": "the one reader",
    "hub/bootstrap.py": "runs before anything is installed",
    "hub/wsgi.py": "Django's default settings",
}
# Written in two parts, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "HA" + "CK"]) + r")\b")
REGISTRIES = re.compile(
    "|".join(
        [
            "py" + r"pi\.(org|io)",
            "python" + r"hosted\.org",
            "npm" + r"js\.(org|com)",
            "index" + "-url =",
        ]
    )
)
MACHINE_PATHS = re.compile(r"""(?<![\w./>}-])/(?:work|root|opt|mnt|Users|home/[a-z]+|tmp)/[\w.]""")


def offences(check, files):
    return [
        f"{path}:{node.lineno}" for path in files for node in ast.walk(tree_of(path)) if check(node)
    ]


def product(*, but=()):
    return [path for path in python_files(*PRODUCT) if str(path) not in but]


def is_shortcut(node):
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    pattern = isinstance(node.func.value, ast.Name) and (
        node.func.value.id.isupper() or node.func.value.id in {"re", "pattern"}
    )
    return node.func.attr in SHORTCUTS and not (node.func.attr == "search" and pattern)


def asks_for_live_pages(node):
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        return node.attr == "live"
    return isinstance(node, ast.keyword) and node.arg in {"live", "live__in"}


WRITERS = {
    "home/loader/writer.py": "makes drafts",
    "hub/core/models/page.py": "refuses to write what may not be published",
    "resources/importing.py": "publishes again what was published",
    "hub/core/visibility.py": "the rule itself",
    "resources/reports/models/campaign.py": "a campaign is no page: its own rule",
    "resources/reports/seasons.py": "makes drafts",
    "resources/reports/publication.py": "publishes the pages of answers, and takes them down",
    "resources/reports/synthesis/building.py": "makes drafts",
    "resources/reviews.py": "what editors have to read again, public or not",
    "resources/terms/applying.py": "makes drafts",
    "resources/terms/plan.py": "what an editor would change",
    "resources/terms/rows.py": "what an editor would change",
}


def test_only_visible_chooses_what_the_public_sees():
    assert offences(is_shortcut, product(but=OTHER_ROADS)) == []


def test_nobody_asks_by_himself_whether_a_page_is_live():
    assert offences(asks_for_live_pages, product(but=WRITERS)) == []


def test_no_template_chooses_pages_by_itself():
    asked = re.compile(r"\.(live|public|get_children|get_siblings|get_descendants|get_ancestors)\b")
    wrong = [
        str(path) for path, text in texts() if path.parts[0] == "templates" and asked.search(text)
    ]
    assert wrong == []


def test_wagtail_finds_each_template_by_its_default_name():
    def names_its_template(node):
        if not isinstance(node, ast.ClassDef) or not node.name.endswith("Page"):
            return False
        named = [t for s in node.body if isinstance(s, ast.Assign) for t in s.targets]
        return any(isinstance(t, ast.Name) and t.id == "template" for t in named)

    assert offences(names_its_template, product()) == []


def test_the_environment_is_read_in_one_place():
    def reads(node):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return node.value.id == "os" and node.attr in {"environ", "getenv", "putenv"}
        return False

    assert offences(reads, product(but=ENVIRONMENT)) == []


def test_imports_stand_at_the_top():
    def late(function):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            return False
        return any(isinstance(n, ast.Import | ast.ImportFrom) for n in ast.walk(function))

    assert offences(late, product(but=LATE_IMPORTS)) == []


def test_nothing_is_left_unfinished():
    assert [str(p) for p, text in texts() if UNFINISHED.search(text)] == []


def test_nothing_names_a_registry_or_a_path_of_a_machine():
    own = "tests/architecture/test_rules.py"
    found = [
        f"{path}: {match[0]}"
        for path, text in texts()
        if str(path) != own and (match := REGISTRIES.search(text) or MACHINE_PATHS.search(text))
    ]
    assert found == []


def test_the_top_level_holds_what_the_house_says():
    allowed = {
        "hub", "home", "resources", "search", "templates", "tests", "docs", ".ci", "manage.py",
        "pyproject.toml", "Makefile", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
        "SECURITY.md", "requirements.txt", "requirements-dev.txt",
    }  # fmt: skip
    tops = {path.parts[0] for path in tracked()}
    assert {
        top for top in tops - allowed if not top.startswith(".git") and top != ".editorconfig"
    } == set()


def test_every_resource_type_has_one_model_file_and_one_template():
    from resources.types import resource_types

    for model in resource_types().values():
        template = ROOT / "templates" / model.template
        assert template.is_file(), model
        # A type that needs campaigns stands with their models.
        folders = (ROOT / "resources" / "models", ROOT / "resources" / "reports" / "models")
        name = f"{model.__module__.rsplit('.')[-1]}.py"
        assert any((folder / name).is_file() for folder in folders)
