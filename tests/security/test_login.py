"""Signing in: five wrong guesses lock, and nothing tells a known name from an unknown one."""

from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from tests.security.site import SiteCase

RIGHT = "a long password indeed"


class SignIn(SiteCase):
    def attempt(self, name: str, password: str, address: str = "192.0.2.1") -> int:
        data = {"username": name, "password": password}
        response = self.client.post(reverse("wagtailadmin_login"), data, REMOTE_ADDR=address)
        return response.status_code

    def test_the_fifth_failure_locks_even_the_right_password_for_that_address_only(self):
        codes = [self.attempt("chief", f"wrong {number}") for number in range(5)]
        assert codes[:4] == [200] * 4
        assert codes[4] == 429
        assert self.attempt("chief", RIGHT) == 429

    def test_four_failures_do_not(self):
        for number in range(4):
            self.attempt("chief", f"wrong {number}")
        assert self.attempt("chief", RIGHT) == 302

    def test_another_name_from_another_address_signs_in(self):
        for number in range(6):
            self.attempt("chief", f"wrong {number}")
        assert self.attempt("contributor", RIGHT, address="192.0.2.77") == 302

    @override_settings(TRUSTED_PROXIES=1)
    def test_behind_a_proxy_a_lock_is_for_one_visitor(self):
        def attempt(name, password, visitor):
            data = {"username": name, "password": password}
            behind = {"X-Forwarded-For": f"6.6.6.6, {visitor}"}
            return self.client.post(reverse("wagtailadmin_login"), data, headers=behind).status_code

        codes = [attempt("chief", "wrong", "192.0.2.1") for _time in range(5)]
        assert codes[4] == 429
        assert attempt("contributor", RIGHT, "192.0.2.1") == 429
        assert attempt("contributor", RIGHT, "192.0.2.2") == 302

    def test_an_unknown_name_gets_the_same_words(self):
        texts = []
        for name in ("chief", "somebody"):
            data = {"username": name, "password": "wrong"}
            response = self.client.post(reverse("wagtailadmin_login"), data)
            texts.append(str(response.context["form"].non_field_errors()))
        assert texts[0] == texts[1]

    def test_a_forgotten_password_is_answered_alike(self):
        answers = []
        for mail in ("chief@example.org", "somebody@example.org"):
            response = self.client.post(reverse("wagtailadmin_password_reset"), {"email": mail})
            answers.append((response.status_code, response.headers.get("Location")))
        assert answers[0] == answers[1]

    def test_a_session_ends_by_itself(self):
        assert settings.SESSION_COOKIE_AGE == 8 * 60 * 60
        assert self.attempt("chief", RIGHT) == 302
        cookie = self.client.cookies[settings.SESSION_COOKIE_NAME]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
