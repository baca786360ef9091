"""The reports of links that lead nowhere, of addresses not found and of resources to review."""

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.menu import reports_menu
from wagtail.contrib.redirects.models import Redirect

from hub.core import jobs, link_checks, outbox
from hub.core.models import BrokenLink
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
