"""The address of a video, however it was copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.video_address import VideoAddress, parse_video_address

ID = "AbCdEfGh_-1"


@pytest.mark.parametrize(
    ("address", "start"),
    [
        (f"https://www.youtube.com/watch?v={ID}", 0),
        (f"https://www.youtube.com/watch?v={ID}&t=73s", 73),
        (f"https://www.youtube.com/watch?v={ID}&t=73", 73),
        (f"https://www.youtube.com/watch?t=1m13s&v={ID}", 73),
        (f"https://www.youtube.com/watch?v={ID}&t=1h2m3s", 3723),
        (f"https://www.youtube.com/watch?v={ID}#t=73s", 73),
        (f"https://www.youtube.com/watch?v={ID}&start=73", 73),
        (f"https://youtube.com/watch?v={ID}&feature=share&t=73", 73),
        (f"https://m.youtube.com/watch?v={ID}", 0),
        (f"https://youtu.be/{ID}", 0),
        (f"https://youtu.be/{ID}?t=73", 73),
        (f"https://youtu.be/{ID}?si=x&t=1m13s", 73),
        (f"https://www.youtube.com/embed/{ID}?start=73", 73),
        (f"https://www.youtube-nocookie.com/embed/{ID}", 0),
        (f"https://www.youtube.com/shorts/{ID}", 0),
        (f"https://www.youtube.com/live/{ID}?t=73", 73),
        (f"  http://youtu.be/{ID}  ", 0),
        (f"https://youtu.be/{ID}?t=demain", 0),
        (f"https://youtu.be/{ID}?t=-5", 0),
        (f"https://youtu.be/{ID}?t=", 0),
    ],
)
def test_these_are_understood(address, start):
    assert parse_video_address(address) == VideoAddress(ID, start)


@pytest.mark.parametrize(
    "address",
    [
        "", "video", "https://vimeo.com/12345", "https://www.youtube.com/", "https://youtu.be/",
        "https://www.youtube.com/watch?v=court", f"https://www.youtube.com/watch?v={ID}x",
        f"https://youtube.com.attaque.example/watch?v={ID}", f"https://example.org/youtu.be/{ID}",
        f"javascript://youtu.be/{ID}", f"ftp://youtu.be/{ID}", f"https://youtu.be/{ID[:-1]}%0A",
        "https://[youtu.be/", f"https://www.youtube.com/playlist?list={ID}",
    ],
)  # fmt: skip
def test_these_are_refused(address):
    assert parse_video_address(address) is None


def test_each_destination_gets_the_starting_time_under_its_own_name():
    address = VideoAddress(ID, 73)
    assert address.watch_url == f"https://www.youtube.com/watch?v={ID}&t=73s"
    assert address.embed_url == (
        f"https://www.youtube-nocookie.com/embed/{ID}?autoplay=1&rel=0&start=73"
    )
    assert "start" not in VideoAddress(ID).embed_url


@given(st.text(max_size=60))
def test_any_text_is_safe(text):
    for address in (text, f"https://youtu.be/{text}", f"https://youtu.be/{ID}?t={text}"):
        found = parse_video_address(address)
        assert found is None or (len(found.video_id) == 11 and found.start >= 0)
