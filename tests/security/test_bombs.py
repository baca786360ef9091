"""Bombs are refused with hardly any memory, and what is taken in can be drawn with little."""

import json
import subprocess
import sys

import pytest

from tests.security.bad_files import bad_files
from tests.security.gate_figures import BOMBS, in_a_child
from tests.security.good_files import image

MOST_FOR_A_BOMB = 64  # MiB
MOST_FOR_A_RENDITION = 200  # MiB
DRAW = """
import json, sys
from willow.image import Image
from tests.security.gate_child import forget_peak, peak
Image.open(open(sys.argv[1], "rb")).resize((10, 10))  # what the libraries themselves weigh
forget_peak()
before = peak()
Image.open(open(sys.argv[2], "rb")).resize((640, 480))
print(json.dumps(peak() - before))
"""


@pytest.mark.parametrize("case", [bomb for bomb in BOMBS if bomb != "film too large"])
def test_a_bomb_is_refused_within_64_mebibytes(case):
    told = in_a_child(*bad_files()[case])
    assert told["refused"]
    assert told["grown"] <= MOST_FOR_A_BOMB


def test_the_largest_picture_that_is_taken_in_is_drawn_within_200_mebibytes(tmp_path):
    small, largest = tmp_path / "small.png", tmp_path / "largest.png"
    small.write_bytes(image("PNG"))
    largest.write_bytes(image("PNG", (5000, 5000)))
    told = in_a_child("a.png", largest.read_bytes())
    assert told["refused"] == ""
    done = subprocess.run(
        [sys.executable, "-c", DRAW, str(small), str(largest)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) <= MOST_FOR_A_RENDITION
