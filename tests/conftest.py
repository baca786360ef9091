"""Where a test run keeps its data, and the sites that tests stand on.

Fixtures: ``site`` is an empty site as ``setup_site`` leaves it; ``loaded_site`` is the site with
its whole content; the changes of a test are undone after it, and a module stands on one of the
two. ``live_hub`` is the loaded site, really served.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

# The settings are read as soon as Django loads: everything they depend on is fixed here, before.
RUN_FOLDER = "VIE_COOP_TEST_RUN"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
RUN = Path(os.environ.setdefault(RUN_FOLDER, tempfile.mkdtemp(prefix="vie-coop-")))
for _name in [name for name in os.environ if name.startswith(("HUB_", "SEARCH_"))]:
    del os.environ[_name]
os.environ["HUB_DATA_DIR"] = str(RUN / WORKER)
os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"
(RUN / WORKER).mkdir(parents=True, exist_ok=True)

# « make test » runs the tests of the search twice: the second time the site stands on PostgreSQL.
ON_POSTGRES = os.environ.get("VIE_COOP_TEST_ON") == "postgres"
_SERVERS = ExitStack()
if ON_POSTGRES:
    from tests.services import postgres

    os.environ["HUB_DATABASE_URL"] = _SERVERS.enter_context(postgres.running()).new_database()


def pytest_configure(config: pytest.Config) -> None:
    if WORKER == "main":
        import django
        from django.conf import settings

        settings.INSTALLED_APPS  # noqa: B018  reads the settings
        django.setup()
        from hub.core.management.commands.catalogues import compile_catalogues

        compile_catalogues()


def pytest_unconfigure(config: pytest.Config) -> None:
    _SERVERS.close()
    if WORKER == "main":
        shutil.rmtree(RUN, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The test database is a copy of a migrated one: migrating takes a minute, copying none."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    from django.conf import settings

    from hub.settings.database import database
    from tests.prepared import migrated_folder

    default = settings.DATABASES["default"]
    if ON_POSTGRES:  # a worker's own server: the settings were read from what it inherited
        default |= database(os.environ["HUB_DATABASE_URL"], RUN)
        default.setdefault("TEST", {})["NAME"] = default["NAME"]
        return
    path = RUN / WORKER / "test.sqlite3"
    shutil.copyfile(migrated_folder() / "hub.sqlite3", path)
    default.setdefault("TEST", {})["NAME"] = str(path)


@pytest.fixture(scope="session")
def copy_of_hub(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Returns the data folder of a prepared hub, copied once for this worker."""
    from tests.prepared import copy_of

    return cache(lambda name: copy_of(name, tmp_path_factory.mktemp(name)))


@pytest.fixture(scope="session")
def copy_of_migrated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Returns the file of a migrated database that may be changed at will, a new one each time."""
    from tests.prepared import migrated_folder

    def copied() -> Path:
        path = tmp_path_factory.mktemp("migrated") / "hub.sqlite3"
        shutil.copyfile(migrated_folder() / "hub.sqlite3", path)
        return path

    return copied


@pytest.fixture(autouse=True)
def language_of_the_site() -> None:
    """A request leaves its language to the thread: without this, tests hang on their order."""
    from django.utils import translation

    translation.deactivate()


@contextmanager
def standing_on(folder: Path, blocker: Any) -> Iterator[Path]:
    """The default database and the stored files are those of ``folder``."""
    from django.test import override_settings

    from tests.database import database_file

    names = ("media", "kits", "guides", "syntheses")
    folders = {f"{name.upper()}_ROOT": folder / name for name in names}
    with blocker.unblock(), override_settings(**folders), database_file(folder / "hub.sqlite3"):
        yield folder


@pytest.fixture(scope="module")
def empty_module(
    copy_of_hub: Callable[[str], Path], django_db_setup: None, django_db_blocker: Any
) -> Iterator[Path]:
    """The tests of a module start from the site that ``setup_site`` makes; for test classes."""
    with standing_on(copy_of_hub("empty"), django_db_blocker) as folder:
        yield folder


@pytest.fixture(scope="module")
def loaded_module(
    copy_of_hub: Callable[[str], Path], django_db_setup: None, django_db_blocker: Any
) -> Iterator[Path]:
    """The tests of a module start from the site with its whole content; for test classes."""
    with standing_on(copy_of_hub("loaded"), django_db_blocker) as folder:
        yield folder


def homes(folder: Path) -> SimpleNamespace:
    from home.models import HomePage

    found = {page.locale.language_code: page for page in HomePage.objects.all()}
    return SimpleNamespace(home=found["fr"], english=found["en"], folder=folder)


@pytest.fixture
def site(empty_module: Path, db: None) -> SimpleNamespace:
    """The site that ``setup_site`` makes: ``home``, ``english``, the ``folder`` of its data."""
    return homes(empty_module)


@pytest.fixture
def loaded_site(loaded_module: Path, db: None) -> SimpleNamespace:
    """The site with its whole content: ``home``, ``english``, the ``folder`` of its data."""
    return homes(loaded_module)


@pytest.fixture(scope="session")
def live_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """The hub with its content, served by gunicorn on a free port; see ``tests.live.LiveHub``."""
    from tests.live import served

    with served(tmp_path_factory.mktemp("live")) as hub:
        yield hub
