"""Every screen of the campaigns in the administration, judged by axe as an editor meets it.

What Wagtail draws around our screens is not ours to mend; its findings are named here, each with
the part it stands in, and nothing else is left out.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.engine import reader
from tests.browser.test_answer_form import judged
from tests.browser.visits import AXE, OPEN_EVERYTHING, OPTIONS, TOO_WIDE
from tests.live import LiveHub

SNIPPETS = "/admin/snippets/reports/campaign"
OF_WAGTAIL = (
    "page-has-heading-one (Page should contain a level-one heading): html",  # of its edit forms
    "scrollable-region-focusable (Scrollable region must have keyboard access): .w-minimap__list",
    'aria-allowed-role (ARIA role should be appropriate for the element): h2[role="alert"]',  # filters
)
SCREENS = {
    "list": f"{SNIPPETS}/",
    "add": f"{SNIPPETS}/add/#tab-questionnaire",
    "edit": f"{SNIPPETS}/edit/{{campaign}}/",
    "questionnaire": f"{SNIPPETS}/edit/{{campaign}}/#tab-questionnaire",
    "mails of the form": f"{SNIPPETS}/edit/{{campaign}}/#tab-mails",
    "limits": f"{SNIPPETS}/edit/{{campaign}}/#tab-limits",
    "history": f"{SNIPPETS}/history/{{campaign}}/",
    "paths": f"{SNIPPETS}/paths/{{campaign}}/",
    "try": f"{SNIPPETS}/try/{{campaign}}/",
    "new season": f"{SNIPPETS}/season/{{campaign}}/",
    "import of a questionnaire": f"{SNIPPETS}/import/{{campaign}}/",
    "invitations": "/admin/invitations/",
    "list of co-ops": "/admin/invitations/{campaign}/",
    "add a co-op": "/admin/invitations/{campaign}/add/",
    "edit a co-op": "/admin/invitations/{campaign}/{participant}/",
    "remove a co-op": "/admin/invitations/{campaign}/{participant}/remove/",
    "import of a list": "/admin/invitations/{campaign}/import/",
    "mails": "/admin/invitations/{campaign}/mails/",
    "mail": "/admin/invitations/{campaign}/mails/{mail}/",
    "letters": "/admin/invitations/{campaign}/letters/",
    "tracker": "/admin/invitations/{campaign}/tracker/",
    "links": "/admin/campaigns/participants/{participant}/links/",
    "queue": "/admin/campaigns/answers/?state=all",
    "side by side, log": "/admin/campaigns/answers/{answer}/",
    "public page of an answer": "/admin/campaigns/answers/{answer}/page/",
    "texts of an answer": "/admin/campaigns/answers/{answer}/texts/",
    "names in an answer": "/admin/campaigns/answers/{answer}/names/",
    "results": "/admin/campaigns/results/{campaign}/",
    "cross-tabs": "/admin/campaigns/results/{campaign}/cross/?rows=statut&columns=mode_ag",
    "trends": "/admin/campaigns/results/{campaign}/trends/?question=mode_ag",
    "open answers": "/admin/campaigns/results/{campaign}/texts/?question=ce_qui_a_marche",
    "synthesis": "/admin/campagnes/{campaign}/synthese/",
    "exports": "/admin/campaigns/exports/",
    "acts on data": "/admin/campaigns/data/",
    "retention": "/admin/campaigns/data/next/",
    "data of a co-op": "/admin/campaigns/data/of/?words=exemple",
    "erasure": "/admin/campaigns/data/of/{answer}/erase/",
    "register": "/campagnes/donnees/",
}
NUMBERS = {
    "campaign": "SELECT id FROM reports_campaign WHERE season = 2025",
    "participant": "SELECT id FROM reports_participant WHERE campaign_id = :campaign",
    "answer": "SELECT id FROM reports_answer WHERE campaign_id = :campaign AND sent_at IS NOT NULL",
    "mail": "SELECT id FROM reports_plannedmail WHERE campaign_id = :campaign",
}
MAIL = """INSERT INTO reports_plannedmail
  (campaign_id, kind, due_at, subject_fr, subject_en, body_fr, body_en, sort_order)
  VALUES (:campaign, 'opening', '2025-05-12', 'Votre retour', '', 'Bonjour {name} : {link}', '', 0)"""


@pytest.fixture(scope="module")
def numbers(live_hub: LiveHub) -> dict[str, int]:
    """The example season that is loaded, with a mail."""
    found: dict[str, int] = {}
    with closing(sqlite3.connect(live_hub.data_dir / "hub.sqlite3", timeout=30)) as database:
        database.execute("DELETE FROM axes_accessattempt")
        for name, query in NUMBERS.items():
            if name == "mail":
                database.execute(MAIL, found)
            found[name] = database.execute(query, found).fetchone()[0]
        database.commit()
    return found


@pytest.fixture(scope="module")
def editor(browser: Browser, live_hub: LiveHub, numbers: dict[str, int]) -> Iterator[Page]:
    with reader(browser, live_hub.url) as page:
        page.set_default_timeout(90_000)
        page.goto("/admin/login/")
        page.fill("#id_username", live_hub.admin_name)
        page.fill("#id_password", live_hub.admin_password)
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        yield page


@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_nothing_in_what_is_ours(
    editor: Page, numbers: dict[str, int], name: str
) -> None:
    editor.goto("about:blank")  # else a change of the tab alone would load nothing
    answer = editor.goto(SCREENS[name].format(**numbers))
    assert answer is not None
    assert answer.status == 200
    editor.evaluate(OPEN_EVERYTHING)
    editor.evaluate(AXE_SCRIPT)
    found = [line for line in editor.evaluate(AXE, OPTIONS) if not line.startswith(OF_WAGTAIL)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_preview_is_as_a_co_op_sees_it(
    editor: Page, numbers: dict[str, int], language: str
) -> None:
    editor.goto(SCREENS["edit"].format(**numbers))
    with editor.expect_response(lambda sent: "/preview/" in sent.url and sent.ok) as told:
        editor.locator("[data-side-panel-toggle=preview]").click()
    answer = editor.goto(f"{told.value.url.split('?')[0]}?mode={language}")
    assert answer is not None
    assert answer.status == 200
    assert editor.locator(".answer").get_attribute("lang") == language
    judged(editor, script=True)


NARROW = [name for name in SCREENS if name not in ("list", "history")]  # tables of Wagtail


@pytest.mark.parametrize("name", NARROW)
def test_nothing_is_wider_than_a_phone(editor: Page, numbers: dict[str, int], name: str) -> None:
    size = editor.viewport_size
    editor.set_viewport_size({"width": 375, "height": 740})
    try:
        editor.goto(SCREENS[name].format(**numbers))
        main = editor.evaluate(TOO_WIDE)
    finally:
        editor.set_viewport_size(size)
    assert [line for line in main if line.startswith("the page")] == []
