"""Measures the engines at several sizes, in one run: ``make bench SIZES="1000 10000 100000"``.

Each hub is filled by the real import, pages and all; the cluster reads the rows of the embedded
hub. Ratios within a run mean something from one machine to another; milliseconds do not.
"""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.benchmarks.hubs import Hub, fill, finished, prepare
from tests.records import as_lines
from tests.search.judged import documents, queries
from tests.services import elasticsearch, postgres

KINDS = (
    "common",
    "filtered",
    "rare",
    "phrase",
    "typo",
    "prefix",
    "question",
    "while typing",
    "publish",
)
COMPARED = (1_000, 10_000)  # with Wagtail's own search
LARGE = 100_000  # from here, the cluster is also asked of ten times as many


def measured(sizes: list[int], place: Path) -> Iterator[Hub]:
    """Every engine at every size, one after the other."""
    with ExitStack() as servers:
        server = servers.enter_context(postgres.started())
        nodes = servers.enter_context(elasticsearch.running())
        for size in sizes:
            embedded = Hub("sqlite", size, place / f"sqlite-{size}")
            yield measure(embedded)
            url = server.make(f"hub_{size}")
            yield measure(
                Hub("postgres", size, place / f"postgres-{size}", {"HUB_DATABASE_URL": url})
            )
            yield measure_cluster(embedded, nodes)


def measure(hub: Hub) -> Hub:
    say(hub, "importing")
    prepare(hub)
    fill(hub)
    say(hub, "asking")
    hub.figures |= ask(hub)
    say(hub, "making the index again, while it is asked")
    hub.figures |= rebuilt_under_load(hub, "search_rebuild")
    hub.figures["index MiB"] = size_of(hub)
    if hub.engine == "sqlite" and hub.size in COMPARED:
        hub.figures["compared"] = json.loads(
            hub.run("-m", "tests.benchmarks.questions", "--wagtail")
        )
    return hub


def measure_cluster(embedded: Hub, nodes: elasticsearch.Nodes) -> Hub:
    own = {
        "SEARCH_ENGINE": "elasticsearch", "SEARCH_URL": ",".join(nodes.urls),
        "SEARCH_INDEX": f"bench-{embedded.size}",
    }  # fmt: skip
    hub = Hub("elasticsearch", embedded.size, embedded.folder, own)
    say(hub, "building the index")
    seconds, memory = hub.timed("manage.py", "search_rebuild", "--index-only")
    hub.figures |= {"build s": seconds, "build MiB": memory}
    say(hub, "asking")
    hub.figures |= ask(hub)
    hub.run("manage.py", "run_worker", "--once")
    say(hub, "building beside, while it is asked")
    hub.figures |= rebuilt_under_load(hub, "search_rebuild", "--index-only")
    hub.figures["away"] = {name: asked_of_nobody(embedded, name) for name in ("refused", "silent")}
    if hub.size >= LARGE:
        say(hub, "asking ten times as many documents")
        own = hub.settings | {"SEARCH_INDEX": f"bench-{embedded.size * 10}"}
        many = Hub("elasticsearch", embedded.size * 10, embedded.folder, own)
        hub.figures["ten times"] = json.loads(many.run("-m", "tests.benchmarks.many_times"))
    found = nodes.ask(f"/bench-{embedded.size}-*/_stats/store")
    hub.figures["index MiB"] = found["_all"]["primaries"]["store"]["size_in_bytes"] / 2**20
    return hub


def asked_of_nobody(embedded: Hub, how: str) -> dict[str, float]:
    """Search while the address of the cluster refuses, or takes requests and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if how == "silent":
            server.listen(50)
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        own = {"SEARCH_ENGINE": "elasticsearch", "SEARCH_URL": url}
        found: dict[str, float] = ask(
            Hub("elasticsearch", embedded.size, embedded.folder, own), "--away"
        )
        return found


def ask(hub: Hub, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(hub.run("-m", "tests.benchmarks.questions", *options))
    return found


def rebuilt_under_load(hub: Hub, *command: str) -> dict[str, Any]:
    """Make the index again while searches go on."""
    start = time.monotonic()
    process = hub.started("manage.py", *command)
    during = ask(hub, "--searches-only")
    seconds, memory = finished(process, start)
    return {"rebuild s": seconds, "rebuild MiB": memory, "common during": during["common"]}


def size_of(hub: Hub) -> float:
    return float(hub.run("-m", "tests.benchmarks.index_size"))


def say(hub: Hub, what: str) -> None:
    print(f"{hub.engine}, {hub.size:,} documents: {what}…", flush=True)


# -- Report --------------------------------------------------------------------------------------
def report(hubs: list[Hub]) -> None:
    print("\nMilliseconds at the server, with every facet counted: median / 95th of a hundred\n")
    heads = "".join(f"{f'{hub.engine} {hub.size:,}':>22}" for hub in hubs)
    print(f"{'':<14}{heads}")
    for kind in (*KINDS, "common during"):
        cells = "".join(f"{_pair(hub.figures.get(kind)):>22}" for hub in hubs)
        print(f"{kind:<14}{cells}")
    for name in (
        "import s",
        "import MiB",
        "build s",
        "rebuild s",
        "rebuild MiB",
        "index MiB",
        "MiB",
    ):
        cells = "".join(f"{_number(hub.figures.get(name)):>22}" for hub in hubs)
        print(f"{name:<14}{cells}")
    ratios(hubs)
    for hub in hubs:
        if found := hub.figures.get("compared"):
            compared(hub.size, found)
        if found := hub.figures.get("ten times"):
            ten_times(hub.size, found)
        for how, times in hub.figures.get("away", {}).items():
            first, after = times["first"], times["after"]
            print(
                f"\nCluster {how} at {hub.size:,}: first search {first:.0f} ms, then {after:.0f} at most"
            )


def ten_times(size: int, found: dict[str, Any]) -> None:
    """What the cluster alone takes at ten times the documents."""
    print(f"\nThe cluster alone at {found['documents']:,} documents, those of {size:,} ten times:")
    for name, figure in found.items():
        print(f"  {name}: {_pair(figure) if isinstance(figure, dict) else _number(figure)}")


def compared(size: int, found: dict[str, dict[str, float]]) -> None:
    """What Wagtail's own search takes for its first page, and the hub's with every facet."""
    print(f"\nThe same common queries at {size:,}: {_pair(found['hub'])} ms for the hub")
    for name in ("wagtail", "wagtail, titles and summaries"):
        ratio = found[name]["p50"] / found["hub"]["p50"]
        print(f"  {name}: {_pair(found[name])} ms, {ratio:.1f} times the hub's")


def ratios(hubs: list[Hub]) -> None:
    common = {(hub.engine, hub.size): hub.figures["common"]["p50"] for hub in hubs}
    for (engine, size), cost in sorted(common.items()):
        if before := common.get((engine, size // 10)):
            print(
                f"{engine}: common queries at {size:,} cost {cost / before:.2f} times those at {size // 10:,}"
            )


def _pair(found: dict[str, float] | None) -> str:
    return f"{found['p50']:.0f} / {found['p95']:.0f}" if found else "–"


def _number(found: float | None) -> str:
    return "–" if found is None else f"{found:.0f}"


def judged(place: Path) -> None:
    """The relevance of both searches on the judged documents of the tests."""
    hub = Hub("sqlite", 0, place / "judged")
    prepare(hub)
    lines = as_lines(hub.folder / "documents.jsonl", documents())
    hub.run("manage.py", "import_resources", str(lines))
    (hub.folder / "queries.json").write_text(json.dumps(queries()), encoding="utf-8")
    found = json.loads(
        hub.run("-m", "tests.benchmarks.questions", "--judged", str(hub.folder / "queries.json"))
    )
    print(
        f"\nnDCG@10 on {len(queries())} judged queries: hub {found['hub']:.3f}, Wagtail {found['wagtail']:.3f}"
    )
