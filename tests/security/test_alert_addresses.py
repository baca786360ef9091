"""The addresses of alerts are read by nobody: not by editors, not by administrators."""

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.utils import timezone
from wagtail import hooks
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from resources.models import SearchAlert
from tests.security.addresses import Examples, patterns
from tests.security.site import SiteCase, guide

SECRET = "marsupilami"


class Addresses(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.page = guide()
        cls.alert = SearchAlert.objects.create(
            email=f"{SECRET}@coop.example", locale="fr", parameters=f"q={SECRET}",
            confirmed_at=timezone.now(), seen_until=timezone.now(), seen=[cls.page.pk],
        )  # fmt: skip

    def test_no_page_of_the_admin_shows_one_whoever_looks(self):
        alert = {"app_label": "resources", "model_name": "searchalert", "pk": self.alert.pk}
        examples = [
            Examples({"page_id": self.page.pk, "pk": self.page.pk, "number": 1}),
            Examples({**alert, "app_name": "resources"}),
        ]
        self.client.raise_request_exception = False
        self.sign_in("superuser")
        for pattern in patterns():
            if not pattern.startswith("admin/") or "logout" in pattern:
                continue
            for example in examples:
                response = self.client.get(example.address(pattern), {"q": SECRET})
                parts = response.streaming_content if response.streaming else [response.content]
                text = b"".join(parts).decode("utf-8", "replace")
                assert f"{SECRET}@" not in text, pattern

    def test_no_right_on_them_can_be_given(self):
        assert not Permission.objects.filter(content_type__model="searchalert").exists()
        offered = [
            permission
            for registered in hooks.get_hooks("register_permissions")
            for permission in registered()
        ]
        assert not [p for p in offered if p.content_type.model == "searchalert"]
        assert SearchAlert not in get_snippet_models()

    def test_no_other_table_copies_one(self):
        assert not ReferenceIndex.objects.filter(content_type__model="searchalert").exists()
        for model in apps.get_models():
            if model is SearchAlert or model._meta.proxy or not model._meta.managed:
                continue
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                assert f"{SECRET}@" not in str(cursor.fetchall()), model

    def test_its_name_tells_no_address(self):
        assert "@" not in f"{self.alert} {self.alert!r}"
