"""Real Elasticsearch nodes for the time of a test run, one or a cluster of several.

The distribution comes from Maven Central, once, into `.cache/`. It refuses to run as root: root
starts it as an account without rights.
"""

import json
import os
import shutil
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.live import free_port
from tests.prepared import KEPT, alone

# Another release can be tried: VIE_COOP_TEST_ELASTICSEARCH=9.2.0 (which needs a JDK 21 as `java`).
VERSION = os.environ.get("VIE_COOP_TEST_ELASTICSEARCH", "8.19.21")
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
START_LIMIT = 120  # seconds
WITHOUT_RIGHTS = 65534
COMMON = """
cluster.name: hub-tests
network.host: 127.0.0.1
discovery.seed_hosts: [{seeds}]
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


def distribution() -> Path:
    """The unpacked distribution, fetched once."""
    folder = KEPT.parent / "elasticsearch" / VERSION
    with alone(f"elasticsearch-{VERSION}"):
        if not folder.exists():
            for program in ("java", "mvn"):
                if shutil.which(program) is None:
                    raise RuntimeError(f"{program} is missing: the tests need a JDK 17 and Maven.")
            _fetch(folder)
    return folder / f"elasticsearch-{VERSION}"


def _fetch(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        command = ["mvn", "-B", "-q", "-Dstyle.color=never", "dependency:copy"]
        options = [f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={place}"]
        subprocess.run([*command, *options], check=True)
        made = folder.with_name("unfinished")
        shutil.rmtree(made, ignore_errors=True)
        with zipfile.ZipFile(Path(place) / f"elasticsearch-{VERSION}.zip") as archive:
            archive.extractall(made)
        made.rename(folder)


@dataclass
class Node:
    """One node: ``kill`` is a kill -9, after which ``start`` brings it back with its data."""

    name: str
    folder: Path
    home: Path
    port: int
    transport: int
    scheme: str = "http"
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def start(self) -> None:
        own = {"user": WITHOUT_RIGHTS, "group": WITHOUT_RIGHTS} if os.geteuid() == 0 else {}
        if own:
            _give(self.folder)
        environment = {
            "PATH": os.environ["PATH"],
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_JAVA_HOME": _java_home(),
            "ES_JAVA_OPTS": "-Xms384m -Xmx384m",
            "ES_TMPDIR": str(self.folder / "tmp"),
        }
        log = (self.folder / "out.log").open("ab")
        self.process = subprocess.Popen(
            ["bash", str(self.home / "bin" / "elasticsearch")],
            env=environment,
            stdout=log,
            stderr=log,
            cwd=self.folder,
            start_new_session=True,
            **own,
        )

    def kill(self) -> None:
        """End it at once, as a machine that loses its power; what it wrote stays."""
        assert self.process is not None
        os.killpg(self.process.pid, 9)
        self.process.wait(timeout=30)

    def pause(self) -> None:
        """It takes connections and answers nothing."""
        assert self.process is not None
        os.killpg(self.process.pid, 19)

    def resume(self) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, 18)


@dataclass
class Nodes:
    """The nodes of a cluster."""

    nodes: list[Node] = field(default_factory=list)
    authority: Path | None = None  # the certificate that signed those of the nodes

    @property
    def urls(self) -> list[str]:
        return [node.url for node in self.nodes]

    def ask(self, path: str, method: str = "GET", body: Any = None, timeout: float = 5) -> Any:
        """Ask the first node that answers; raises OSError when none does."""
        data = None if body is None else json.dumps(body).encode()
        last: OSError = OSError("no node")
        trust = ssl.create_default_context(cafile=self.authority) if self.authority else None
        for node in self.nodes:
            request = urllib.request.Request(f"{node.url}{path}", data, method=method)
            request.add_header("Content-Type", "application/json")
            try:
                with urllib.request.urlopen(request, timeout=timeout, context=trust) as answer:
                    return json.loads(answer.read() or b"null")
            except urllib.error.HTTPError:
                raise
            except OSError as error:
                last = error
        raise last

    def wait_for(self, nodes: int | None = None, status: str = "") -> None:
        """Wait until the cluster has that many nodes, and that health."""
        expected = len(self.nodes) if nodes is None else nodes
        end = time.monotonic() + START_LIMIT
        seen: Any = None
        while time.monotonic() < end:
            try:
                seen = self.ask("/_cluster/health")
                if seen["number_of_nodes"] == expected and status in ("", seen["status"]):
                    return
            except (OSError, ValueError) as error:
                seen = error
            if all(node.process is None or node.process.poll() is not None for node in self.nodes):
                break
            time.sleep(0.3)
        logs = "\n".join((node.folder / "out.log").read_text()[-2000:] for node in self.nodes)
        raise RuntimeError(f"the cluster is not as expected ({seen}):\n{logs}")


SECURE = """
xpack.security.enabled: true
xpack.security.authc.anonymous.roles: superuser
xpack.security.transport.ssl.enabled: false
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.keystore.path: http.p12
xpack.security.http.ssl.keystore.password: changeit
"""


@contextmanager
def running(count: int = 1, *, secure: bool = False) -> Iterator[Nodes]:
    """A cluster of so many nodes, gone at the end of the block; `secure` ones speak https only."""
    source = distribution()
    place = Path(tempfile.mkdtemp(prefix="hub-es-"))
    place.chmod(0o755)
    nodes = Nodes()
    try:
        home = Path(shutil.copytree(source, place / "home", copy_function=_linked))
        (home / "bin" / "elasticsearch").chmod(0o755)
        nodes.nodes = _prepared(place, home, count)
        if secure:
            nodes.authority = _secure(place, nodes.nodes)
        for node in nodes.nodes:
            node.start()
        nodes.wait_for()
        yield nodes
    finally:
        for node in nodes.nodes:
            if node.process is not None and node.process.poll() is None:
                node.resume()
                node.kill()
        shutil.rmtree(place, ignore_errors=True)


def _prepared(place: Path, home: Path, count: int) -> list[Node]:
    found = [
        Node(f"node-{number}", place / f"node-{number}", home, free_port(), free_port())
        for number in range(count)
    ]
    for node in found:
        _configure(node, found)
    return found


def _configure(node: Node, every: Sequence[Node]) -> None:
    shutil.copytree(node.home / "config", node.folder / "config")
    (node.folder / "tmp").mkdir()
    seeds = ", ".join(f'"127.0.0.1:{other.transport}"' for other in every)
    lines = [
        COMMON.format(seeds=seeds),
        f"node.name: {node.name}",
        f"http.port: {node.port}",
        f"transport.port: {node.transport}",
        f"path.data: {node.folder / 'data'}",
        f"path.logs: {node.folder / 'logs'}",
    ]
    if len(every) == 1:
        lines = [line for text in lines for line in text.splitlines() if "seed_hosts" not in line]
        lines.append("discovery.type: single-node")
    else:
        masters = ", ".join(f'"{other.name}"' for other in every)
        lines.append(f"cluster.initial_master_nodes: [{masters}]")
    (node.folder / "config" / "elasticsearch.yml").write_text("\n".join(lines), encoding="utf-8")


def _secure(place: Path, nodes: Sequence[Node]) -> Path:
    """Give the nodes a certificate for https, signed by itself; return it."""
    store, authority = place / "http.p12", place / "authority.pem"
    own = ["-alias", "http", "-keystore", str(store), "-storepass", "changeit"]
    names = ["-dname", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1"]
    made = ["-genkeypair", "-keyalg", "RSA", "-validity", "30", "-storetype", "PKCS12", *names]
    for command in ([*made, *own], ["-exportcert", "-rfc", "-file", str(authority), *own]):
        subprocess.run(["keytool", *command], check=True, capture_output=True)
    for node in nodes:
        node.scheme = "https"
        shutil.copy(store, node.folder / "config" / "http.p12")
        settings = node.folder / "config" / "elasticsearch.yml"
        plain = settings.read_text("utf-8").replace("xpack.security.enabled: false\n", "")
        settings.write_text(plain + SECURE, encoding="utf-8")
    return authority


def _linked(source: str, target: str) -> str:
    """A link where the disk allows it: a hundred megabytes need no second copy."""
    try:
        os.link(source, target)
        return target
    except OSError:
        return str(shutil.copy2(source, target))


def _give(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, WITHOUT_RIGHTS, WITHOUT_RIGHTS)


def _java_home() -> str:
    java = shutil.which("java")
    assert java is not None
    return str(Path(java).resolve().parent.parent)
