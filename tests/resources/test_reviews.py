"""What is past its review date: a banner for readers, one message to its owner, a report for editors."""

from datetime import date, timedelta

from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from hub.core import outbox
from hub.core.models import FederationSettings
from resources.models import LegalRecord
from resources.reviews import tell
from tests.factories import resource
from tests.security.site import SiteCase

YESTERDAY = timedelta(days=1)


def legal(title="Un seuil", **fields):
    return LegalRecord.objects.create(
        key="seuil", title=title, value="1/4", source="La loi", **fields
    )


class Reviews(SiteCase):
    def setUp(self) -> None:
        federation = FederationSettings.load()
        federation.contact_email = "contact@vie-coop.example"
        federation.save()
        self.today = timezone.localdate()
        self.owner = self.people["contributor"]

    def overdue(self, title="Quorum", **fields):
        return resource(
            "glossary", title, **{"review_on": self.today - YESTERDAY, "owner": self.owner} | fields
        )

    def sent(self):
        """The messages that leave now, by address."""
        mail.outbox.clear()
        tell()
        outbox.drain(["mail"])
        return {message.to[0]: message for message in mail.outbox}

    def test_the_owner_is_told_once_for_a_date(self):
        page = self.overdue()
        self.overdue("Demain", review_on=self.today + YESTERDAY)
        self.overdue("Aujourd’hui", review_on=self.today)
        messages = self.sent()
        assert list(messages) == [self.owner.email]
        body = messages[self.owner.email].body
        assert "Quorum" in body
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in body
        assert "Demain" not in body
        assert "Aujourd’hui" not in body
        assert self.sent() == {}
        page.review_on = date(2020, 1, 1)
        page.save_revision().publish()
        assert list(self.sent()) == [self.owner.email]

    def test_without_an_owner_who_can_be_reached_the_federation_is_told(self):
        self.overdue("Sans personne", owner=None)
        gone = self.people["chief"]
        gone.is_active = False
        gone.save()
        self.overdue("Partie", owner=gone)
        legal(next_review=self.today - YESTERDAY)
        messages = self.sent()
        assert list(messages) == ["contact@vie-coop.example"]
        body = messages["contact@vie-coop.example"].body
        assert all(title in body for title in ("Sans personne", "Partie", "Un seuil"))

    def test_nobody_to_tell_is_not_having_told(self):
        FederationSettings.objects.update(contact_email="")
        legal(next_review=self.today - YESTERDAY)
        assert self.sent() == {}
        FederationSettings.objects.update(contact_email="contact@vie-coop.example")
        assert list(self.sent()) == ["contact@vie-coop.example"]

    def test_what_was_seen_to_before_the_message_leaves_is_not_said(self):
        page = self.overdue()
        tell()
        page.review_on = self.today + YESTERDAY
        page.save_revision().publish()
        mail.outbox.clear()
        outbox.drain(["mail"])
        assert mail.outbox == []

    def test_readers_see_a_banner_for_a_term_and_for_the_values_it_quotes(self):
        banner = "Cette page devait être revérifiée"
        assert banner in self.client.get(self.overdue().get_url()).content.decode()
        fresh = resource("glossary", "À jour", review_on=self.today)
        assert banner not in self.client.get(fresh.get_url()).content.decode()
        fresh.legal_records = [legal(next_review=self.today - YESTERDAY)]
        fresh.save_revision().publish()
        assert banner in self.client.get(fresh.get_url()).content.decode()

    def test_the_report_lists_them_for_those_who_write(self):
        self.overdue()
        self.overdue("Plus tard", review_on=self.today + YESTERDAY)
        legal(next_review=self.today - YESTERDAY)
        self.sign_in("chief")
        screen = self.client.get(reverse("to_review:index")).content.decode()
        assert "Quorum" in screen
        assert "Plus tard" not in screen
        assert "1 valeur légale" in screen
        self.sign_in("moderator")
        assert self.client.get(reverse("to_review:index")).status_code == 302
        self.sign_in("chief")
        for kind in ("csv", "xlsx"):
            answer = self.client.get(reverse("to_review:index"), {"export": kind})
            assert b"".join(answer.streaming_content)

    def test_an_address_of_another_page_of_the_glossary_is_refused(self):
        page = resource("glossary", "Salle d’attente")
        page.slug = "salle"
        with self.assertRaises(ValidationError):
            page.full_clean()
