"""Headers and cookies of every kind of answer, exactly as decided."""

import os
import subprocess
import sys
from pathlib import Path

from django.urls import reverse
from wagtail.models import Page

from resources.models import KitPage
from tests.alerts import work
from tests.security.site import SiteCase, document_page, guide, index_of, picture, publish

ROOT = Path(__file__).resolve().parent.parent.parent
PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'none'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def directives(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";") if part.strip()}


class Headers(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.guide = guide()
        cls.document = document_page()
        items = [{"document": cls.document, "how": ""}]
        sections = [("section", {"title": "Tout", "intro": "", "items": items})]
        kit = KitPage(title="Kit", summary="x", sections=sections)
        cls.kit = publish(kit, index_of("kit"))

    def public_addresses(self) -> list[str]:
        pages = [page.get_url() for page in Page.objects.filter(depth__gt=1, live=True)]
        return [*pages, "/plan-du-site/", "/flux.atom", "/sitemap.xml", "/robots.txt",
                "/opensearch.xml", "/api/openapi.json", "/alerte/demandee/", "/api/search",
                "/healthz/", "/n-existe-pas/"]  # fmt: skip

    def test_every_public_answer_carries_the_policy_and_no_cookie(self):
        for address in self.public_addresses():
            response = self.client.get(address)
            policy = response.headers["Content-Security-Policy"]
            assert directives(policy) == directives(PUBLIC_POLICY), address
            readable = {"Cross-Origin-Resource-Policy": "cross-origin"}
            expected = EVERYWHERE | (readable if address.startswith("/api/") else {})
            for name, value in expected.items():
                assert response.headers[name] == value, (address, name)
            assert response.headers["X-Frame-Options"] == "DENY"
            assert "geolocation=()" in response.headers["Permissions-Policy"]
            assert not response.cookies, address
            assert "Cross-Origin-Embedder-Policy" not in response.headers

    def test_the_admin_has_its_own_policy_and_is_never_kept(self):
        self.sign_in("chief")
        response = self.client.get(reverse("wagtailadmin_home"))
        policy = directives(response.headers["Content-Security-Policy"])
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'self'" in policy
        assert "object-src 'none'" in policy
        assert "no-store" in response.headers["Cache-Control"]
        for name, value in EVERYWHERE.items():
            assert response.headers[name] == value

    def test_a_file_is_saved_never_opened_in_the_site(self):
        response = self.client.get(self.document.file.url)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not response.cookies

    def test_so_is_the_zip_of_a_kit(self):
        work()
        response = self.client.get(self.kit.download_url)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["Content-Type"] == "application/zip"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]

    def test_only_renditions_of_pictures_have_an_address(self):
        image = picture()
        rendition = image.get_rendition("width-20")
        assert self.client.get(rendition.url).status_code == 200
        assert self.client.get(f"/media/{image.file.name}").status_code == 404

    def test_shared_passwords_are_off_and_other_interfaces_are_not_mounted(self):
        self.sign_in("chief")
        privacy = reverse("wagtailadmin_pages:set_privacy", args=[self.guide.pk])
        choices = self.client.get(privacy).context["form"].fields["restriction_type"].choices
        assert "password" not in [value for value, _label in choices]
        installed = os.environ["DJANGO_SETTINGS_MODULE"] and _installed()
        for name in ("wagtail.api.v2", "wagtail.api.v3", "wagtail.contrib.simple_translation"):
            assert name not in installed
        self.client.logout()
        for address in ("/api/v2/pages/", "/api/v3/pages/", "/api/main/pages/"):
            assert self.client.get(address).status_code == 404


def _installed() -> list[str]:
    from django.conf import settings

    return list(settings.INSTALLED_APPS)


PROBE = """
import django; django.setup()
from django.conf import settings
names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
assert all(name.startswith("__Host-") for name in names), names
assert settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
assert settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE == "Lax"
assert settings.SESSION_COOKIE_AGE == 8 * 3600
assert settings.SECURE_HSTS_SECONDS == 31_536_000 and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS
assert not getattr(settings, "SESSION_COOKIE_DOMAIN", None)
assert settings.SESSION_COOKIE_PATH == "/" and settings.CSRF_COOKIE_PATH == "/"
assert settings.WAGTAIL_PRIVATE_PAGE_OPTIONS == {"SHARED_PASSWORD": False}
print("as decided")
"""


def in_production(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "hub.settings.production",
        "HUB_BASE_URL": "https://hub.example.org",
        "HUB_SECRET_KEY": "k3y-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "HUB_DATA_DIR": str(tmp_path),
        "HUB_TRUSTED_PROXIES": "1",
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_public_site_has_host_cookies_and_strict_transport(tmp_path):
    result = in_production(tmp_path, "-c", PROBE)
    assert result.stdout.strip() == "as decided", result.stderr


def test_the_deployment_check_has_nothing_to_say(tmp_path):
    result = in_production(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "no issues" in result.stdout + result.stderr
