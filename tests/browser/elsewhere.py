"""The templates that no address of the list shows by itself, and where they are looked at."""

OF_A_COOP = (
    "answer_section", "answer_review", "answer_sent", "receipt_document",
    "answer_conflict", "answer_closed", "answer_consent", "answer_evening", "answer_files",
    "answer_handover", "coop_space", "access_asked", "access_left", "access_lost",
    "access_refused", "uninvited", "uninvited_asked", "uninvited_confirm",
)  # fmt: skip
SHOWN_ELSEWHERE = {
    "500.html": "test_display.py gives it to the browser in place of a page",
    "507.html": "needs a full disk: tests/reports/test_full_disk.py; the frame of 500.html",
    "resources/selection_unavailable.html": "needs a full disk; the frame of the error pages",
    "resources/kit_unavailable.html": "needs a kit that is not packed; the frame of the error pages",
    "resources/guide_pdf_awaited.html": "for a minute after a first publication; an error page",
    "resources/archive/read_me.html": "a file inside zips: tests/resources/test_archives.py",
    **dict.fromkeys(
        (f"reports/{name}.html" for name in OF_A_COOP),
        "needs a campaign: test_answer_form.py, test_doors.py",
    ),
    **dict.fromkeys(
        ("reports/answer_data.html", "reports/answer_erase.html", "reports/answer_erased.html"),
        "needs an answer: test_campaign_data.py",
    ),
    "reports/campaign_preview.html": "the preview of editors: test_campaign_screens.py",
    "reports/mail_stop.html": "the link of a mail: tests/reports/test_mail_stop.py",
    "reports/data_document.html": "a file inside a zip: tests/reports/test_data_copy.py",
    "reports/admin/letters.html": "printed by editors: tests/reports/test_mail_screens.py",
    "403.html": "the frame of 404.html with another sentence",
}
