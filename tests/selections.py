"""Sets resources aside as a reader does: buttons, the list, its download."""

import io
import zipfile

from resources.selection.chosen import Selection, read

CHANGE, PAGE = "/ma-selection/changer/", "/ma-selection/"


def add(browser, *pages, **headers):
    for page in pages:
        item = page if isinstance(page, str) else str(page.pk)
        response = browser.post(CHANGE, {"add": item, "next": "/ressources/"}, headers=headers)
    return response


def held(browser):
    return (
        read(browser.cookies["selection"].value) if "selection" in browser.cookies else Selection()
    )


def text(response):
    return response.content.decode()


def fetched(browser):
    return b"".join(browser.get(download_link(browser)).streaming_content)


def unzipped(response):
    content = b"".join(response.streaming_content)
    return zipfile.ZipFile(io.BytesIO(content))


def download_link(browser):
    page = text(browser.get(PAGE))
    start = page.index("/ma-selection/telecharger/")
    return page[start : page.index('"', start)].replace("&amp;", "&")
