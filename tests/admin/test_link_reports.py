"""The reports of links that lead nowhere, of addresses not found and of resources to review."""

from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import reports_menu
from wagtail.contrib.redirects.models import Redirect

from hub.core import jobs, link_checks, missed, missed_beacon, outbox
from hub.core.models import BrokenLink, MissedAddress
from tests.factories import stream
from tests.security.site import SiteCase, document_page, guide, pdf_document


def linked(*links: str) -> str:
    return stream(*(("paragraph", f"<p>{link}</p>") for link in links))


def to_page(page) -> str:
    return f'<a linktype="page" id="{page.pk}">mot</a>'


def to_address(address: str) -> str:
    return f'<a href="{address}">mot</a>'


class BrokenLinks(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")
        self.report = reverse("broken_links:index")

    def found(self) -> set[tuple[str, str]]:
        link_checks.check_all()
        return set(BrokenLink.objects.values_list("target", "problem"))

    def test_good_links_of_every_kind_are_left_in_peace(self):
        document = pdf_document()
        page = document_page(file=document)
        Redirect.objects.create(old_path="/vieux", redirect_page=page)
        guide(
            "Un guide",
            body=linked(
                to_page(page),
                f'<a linktype="document" id="{document.pk}">mot</a>',
                to_address(page.get_url()),
                to_address(page.get_url().rstrip("/")),
                to_address(f"{page.get_url()}?a=1#file"),
                to_address(document.url),
                to_address("/vieux"),
                to_address("/ressources/?theme=ag"),
                to_address("/plan-du-site/"),
                to_address("/en/"),
                to_address("#ici"),
                to_address("mailto:contact@vie-coop.example"),
                to_address("tel:+33100000000"),
                to_address("https://example.org/nulle/part/"),
            ),
        )
        assert self.found() == set()

    def test_links_that_lead_nowhere_are_found_wherever_they_stand(self):
        document, withdrawn = pdf_document(), guide("Retiré")
        gone = guide("Disparu")
        callout = {"kind": "key", "title": "", "text": f"<p>{to_address('/dans/un/encadre/')}</p>"}
        guide(
            "Un guide",
            body=stream(
                ("paragraph", f"<p>{to_page(withdrawn)} {to_page(gone)}</p>"),
                ("paragraph", f'<p><a linktype="document" id="{document.pk}">mot</a></p>'),
                ("paragraph", f"<p>{to_address('/guides/nulle-part/')}</p>"),
                ("paragraph", f"<p>{to_address('http://127.0.0.1:8000/ailleurs/')}</p>"),
                ("paragraph", f"<p>{to_address('/fichiers/999/x.pdf')}</p>"),
                ("callout", callout),
            ),
        )
        gone_number, file_number = gone.pk, document.pk
        withdrawn.unpublish()
        gone.delete()
        document.delete()
        told = self.found()
        assert ("Retiré", "hidden") in told
        missing = {target for target, problem in told if problem == "missing"}
        assert {
            "/guides/nulle-part/",
            "http://127.0.0.1:8000/ailleurs/",
            "/fichiers/999/x.pdf",
            "/dans/un/encadre/",
        } <= missing
        assert {f"page n° {gone_number}", f"fichier n° {file_number}"} <= missing

    def test_a_chapter_is_an_address_and_one_that_is_not_there_is_not(self):
        chapter = {"title": "Un", "slug": "un", "summary": "", "body": [], "practices": []}
        manual = guide("Manuel", chapters=stream(("chapter", chapter)))
        path = manual.get_route_paths()[-1]
        good = manual.get_url().rstrip("/") + path
        guide("Autre", body=linked(to_address(good), to_address(f"{manual.get_url()}deux/")))
        assert {target for target, _problem in self.found()} == {f"{manual.get_url()}deux/"}

    def test_the_report_names_the_page_the_place_and_goes_to_a_spreadsheet(self):
        page = guide("Un guide", body=linked(to_address("/nulle/part/")))
        jobs.run_due(once=True)
        text = self.client.get(self.report).content.decode()
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text
        assert "/nulle/part/" in text
        sheet = b"".join(self.client.get(self.report, {"export": "csv"}).streaming_content)
        assert "Un guide," in sheet.decode()
        assert "/nulle/part/" in sheet.decode()

    def test_a_link_that_is_mended_leaves_the_report_and_a_page_withdrawn_enters_it(self):
        page = guide("Un guide", body=linked(to_address("/nulle/part/")))
        link_checks.check_all()
        other = guide("Autre")
        page.body = linked(to_page(other))
        with self.captureOnCommitCallbacks(execute=True):
            page.save_revision().publish()
        outbox.drain(["check_links"])
        assert not BrokenLink.objects.exists()
        other.unpublish()
        outbox.drain(["check_links"])
        assert BrokenLink.objects.get().target == "Autre"

    def test_editors_have_it_checked_again_when_they_wish(self):
        guide("Un guide", body=linked(to_address("/nulle/part/")))
        assert self.client.get(reverse("broken_links:check")).status_code == 405
        assert self.client.post(reverse("broken_links:check")).status_code == 302
        call_command("run_worker", "--once", verbosity=0)
        assert BrokenLink.objects.count() == 1

    def test_an_empty_report_says_that_all_is_well(self):
        assert "Tous les liens mènent quelque part" in self.client.get(self.report).content.decode()

    def test_many_rows_cost_no_more_queries_than_few(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.client.get(self.report)
            return len(queries)

        guide("Un guide", body=linked(to_address("/nulle/part/")))
        link_checks.check_all()
        cost()
        few = cost()
        for number in range(8):
            guide(f"Guide {number}", body=linked(to_address(f"/nulle/{number}/")))
        link_checks.check_all()
        assert cost() == few


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


class ToReview(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")
        self.report = reverse("to_review:index")
        today = timezone.localdate()
        self.late = guide("En retard", review_on=today - timedelta(days=2))
        self.soon = guide("Bientôt", review_on=today + timedelta(days=20))
        self.dateless = guide("Sans date")

    def titles(self, **chosen):
        page = self.client.get(self.report, chosen)
        return [row.title for row in page.context["object_list"]]

    def test_what_is_overdue_comes_first_and_what_comes_soon_when_asked(self):
        assert self.titles() == ["En retard"]
        assert self.titles(when="soon") == ["En retard", "Bientôt"]
        assert "Sans date" in self.titles(when="none")
        assert self.titles(type="kit") == []

    def test_it_goes_to_a_spreadsheet(self):
        sheet = b"".join(self.client.get(self.report, {"export": "csv"}).streaming_content)
        assert "En retard,Guide," in sheet.decode()

    def test_many_rows_cost_no_more_queries_than_few(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.client.get(self.report)
            return len(queries)

        cost()
        few = cost()
        for number in range(8):
            guide(f"Vieux {number}", review_on=timezone.localdate() - timedelta(days=9))
        assert cost() == few


class WhoSeesThem(SiteCase):
    def test_each_report_is_in_the_menu_of_those_it_is_for(self):
        shown = {
            "broken-links": {"chief", "contributor", "translator", "administrator"},
            "resources-to-review": {"chief", "contributor", "translator", "administrator"},
            "addresses-not-found": {"chief", "administrator"},
        }
        for actor in ("chief", "contributor", "translator", "administrator", "moderator"):
            self.sign_in(actor)
            request = self.client.get(reverse("wagtailadmin_home")).wsgi_request
            names = {item.name for item in reports_menu.menu_items_for_request(request)}
            for name, people in shown.items():
                assert (name in names) == (actor in people), (name, actor)
