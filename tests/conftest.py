"""Where a test run keeps its data, and the sites that tests stand on.

Fixtures: ``site`` is an empty site as ``setup_site`` leaves it; ``loaded_site`` is the site with
its whole content, shared by a module whose changes are undone after each test; ``live_hub`` is
the same one, really served.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

# The settings are read as soon as Django loads: everything they depend on is fixed here, before.
RUN_FOLDER = "VIE_COOP_TEST_RUN"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
RUN = Path(os.environ.setdefault(RUN_FOLDER, tempfile.mkdtemp(prefix="vie-coop-")))
for _name in [name for name in os.environ if name.startswith("HUB_")]:
    del os.environ[_name]
os.environ["HUB_DATA_DIR"] = str(RUN / WORKER)
os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"
(RUN / WORKER).mkdir(parents=True, exist_ok=True)


def pytest_configure(config: pytest.Config) -> None:
    if WORKER == "main":
        import django
        from django.conf import settings

        settings.INSTALLED_APPS  # noqa: B018  reads the settings
        django.setup()
        from hub.core.management.commands.catalogues import compile_catalogues

        compile_catalogues()


def pytest_unconfigure(config: pytest.Config) -> None:
    if WORKER == "main":
        shutil.rmtree(RUN, ignore_errors=True)


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    """The site that ``setup_site`` makes: ``home`` in French, ``english`` its translation."""
    from django.core.management import call_command

    from home.models import HomePage

    call_command("setup_site", verbosity=0)
    homes = {page.locale.language_code: page for page in HomePage.objects.all()}
    return SimpleNamespace(home=homes["fr"], english=homes["en"])


@pytest.fixture(scope="session")
def prepared_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the whole content, of this worker alone."""
    from tests.prepared import copy_of_prepared

    return copy_of_prepared(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="module")
def loaded_module(
    prepared_copy: Path, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Path]:
    """For the tests of a module, the default database is that of the prepared hub."""
    from django.test import override_settings

    from tests.database import database_file

    folders = {"MEDIA_ROOT": prepared_copy / "media", "KITS_ROOT": prepared_copy / "kits"}
    with (
        django_db_blocker.unblock(),
        override_settings(**folders),
        database_file(prepared_copy / "hub.sqlite3"),
    ):
        yield prepared_copy


@pytest.fixture
def loaded_site(loaded_module: Path, db: None) -> SimpleNamespace:
    """The site with its content: ``home``, ``english`` and the ``folder`` of its data."""
    from home.models import HomePage

    homes = {page.locale.language_code: page for page in HomePage.objects.all()}
    return SimpleNamespace(home=homes["fr"], english=homes["en"], folder=loaded_module)


@pytest.fixture(scope="session")
def live_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """The hub with its content, served by gunicorn on a free port; see ``tests.live.LiveHub``."""
    from tests.live import served

    with served(tmp_path_factory.mktemp("live")) as hub:
        yield hub
