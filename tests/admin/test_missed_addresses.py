"""Addresses that readers do not find: counted by day, nothing of who asked, and never by robots."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from hub.core import missed, missed_beacon
from hub.core.models import MissedAddress
from tests.security.site import SiteCase, guide


class MissedAddresses(SiteCase):
    def setUp(self) -> None:
        missed_beacon.recent.forget()

    def token(self, path: str) -> str:
        text = self.client.get(path).content.decode()
        return text.partition('data-missed="')[2].partition('"')[0]

    def tell(self, token: str, **more) -> int:
        return self.client.post("/api/missed", token, content_type="text/plain", **more).status_code

    def test_an_address_not_found_is_counted_once_the_browser_says_so(self):
        token = self.token("/vieille/page/?nom=Camille")
        assert not MissedAddress.objects.exists()
        assert self.tell(token) == 204
        row = MissedAddress.objects.get()
        assert (row.path, row.times) == ("/vieille/page/", 1)
        assert row.day == timezone.localdate()

    def test_nothing_of_the_reader_is_kept(self):
        names = {field.name for field in MissedAddress._meta.get_fields()}
        assert names == {"id", "path", "day", "times"}
        for path in ("/lettre/camille@example.org/", "/appel/06 12 34 56 78/", "/a%40b.example/"):
            assert self.token(path) == "", path

    def test_robots_noise_is_not_offered_for_counting(self):
        for path in (
            "/wp-login.php", "/wp-content/x/", "/.env", "/.git/config", "/xmlrpc.php", "/a.asp",
            "/phpmyadmin/", "/cgi-bin/x/", "/vendor/phpunit/", "/x/../etc/", "/a.sql", "/" + "x" * 300 + "/",
        ):  # fmt: skip
            assert self.token(path) == "", path

    def test_only_what_this_site_said_is_counted(self):
        for body in ("", "x", "/vieille/", self.token("/a/")[:-1], "é"):
            assert self.tell(body) == 400
        assert self.tell("x" * 5000) == 400
        assert self.client.get("/api/missed").status_code == 405
        assert not MissedAddress.objects.exists()

    def test_one_reader_counts_once_and_cannot_fill_the_table(self):
        token = self.token("/vieille/")
        assert {self.tell(token) for _turn in range(3)} == {204}
        assert MissedAddress.objects.get().times == 1
        for number in range(missed_beacon.MOST_ADDRESSES + 20):
            self.tell(missed.token_for(f"/autre/{number}/"))
        assert MissedAddress.objects.count() <= missed_beacon.MOST_ADDRESSES

    def test_a_day_holds_so_many_addresses_and_those_known_are_still_counted(self):
        day = timezone.localdate()
        MissedAddress.objects.bulk_create(
            MissedAddress(path=f"/x/{n}/", day=day, times=1) for n in range(missed.MOST_A_DAY)
        )
        missed.count(missed.Missed("/neuf/", day.isoformat()))
        missed.count(missed.Missed("/x/1/", day.isoformat()))
        assert not MissedAddress.objects.filter(path="/neuf/").exists()
        assert MissedAddress.objects.get(path="/x/1/").times == 2

    def test_editors_who_are_signed_in_are_not_counted(self):
        self.sign_in("chief")
        assert self.token("/vieille/") == ""

    def test_what_is_old_is_forgotten(self):
        old = timezone.localdate() - missed.KEPT - timedelta(days=1)
        MissedAddress.objects.create(path="/x/", day=old, times=1)
        MissedAddress.objects.create(path="/y/", day=timezone.localdate(), times=1)
        missed.purge()
        assert [row.path for row in MissedAddress.objects.all()] == ["/y/"]

    def test_the_report_offers_a_redirect_with_the_old_address_filled_in(self):
        today = timezone.localdate()
        for day in (today, today - timedelta(days=3)):
            MissedAddress.objects.create(path="/vieille page/été/", day=day, times=4)
        MissedAddress.objects.create(path="/rare/", day=today, times=1)
        self.sign_in("chief")
        report = self.client.get(reverse("missed:index"))
        rows = [(row["path"], row["asked"]) for row in report.context["object_list"]]
        assert rows == [("/vieille page/été/", 8), ("/rare/", 1)]
        text = report.content.decode()
        assert "Créer une redirection" in text
        link = text.partition(f'href="{reverse("wagtailredirects:add")}')[2].partition('"')[0]
        form = self.client.get(reverse("wagtailredirects:add") + link)
        assert form.context["form"]["old_path"].value() == "/vieille%20page/été"
        target = guide("Le guide")
        filled = form.context["form"]
        assert filled["is_permanent"].value() is True
        data = {
            "old_path": filled["old_path"].value(),
            "redirect_page": target.pk,
            "is_permanent": "on",
        }
        assert self.client.post(reverse("wagtailredirects:add"), data).status_code == 302
        left = self.client.get(reverse("missed:index")).context["object_list"]
        assert [row["path"] for row in left] == ["/rare/"]
        self.client.logout()
        answer = self.client.get("/vieille page/été/")
        assert (answer.status_code, answer.headers["Location"]) == (301, target.get_url())

    def test_the_report_goes_to_a_spreadsheet_and_says_when_nothing_is_missed(self):
        self.sign_in("chief")
        address = reverse("missed:index")
        assert "trouvent toutes les adresses" in self.client.get(address).content.decode()
        MissedAddress.objects.create(path="/rare/", day=timezone.localdate(), times=1)
        sheet = b"".join(self.client.get(address, {"export": "csv"}).streaming_content).decode()
        assert "/rare/,1," in sheet
