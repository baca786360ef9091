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
        (f"https://youtu.be/{ID}?t=1:13", 73),
        (f"https://youtu.be/{ID}#t=1h2m3s", 3723),
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


TUBES = ("videos.habitat.example", "tube.coop.example")
UUID, SHORT = "9c9de5e8-0a1e-484a-b099-e80766180a6d", "kkGMgK9ZtnKfYAgnEtQxbv"


@pytest.mark.parametrize(
    ("path", "video_id", "start"),
    [
        (f"/w/{SHORT}", SHORT, 0),
        (f"/w/{UUID}", UUID, 0),
        (f"/w/{SHORT}?start=1m13s", SHORT, 73),
        (f"/w/{SHORT}?start=73", SHORT, 73),
        (f"/w/{SHORT}?start=1h2m3s&stop=1h3m", SHORT, 3723),
        (f"/videos/watch/{UUID}?start=73s", UUID, 73),
        (f"/videos/watch/{UUID}#t=73", UUID, 73),
        (f"/videos/embed/{UUID}?title=0&start=1:13", UUID, 73),
    ],
)
def test_a_peertube_site_that_is_allowed_is_understood(path, video_id, start):
    for host in TUBES:
        found = parse_video_address(f"https://{host}{path}", TUBES)
        assert found == VideoAddress(video_id, start, host)
        assert found.watch_url == f"https://{host}/w/{video_id}" + (
            f"?start={start}s" if start else ""
        )
        assert found.embed_url == f"https://{host}/videos/embed/{video_id}?autoplay=1&p2p=0" + (
            f"&start={start}" if start else ""
        )
        assert (found.site, found.player_host) == (host, host)


@pytest.mark.parametrize(
    "address",
    [
        f"https://elsewhere.example/w/{SHORT}", f"https://{TUBES[0]}.attaque.example/w/{SHORT}",
        f"https://{TUBES[0]}/w/p/{SHORT}", f"https://{TUBES[0]}/w/", f"https://{TUBES[0]}/",
        f"https://{TUBES[0]}/w/court", f"https://{TUBES[0]}/w/{SHORT}x",
        f"https://{TUBES[0]}:8443/w/{SHORT}", f"https://{TUBES[0]}:x/w/{SHORT}",
        f"ftp://{TUBES[0]}/w/{SHORT}", f"https://{TUBES[0]}@elsewhere.example/w/{SHORT}",
    ],
)  # fmt: skip
def test_another_site_or_another_page_of_peertube_is_refused(address):
    assert parse_video_address(address, TUBES) is None


@given(st.text(max_size=60))
def test_any_text_is_safe(text):
    tube = f"https://{TUBES[0]}/w/{text}"
    for address in (text, f"https://youtu.be/{text}", f"https://youtu.be/{ID}?t={text}", tube):
        found = parse_video_address(address, TUBES)
        assert found is None or (len(found.video_id) >= 11 and found.start >= 0)
