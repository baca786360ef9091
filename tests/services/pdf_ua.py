"""veraPDF, the validator of PDF/UA, for the time of a test run.

Its library comes from Maven Central, once, into `.cache/`; one page of Java asks it.
"""

import shutil
import subprocess
from pathlib import Path

from tests.prepared import KEPT, alone

VERSION = "1.28.1"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>hub.tests</groupId><artifactId>pdf-ua</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.verapdf</groupId><artifactId>validation-model</artifactId>
    <version>{VERSION}</version>
  </dependency></dependencies>
</project>
"""
SOURCE = Path(__file__).parent / "PdfUa.java"
LIMIT = 300  # seconds


def library() -> Path:
    """The folder of its archives, fetched once."""
    folder = KEPT.parent / "verapdf" / VERSION
    with alone(f"verapdf-{VERSION}"):
        if not folder.exists():
            for program in ("java", "mvn"):
                if shutil.which(program) is None:
                    raise RuntimeError(f"{program} is missing: the tests need a JDK 17 and Maven.")
            _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    made = folder.with_name(f"{VERSION}.part")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    (made / "pom.xml").write_text(POM, encoding="utf-8")
    command = ["mvn", "-q", "-B", "-f", str(made / "pom.xml"), PLUGIN, f"-DoutputDirectory={made}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
    if done.returncode:
        raise RuntimeError(f"veraPDF could not be fetched:\n{done.stdout}\n{done.stderr}")
    made.rename(folder)


def problems(*files: Path) -> dict[str, list[str]]:
    """What PDF/UA-1 reproaches each file with, by its name: nothing for a file that conforms."""
    command = ["java", "-cp", f"{library()}/*", str(SOURCE), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
    if done.returncode:
        raise RuntimeError(f"veraPDF did not run:\n{done.stdout}\n{done.stderr}")
    found: dict[str, list[str]] = {file.name: ["not looked at"] for file in files}
    for line in done.stdout.splitlines():
        name, _tab, problem = line.partition("\t")
        if problem == "checked":
            found[name] = []
        else:
            found[name].append(problem)
    return found
