"""Measures the speed of the site in ratios within one run: ``make bench``.

It imports generated records in hubs of several sizes, then asks for the same pages in each: the
CPU time of the fastest of several cold rounds, and the queries. Times mean little from one machine
to another; ratios do. Nothing here fails: numbers are for people.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.prepared import ROOT, clean_environment, copy_of
from tests.records import as_lines, records

SIZES = (200, 1_000, 10_000)
ROUNDS = 15
PAGES = {
    "home": "/",
    "library": "/ressources/",
    "library, filtered": "/ressources/?type=guide&step=avant",
    "search": "/ressources/?q=convocation+buffet",
    "search, one word": "/ressources/?q=quorum",
    "API search": "/api/search?q=convocation+buffet",
}
Measures = dict[str, tuple[float, int]]


def make_hub(size: int, folder: Path) -> float:
    """Import ``size`` records in a new hub; return the CPU seconds it took."""
    copy_of("empty", folder)
    lines = as_lines(folder / "records.jsonl", records(size))
    start = os.times()
    run(folder, "manage.py", "import_resources", str(lines))
    end = os.times()
    return (end.children_user - start.children_user) + (end.children_system - start.children_system)


def run(folder: Path, *command: str) -> str:
    settings = {"DJANGO_SETTINGS_MODULE": "hub.settings.test", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=clean_environment(folder, **settings),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def cpu_of(work: Callable[[], Any]) -> float:
    """Milliseconds of CPU."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def measure() -> None:
    """Print the milliseconds and the queries of each page: runs in a process per hub."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from resources.models import ResourcePage

    page = ResourcePage.objects.filter(type="guide").order_by("pk").first()
    client = Client(SERVER_NAME="127.0.0.1")
    for name, address in {**PAGES, "resource page": page.get_url()}.items():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, address
        queries = len(captured)
        print(f"{name}\t{fastest(client, address)}\t{queries}")
    print(f"bare\t{bare_view_cpu()}\t0")


def fastest(client: Any, address: str) -> float:
    """Milliseconds of CPU of the fastest of several cold requests."""

    def cold() -> float:
        forget()
        return cpu_of(lambda: client.get(address))

    return min(cold() for _round in range(ROUNDS))


def forget() -> None:
    """A cold request finds nothing remembered by the ones before."""
    from django.core.cache import cache
    from wagtail.models import Site

    cache.clear()
    Site.clear_site_root_paths_cache()


def bare_view_cpu() -> float:
    """What Django itself costs: a view that answers two letters, without middleware."""
    from django.http import HttpResponse
    from django.test import Client, override_settings
    from django.urls import path

    class Addresses:
        urlpatterns = [path("bare/", lambda request: HttpResponse("ok"))]

    with override_settings(ROOT_URLCONF=Addresses, MIDDLEWARE=[]):
        client = Client(SERVER_NAME="127.0.0.1")
        client.get("/bare/")
        return (
            min(cpu_of(lambda: [client.get("/bare/") for _n in range(20)]) for _r in range(9)) / 20
        )


def read(output: str) -> Measures:
    rows = (line.split("\t") for line in output.splitlines() if line.count("\t") == 2)
    return {name: (float(time_), int(queries)) for name, time_, queries in rows}


def report(found: dict[int, Measures], imports: dict[int, float]) -> None:
    small, middle, large = SIZES
    print("\nCPU milliseconds of one cold request (fastest of several), and SQL queries\n")
    heads = "".join(f"{size:>14,}" for size in SIZES)
    print(f"{'':<20}{heads}{'large/small':>14}{'req/s':>9}{'bare':>8}")
    bare = found[large]["bare"][0]
    for name in found[large]:
        if name == "bare":
            continue
        cells = "".join(f"{found[s][name][0]:>9.1f} {found[s][name][1]:>3}q" for s in SIZES)
        last = found[large][name][0]
        ratio = last / found[small][name][0]
        print(f"{name:<20}{cells}{ratio:>14.2f}{1000 / last:>9.0f}{last / bare:>7.0f}x")
    search = found[large]["search"][0] / found[middle]["search"][0]
    print(f"\nBare Django view: {bare:.2f} ms, {1000 / bare:.0f} requests per second of one core")
    print(f"Search at {large:,} costs {search:.2f} times that at {middle:,} (target: 3 at most)")
    for size, seconds in imports.items():
        print(f"Import of {size:,} records: {seconds:.0f} s of CPU")


def main() -> None:
    found, imports = {}, {}
    with tempfile.TemporaryDirectory(prefix="vie-coop-bench-") as place:
        for size in SIZES:
            print(f"Measuring with {size:,} resources…", flush=True)
            folder = Path(place) / str(size)
            imports[size] = make_hub(size, folder)
            found[size] = read(run(folder, "-m", "tests.benchmarks.site", "--measure"))
    report(found, imports)


if __name__ == "__main__":
    measure() if "--measure" in sys.argv[1:] else main()
