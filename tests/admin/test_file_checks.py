"""What an editor reads about a file: what is wrong with it, and what to do."""

from functools import cache

from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.menu import reports_menu

from hub.core import outbox
from hub.core.file_checks import looks_like_a_file_name, problems_of
from hub.core.models import HubDocument
from tests.security import check_fixtures as made
from tests.security.site import SiteCase, document_page, guide, picture


@cache
def content_of(name: str) -> bytes:
    return getattr(made, name)()


def stored(title: str, name: str, content: bytes, **fields) -> HubDocument:
    document = HubDocument(title=title, **{"language": "fr"} | fields)
    document.file.save(name, ContentFile(content), save=False)
    document._set_document_file_metadata()
    document.save()
    return document


# What it is called, its name and bytes, and what an editor must read about it; nothing when good.
FIXTURES = {
    "a guide exported as it should be": ("Guide de séance", "g.pdf", "tagged_pdf", set()),
    "a letter written in French": ("Modèle de convocation", "c.docx", "french_word", set()),
    "slides written in French": ("Diaporama d’accueil", "d.pptx", "french_slides", set()),
    "a table of figures": ("Présents par année", "t.xlsx", "figures", set()),
    "a list of names": ("Feuille d’émargement", "f.csv", "names", set()),
    "its file’s name for a title": ("livret_AG_2026-v2.pdf", "l.pdf", "tagged_pdf", {"title"}),
    "no language": ("Règlement intérieur", "r.pdf", "pdf_without_language", {"language"}),
    "English under a French record": ("Member guide", "m.docx", "english_word", {"other_language"}),
    "a scan": ("Procès-verbal de 1987", "pv.pdf", "scanned_pdf", {"scan"}),
    "a PDF without tags": ("Bulletin de vote", "b.pdf", "untagged_pdf", {"untagged"}),
    "a heavy PDF": ("Rapport annuel", "a.pdf", "heavy_pdf", {"heavy"}),
    "a file that nothing reads": ("Ancien tableau", "x.xlsx", "broken_workbook", {"unread"}),
}  # fmt: skip
PICTURES = {
    "described": ("La salle", "Une salle pleine, mains levées.", set()),
    "not described": ("La salle", "", {"alt"}),
    "as the telephone called it": ("IMG_2034", "Le bureau de vote.", {"title"}),
}


class Checked(SiteCase):
    def setUp(self) -> None:
        self.sign_in("chief")

    def codes(self, file) -> set[str]:
        return {problem.code for problem in problems_of([file])[file.pk]}

    def test_twelve_files_good_and_bad_are_told_apart(self):
        files = {}
        for case, (title, name, kind, wanted) in FIXTURES.items():
            files[case] = (stored(title, name, content_of(kind)), wanted)
        outbox.drain(["read_file"])
        twins = {"its file’s name for a title", "a guide exported as it should be"}
        for case, (file, wanted) in files.items():
            found = self.codes(file) - ({"duplicate"} if case in twins else set())
            assert found == wanted, case
        assert len(FIXTURES) == 12

    def test_so_are_pictures(self):
        for case, (title, description, wanted) in PICTURES.items():
            image = picture(title)
            image.description = description
            image.save()
            assert self.codes(image) == wanted, case

    def test_the_same_file_twice_is_said_on_both_with_a_link_to_the_other(self):
        first = stored("Premier", "a.csv", made.names())
        second = stored("Second", "b.csv", made.names())
        for one, other in ((first, second), (second, first)):
            form = self.client.get(reverse("wagtaildocs:edit", args=[one.pk])).content.decode()
            assert "Le même fichier est déjà là" in form
            assert reverse("wagtaildocs:edit", args=[other.pk]) in form

    def test_titles_that_nobody_wrote_are_known_from_those_that_somebody_did(self):
        machine = (
            "livret_ag", "Livret.pdf", "IMG_2034", "DSC00042", "scan 0003", "Scanne-12", "Document1",
            "Document (2)", "copie de livret", "Sans titre", "Capture d’écran 2026-01-02", "livret-ag-v2-final",
            "WhatsApp Image 2026-03-01 at 10.00.00", "Numérisation 4",
        )  # fmt: skip
        people = (
            "Livret", "Modèle de convocation", "Procès-verbal", "Document d’accueil", "Photo de groupe",
            "Statuts 2026", "Compte-rendu", "AG 2026 : le mode d’emploi", "L’image de la coopérative",
            "Vice-président", "Scanner un bulletin",
        )  # fmt: skip
        assert [title for title in machine if not looks_like_a_file_name(title)] == []
        assert [title for title in people if looks_like_a_file_name(title)] == []

    def test_the_form_says_what_to_do_in_plain_words_and_nothing_when_all_is_well(self):
        scan = stored("Procès-verbal", "pv.pdf", content_of("scanned_pdf"))
        good = stored("Feuille", "f.csv", made.names())
        outbox.drain(["read_file"])
        form = self.client.get(reverse("wagtaildocs:edit", args=[scan.pk])).content.decode()
        assert "faites reconnaître le texte du scan" in form
        form = self.client.get(reverse("wagtaildocs:edit", args=[good.pk])).content.decode()
        assert "Rien à changer" in form

    def test_the_list_of_files_shows_problems_and_leaves_out_the_others_when_asked(self):
        scan = stored("Procès-verbal", "pv.pdf", content_of("scanned_pdf"))
        good = stored("Feuille", "f.csv", made.names())
        named = stored("f_2.csv", "f2.csv", b"a,b\n1,2\n")
        outbox.drain(["read_file"])
        address = reverse("wagtaildocs:index")
        assert "Seulement des images de pages" in self.client.get(address).content.decode()

        def listed(problem):
            page = self.client.get(address, {"problem": problem}).context["object_list"]
            return {document.pk for document in page}

        assert listed("") == {scan.pk, good.pk, named.pk}
        assert listed("scan") == {scan.pk}
        assert listed("any") == {scan.pk, named.pk}

    def test_the_report_names_files_and_pictures_and_goes_to_a_spreadsheet(self):
        stored("Procès-verbal", "pv.pdf", content_of("scanned_pdf"))
        stored("Feuille", "f.csv", made.names())
        picture("La salle")
        outbox.drain(["read_file"])
        address = reverse("files_to_check:index")
        rows = self.client.get(address).context["object_list"]
        assert [row.title for row in rows] == ["Procès-verbal", "La salle"]
        rows = self.client.get(address, {"problem": "alt"}).context["object_list"]
        assert [row.title for row in rows] == ["La salle"]
        sheet = b"".join(self.client.get(address, {"export": "csv"}).streaming_content).decode()
        assert 'Procès-verbal,Fichier,"Seulement des images de pages' in sheet
        assert "La salle,Image,Image sans description" in sheet
        assert "Feuille" not in sheet

    def test_the_report_says_when_nothing_is_left_to_do(self):
        text = self.client.get(reverse("files_to_check:index")).content.decode()
        assert "prêts pour les lecteurs" in text

    def test_the_report_is_for_those_who_handle_files(self):
        for actor in ("chief", "contributor", "translator", "moderator"):
            self.sign_in(actor)
            request = self.client.get(reverse("wagtailadmin_home")).wsgi_request
            names = {item.name for item in reports_menu.menu_items_for_request(request)}
            assert ("files-to-check" in names) == (actor in ("chief", "contributor")), actor

    def test_each_list_costs_the_same_for_few_files_and_for_many(self):
        addresses = (reverse("wagtaildocs:index"), reverse("files_to_check:index"))

        def costs():
            found = []
            for address in addresses:
                with CaptureQueriesContext(connection) as queries:
                    self.client.get(address)
                found.append(len(queries))
            return found

        stored("f_0.csv", "f.csv", b"0,1\n")
        costs()
        few = costs()
        for number in range(1, 12):
            stored(f"f_{number}.csv", "f.csv", f"{number},1\n".encode())
        assert costs() == few

    def test_the_content_checks_of_a_page_name_the_problems_of_its_files(self):
        scan = stored("Procès-verbal", "pv.pdf", content_of("scanned_pdf"))
        outbox.drain(["read_file"])
        page, plain = document_page("Le procès-verbal", file=scan), guide()

        def checks(page):
            return self.client.get(
                reverse("wagtailadmin_pages:edit", args=[page.pk])
            ).content.decode()

        assert f"file-{scan.pk}-scan" in checks(page)
        assert f"file-{scan.pk}-scan" not in checks(plain)
