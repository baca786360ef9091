"""Downloads are counted by day, robots left out, and the spreadsheet adds up."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.core.models import DownloadCount
from tests.factories import resource, stored_file

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
ROBOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "curl/8.5.0",
    "Wget/1.21.4",
    "python-requests/2.32.3",
    "Go-http-client/2.0",
    "",
)


@pytest.fixture
def file(site):
    file = stored_file("Livret", b"%PDF-1.4 un")
    resource("document", "Livret", file=file)
    file.replace_file(ContentFile(b"%PDF-1.4 deux", name="b.pdf"))
    return file


def download(client, address, agent=FIREFOX, **headers):
    response = client.get(address, headers={"User-Agent": agent, **headers})
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def counted():
    return {row.kind: row.number for row in DownloadCount.objects.all()}


def test_people_are_counted_and_robots_are_not(file, client):
    for agent in (FIREFOX, PHONE, *ROBOTS):
        assert download(client, file.url, agent).status_code == 200
    assert counted() == {"newest": 2}
    assert DownloadCount.objects.get().day == timezone.localdate()


def test_older_versions_are_counted_apart(file, client):
    download(client, file.url)
    download(client, f"{file.url}?v=2")
    download(client, f"{file.url}?v=1")
    assert counted() == {"newest": 2, "older": 1}


def test_only_the_first_part_of_a_file_counts(file, client):
    for part in ("bytes=0-3", "bytes=4-7", "bytes=8-", "bytes=-2", "bytes=900-"):
        download(client, file.url, Range=part)
    assert counted() == {"newest": 1}


def test_what_brings_no_file_is_not_counted(file, client):
    tag = client.head(file.url, headers={"User-Agent": FIREFOX})["ETag"]
    download(client, file.url, **{"If-None-Match": tag})
    download(client, file.url, **{"Sec-Purpose": "prefetch"})
    download(client, f"{file.url}?v=9")
    download(client, "/fichiers/999999/x.pdf")
    assert counted() == {}


def test_nothing_is_written_before_the_last_byte_has_left(file, client):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(file.url, headers={"User-Agent": FIREFOX})
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))]
    assert counted() == {}
    b"".join(response.streaming_content)
    assert counted() == {"newest": 1}


def test_a_count_that_cannot_be_written_costs_the_reader_nothing(file, client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_downloadcount RENAME TO core_away")
    try:
        response = client.get(file.url, headers={"User-Agent": FIREFOX})
        assert b"".join(response.streaming_content) == b"%PDF-1.4 deux"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_away RENAME TO core_downloadcount")


def test_nothing_of_the_reader_is_kept():
    names = {field.name for field in DownloadCount._meta.get_fields()}
    assert names == {"id", "document", "day", "kind", "number"}
