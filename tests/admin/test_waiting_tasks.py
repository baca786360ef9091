"""The report of tasks in waiting: for administrators, and never what a task carries."""

from django.core import mail as outgoing
from django.db.models.functions import Now
from django.urls import reverse
from wagtail.admin.menu import reports_menu

from hub.core import outbox
from hub.core.mail import send_later
from hub.core.models import OutboxItem
from tests.security.site import SiteCase

LIST = "waiting_tasks:index"


class Tasks(SiteCase):
    def setUp(self) -> None:
        self.sign_in("administrator")
        send_later(
            "request-1", subject="Une demande", body="Je m’appelle Camille",
            to="camille@example.org", reply_to="hub@example.org",
        )  # fmt: skip

    def told(self, **chosen):
        return self.client.get(reverse(LIST), chosen).content.decode()

    def listed(self, **chosen):
        response = self.client.get(reverse(LIST), chosen)
        return [task.key for task in response.context["object_list"]]

    def test_it_names_the_task_and_nothing_that_it_carries(self):
        for page in (
            self.told(),
            b"".join(self.client.get(reverse(LIST), {"export": "csv"}).streaming_content).decode(),
        ):
            assert "request-1" in page
            for secret in ("camille", "Camille", "Une demande"):
                assert secret not in page, secret
        assert "messages à envoyer" in self.told()

    def test_errors_are_shown_without_the_addresses_they_repeat(self):
        error = "550 5.1.1 <camille@example.org>: user unknown"
        OutboxItem.objects.update(given_up_at=Now(), error=error, attempts=7)
        page = self.told()
        assert "550 5.1.1" in page
        assert "camille@" not in page

    def test_what_was_given_up_comes_first_and_alone_when_asked(self):
        outbox.ask("search", {"12": {}})
        OutboxItem.objects.filter(key="12").update(given_up_at=Now())
        assert self.listed() == ["12", "request-1"]
        assert self.listed(given_up_at="true") == ["12"]
        assert self.listed(kind="search_rebuild") == []

    def test_a_task_given_up_is_tried_again(self):
        OutboxItem.objects.update(given_up_at=Now(), attempts=7)
        task = OutboxItem.objects.get()
        retry = reverse("waiting_tasks:retry", args=[task.pk])
        assert "request-1" in self.client.get(retry).content.decode()
        task.refresh_from_db()
        assert task.given_up_at is not None
        assert self.client.post(retry).status_code == 302
        outbox.drain()
        assert [message.to for message in outgoing.outbox] == [["camille@example.org"]]

    def test_an_empty_list_says_that_nothing_waits(self):
        OutboxItem.objects.all().delete()
        assert "Rien n’attend" in self.told()

    def test_only_administrators_find_it(self):
        for actor in ("administrator", "chief", "contributor"):
            self.sign_in(actor)
            request = self.client.get(reverse("wagtailadmin_home")).wsgi_request
            names = {item.name for item in reports_menu.menu_items_for_request(request)}
            assert ("waiting-tasks" in names) == (actor == "administrator"), actor
