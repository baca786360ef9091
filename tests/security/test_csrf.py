"""No form of another site is taken: the few addresses without a token have another proof."""

from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from resources.reports.models import Answer
from tests import campaigns
from tests.answering import Device
from tests.security.test_permission_table import rows_in_every_table

# Each with what says instead that the request is wanted.
WITHOUT_A_TOKEN = {
    **dict.fromkeys(
        ("alert_confirmation", "alert_stop", "answer_open", "campaign_mail_stop"),
        "the secret of the address",
    ),
    **dict.fromkeys(("answer_files", "answer_evening"), "the token, once the size is known"),
    **dict.fromkeys(("reader_answer", "missed_count", "search_count"), "a signed token of a page"),
    "selection_change": "the origin",
    **dict.fromkeys(
        ("brand_form", "search_api", "suggest_api", "openapi", "glossary_csv", "glossary_json",
         "glossary_tbx"),
        "nothing: they write nothing",
    ),
}  # fmt: skip
OF_AN_ANSWER = (
    ("campaign", []), ("answer_section", ["recit"]), ("answer_review", []), ("answer_leave", []),
    ("answer_consent", []), ("answer_evening", []), ("answer_handover", []),
    ("answer_files", ["documents"]), ("answer_data_copy", []), ("answer_erase", []),
)  # fmt: skip


def exempt(resolver: URLResolver, prefix: str = "") -> set[str]:
    """The names of the addresses that ask for no token; the API of the admin asks by itself."""
    found: set[str] = set()
    for entry in resolver.url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            found |= exempt(entry, address)
        elif getattr(entry.callback, "csrf_exempt", False) and not address.startswith("admin/"):
            found.add(entry.name or address)
    return found


def test_every_address_asks_for_the_token_but_those_with_another_proof():
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
    assert exempt(get_resolver()) == WITHOUT_A_TOKEN.keys()


def test_the_api_of_the_admin_asks_for_it_too(site, django_user_model):
    user = django_user_model.objects.create_superuser("moi", "moi@federation.example", "x" * 20)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/admin/api/main/pages/{site.home.pk}/action/unpublish/"
    assert browser.post(address, {}).status_code == 403
    site.home.refresh_from_db()
    assert site.home.live


def test_no_page_of_an_answer_takes_a_form_without_it(site):
    coop = Device(campaigns.participant(campaigns.campaign()))
    coop.begin()
    for token in (None, "x" * 64):
        for name, more in OF_AN_ANSWER:
            address = reverse(name, args=[coop.slug, *more])
            before, values = rows_in_every_table(), Answer.objects.values().get()
            thief = Client(enforce_csrf_checks=True)
            thief.cookies = coop.browser.cookies
            data = {"q-ce_qui_a_marche": "Volé", "csrfmiddlewaretoken": token or ""}
            assert thief.post(address, data).status_code == 403, address
            origin = {"origin": "https://elsewhere.example"}
            assert coop.browser.post(address, data, headers=origin).status_code == 403, address
            assert rows_in_every_table() == before
            assert Answer.objects.values().get() == values
