"""Whatever a file holds, extraction answers in time, within its memory, and leaves nothing behind."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest

from hub.core.extraction import Extraction, extract
from hub.core.extraction.result import MAX_PAGES, MAX_TEXT, MEGABYTE, Problem
from tests.core import extraction_files as files
from tests.core.child_watch import PeakWatch, child_reading, children, limits, seen, told
from tests.core.hostile_files import endless_pdf, hostile_files
from tests.core.mutations import spoilt_files

SECRET = "motdepassetressecret"
# What a busy machine may need to end a child and to start the next one.
SLACK = 2.0
WORKERS = 2


WANTED = {
    "Max address space": str(512 * MEGABYTE),
    "Max cpu time": "10",
    "Max file size": "0",
    "Max core file size": "0",
    "Max open files": "16",
    "Max processes": "0",
}


@dataclass(frozen=True)
class Silence:
    """A child that stopped in the middle of its work, and what its parent makes of it."""

    pid: int
    answer: Future[Extraction]


@dataclass(frozen=True)
class Outcome:
    extraction: Extraction
    seconds: float
    peak: int


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes all the time there is, and little memory."""
    path = tmp_path_factory.mktemp("slow") / "slow.pdf"
    path.write_bytes(endless_pdf())
    return path


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory, slow: Path) -> Iterator[Silence]:
    """Waiting for it takes 15 seconds, during which other tests may run."""
    path = tmp_path_factory.mktemp("silent") / "slow.pdf"
    path.write_bytes(slow.read_bytes())
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(extract, path, "pdf")
        pid = child_reading(path)
        os.kill(pid, signal.SIGSTOP)
        yield Silence(pid, answer)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory, silent: Silence) -> dict[str, Outcome]:
    """What became of each hostile and of each spoilt file, two at a time."""
    folder = tmp_path_factory.mktemp("hostile")
    secret = folder / "secret.txt"
    secret.write_text(SECRET)
    cases = hostile_files(secret) | spoilt_files()
    paths = {name: folder / f"{number}" for number, name in enumerate(cases)}

    def timed(name: str) -> tuple[Extraction, float]:
        extension, content = cases[name]
        paths[name].write_bytes(content)
        begun = time.monotonic()
        return extract(paths[name], extension), time.monotonic() - begun

    with PeakWatch() as watch, ThreadPoolExecutor(WORKERS) as pool:
        answers = dict(zip(cases, pool.map(timed, cases), strict=True))
    return {
        name: Outcome(*answer, watch.peaks.get(str(paths[name]), 0))
        for name, answer in answers.items()
    }


def problems(outcomes: dict[str, Outcome], *words: str) -> dict[str, str]:
    """The problem of each file whose name has one of these words."""
    return {
        name: outcome.extraction.problem
        for name, outcome in outcomes.items()
        if any(word in name for word in words)
    }


class TestHostileFiles:
    def test_there_are_more_than_three_hundred(self, outcomes: dict[str, Outcome]):
        assert len(outcomes) > 300

    def test_each_is_answered_in_time(self, outcomes: dict[str, Outcome]):
        assert {n: o.seconds for n, o in outcomes.items() if o.seconds > 15 + SLACK} == {}

    def test_no_child_ever_has_more_than_half_a_gigabyte(self, outcomes: dict[str, Outcome]):
        peaks = {name: outcome.peak for name, outcome in outcomes.items() if outcome.peak}
        assert len(peaks) > 0.8 * len(outcomes)
        assert {name: peak for name, peak in peaks.items() if peak > 512 * MEGABYTE} == {}
        assert max(peaks.values()) > 256 * MEGABYTE

    def test_each_answer_keeps_its_own_limits(self, outcomes: dict[str, Outcome]):
        for name, outcome in outcomes.items():
            found = outcome.extraction
            assert found.problem in get_args(Problem), name
            assert len(found.pages) <= MAX_PAGES, name
            assert sum(len(page.text.encode()) for page in found.pages) <= MAX_TEXT, name
            assert "\x00" not in "".join(page.text for page in found.pages), name

    def test_bombs_are_stopped_by_the_limit_on_memory(self, outcomes: dict[str, Outcome]):
        bombs = problems(outcomes, "MB of spaces", "in every cell")
        assert bombs == {
            "pdf: 300 MB of spaces": "memory",
            "pdf: 600 MB of spaces, packed twice": "memory",
            "pdf: 600 MB of spaces by LZW": "memory",
            "docx: 160 MB of spaces": "too_large",
            "xlsx: 2 MB in every cell": "memory",
        }

    def test_endless_work_is_stopped_by_the_clock(self, outcomes: dict[str, Outcome]):
        assert set(problems(outcomes, "takes the processor", "slow pages").values()) == {"timeout"}

    def test_declarations_are_refused_and_no_other_file_is_read(self, outcomes: dict[str, Outcome]):
        declared = problems(outcomes, "laughs", "entity", "another")
        assert len(declared) == 15
        assert set(declared.values()) == {"malformed"}
        assert [
            name
            for name, outcome in outcomes.items()
            if any(SECRET in page.text for page in outcome.extraction.pages)
        ] == []

    def test_what_is_read_before_the_trouble_is_kept(self, outcomes: dict[str, Outcome]):
        long = outcomes["docx: a paragraph of 100 MB"].extraction
        assert long.truncated
        assert long.pages[0].text.startswith("mot mot")

    def test_most_spoilt_files_still_say_something(self, outcomes: dict[str, Outcome]):
        spoilt = {name: outcome for name, outcome in outcomes.items() if "seed" in name}
        assert len(spoilt) == 240
        assert sum(bool(outcome.extraction.pages) for outcome in spoilt.values()) > 60

    def test_the_next_file_is_read_as_if_nothing_had_been(
        self, outcomes: dict[str, Outcome], tmp_path: Path
    ):
        path = tmp_path / "good.pdf"
        path.write_bytes(files.pdf())
        assert [page.text for page in extract(path, "pdf").pages] == files.PAGES

    def test_a_child_that_falls_silent_is_ended(
        self, outcomes: dict[str, Outcome], silent: Silence
    ):
        found = silent.answer.result()
        assert found == Extraction(problem="timeout")
        assert silent.pid not in children()
        assert told(silent.pid, "status") == ""

    def test_nothing_of_a_child_remains(
        self, tmp_path: Path, outcomes: dict[str, Outcome], silent: Silence
    ):
        silent.answer.result()  # it would end in between
        path = tmp_path / "file.pdf"
        path.write_bytes(files.pdf())
        before = (children(), os.listdir("/proc/self/fd"), os.listdir(tmp_path))
        for content in (files.pdf(), b"%PDF-1.7", b""):
            path.write_bytes(content)
            extract(path, "pdf")
        assert (children(), os.listdir("/proc/self/fd"), os.listdir(tmp_path)) == before


class TestTheChild:
    def test_it_may_do_hardly_anything(self, slow: Path):
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(extract, slow, "pdf")
            pid = child_reading(slow)
            found = limits(pid)
            environment, folder, group = told(pid, "environ"), seen(pid, "cwd"), os.getpgid(pid)
            os.kill(pid, signal.SIGKILL)
            answer.result()
        assert {name: found[name] for name in WANTED} == WANTED
        assert (environment, folder, group) == ("", "/", pid)

    def test_a_child_that_is_killed_is_a_problem_and_no_error(self, slow: Path):
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(extract, slow, "pdf")
            os.kill(child_reading(slow), signal.SIGKILL)
            assert answer.result() == Extraction(problem="memory")

    def test_a_child_that_breaks_is_a_problem_and_no_error(self, slow: Path):
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(extract, slow, "pdf")
            os.kill(child_reading(slow), signal.SIGSEGV)
            assert answer.result() == Extraction(problem="crashed")
