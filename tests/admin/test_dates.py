"""Dates in the admin: shown and read the way people write them, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.forms import DateField, DateTimeField
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.users.models import UserProfile

from resources.models import DossierPage
from search.models import PromotedAnswer
from tests.admin.forms import page_form
from tests.security.site import SiteCase, guide, index_of, publish

ADD = "wagtailsnippets_search_promotedanswer:add"
LANGUAGES = ("fr", "en")


class Dates(SiteCase):
    def setUp(self) -> None:
        self.sign_in("superuser")

    def speak(self, language):
        UserProfile.objects.update_or_create(
            user=self.people["superuser"], defaults={"preferred_language": language}
        )

    def write(self, **dates):
        data = {"queries": "salle", "page": self.page.pk, "position": "1", **dates}
        return self.client.post(reverse(ADD), data)

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.page = guide("Le guide de la saison")

    def test_a_day_is_read_and_shown_with_the_day_first(self):
        for language in LANGUAGES:
            self.speak(language)
            assert self.write(starts_on="05/01/2027", ends_on="31/12/2027").status_code == 302
            answer = PromotedAnswer.objects.get()
            assert (answer.starts_on, answer.ends_on) == (date(2027, 1, 5), date(2027, 12, 31))
            edit = reverse("wagtailsnippets_search_promotedanswer:edit", args=[answer.pk])
            shown = self.client.get(edit).content.decode()
            fields = querydict_from_html(shown, form_id="w-editor-form")
            assert (fields["starts_on"], fields["ends_on"]) == ("05/01/2027", "31/12/2027")
            answer.delete()

    def test_the_calendar_writes_what_the_form_reads(self):
        for language, told in [("fr", "jj/mm/aaaa"), ("en", "dd/mm/yyyy")]:
            self.speak(language)
            page = self.client.get(reverse(ADD)).content.decode()
            assert '"format": "d/m/Y"' in page
            assert "Y-m-d" not in page
            assert page.count(told) == 2
            assert "admin-dates" in page

    def test_what_is_no_date_is_refused(self):
        for language in LANGUAGES:
            self.speak(language)
            for wrong in ("pas une date", "31/02/2027", "12/31/2026", "0"):
                assert self.write(ends_on=wrong).status_code == 200, wrong
        assert not PromotedAnswer.objects.exists()

    def test_the_days_and_hours_of_a_page_come_back_as_they_were(self):
        known = {
            "review_on": date(2027, 2, 1),
            "featured_from": date(2027, 3, 4),
            "featured_until": date(2027, 5, 6),
            "go_live_at": datetime(2031, 2, 3, 9, 30, tzinfo=UTC),
            "expire_at": datetime(2031, 4, 5, 9, 30, tzinfo=UTC),
        }
        page = publish(DossierPage(title="Un dossier", summary="x"), index_of("dossier"))
        for name, value in known.items():
            setattr(page, name, value)
        page.save_revision()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        for language in LANGUAGES:
            self.speak(language)
            data = page_form(self.client.get(edit))
            assert data["go_live_at"] == ["03/02/2031 10:30"]
            assert data["featured_from"] == ["04/03/2027"]
            assert self.client.post(edit, data).status_code == 302
            saved = page.get_latest_revision_as_object()
            assert {name: getattr(saved, name) for name in known} == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_read_the_same_dates(language):
    with translation.override(language):
        for text in ("04/03/2027", "2027-03-04"):
            assert DateField().clean(text) == date(2027, 3, 4)
        for text in ("04/03/2027 09:30", "2027-03-04 09:30"):
            assert DateTimeField().clean(text).strftime("%d %m %H:%M") == "04 03 09:30"
