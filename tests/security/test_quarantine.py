"""With a virus scanner, nothing that it has not seen is ever sent; without one, nothing changes."""

import io
import zipfile
from contextlib import ExitStack

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hub.core import clamd, jobs, outbox
from hub.core.models import FileReading, FileScan, HubDocument, OutboxItem, Verdict
from resources.models import KitPage
from search.engines.base import SearchRequest
from search.service import search
from tests.factories import stream
from tests.security import good_files
from tests.security.site import SiteCase, document_page, index_of, pdf_document, publish
from tests.services.clamd import HIDDEN, listening_at

VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + HIDDEN + b"!$H+H*"


def scanned(content: bytes, address: str, seconds: float = 2) -> clamd.Answer:
    return clamd.scan(io.BytesIO(content), address, seconds)


class TestTheProtocol:
    @pytest.fixture(params=["unix", "tcp"])
    def scanner(self, request, tmp_path):
        with listening_at(tmp_path / "s" if request.param == "unix" else None) as scanner:
            yield scanner

    def test_a_clean_file_is_clean_whatever_its_size(self, scanner):
        for content in (b"", b"a", b"b" * 65_536, b"c" * 1_000_001):
            assert scanned(content, scanner.address).outcome == "clean"
        assert [len(seen) for seen in scanner.seen] == [0, 1, 65_536, 1_000_001]

    def test_what_is_found_has_a_name(self, scanner):
        answer = scanned(b"x" * 99_999 + VIRUS, scanner.address)
        assert answer == ("found", "Win.Test.EICAR_HDB-1")

    def test_a_file_over_the_limit_of_the_daemon_is_said_to_be(self, scanner):
        scanner.most = 100_000
        assert scanned(b"x" * 5_000_000, scanner.address).outcome == "too_large"

    @pytest.mark.parametrize("mood", ["stalls", "dies", "odd", "cut"])
    def test_anything_else_decides_nothing(self, scanner, mood):
        scanner.mood = mood
        answer = scanned(b"x" * 300_000, scanner.address, 0.5)
        assert answer.outcome == "unknown"
        assert answer.detail

    def test_nobody_at_the_socket_is_another_thing(self, scanner):
        scanner.leave()
        assert scanned(b"x", scanner.address).outcome == "away"


class WithScanner(SiteCase):
    def setUp(self) -> None:
        self.stack = ExitStack()
        self.addCleanup(self.stack.close)
        self.scanner = self.stack.enter_context(listening_at())
        self.stack.enter_context(self.settings(CLAMD=self.scanner.address, CLAMD_SECONDS=0.5))
        self.sign_in("chief")

    def send(self, content: bytes, name: str = "livret.pdf", title: str = "Livret de séance"):
        data = {"title": title, "language": "fr", "file": SimpleUploadedFile(name, content)}
        return self.client.post(reverse("wagtaildocs:add"), data)

    def published(self) -> HubDocument:
        document = HubDocument.objects.get()
        document_page(file=document)
        return document

    def answers(self, document: HubDocument) -> set[int]:
        """To readers, to the person who sent it, to whoever runs the site."""
        found = set()
        for name in ("chief", "administrator", "superuser"):
            self.sign_in(name)
            found.add(self.client.get(document.url).status_code)
        self.client.logout()
        found |= {
            self.client.get(document.url).status_code,
            self.client.head(document.url).status_code,
        }
        self.sign_in("chief")
        return found

    def test_a_clean_file_is_stored_and_sent(self):
        content = good_files.pdf(3)
        assert self.send(content).status_code == 302
        assert self.answers(self.published()) == {200}
        assert self.scanner.seen == [content]
        assert not OutboxItem.objects.filter(kind="scan_file").exists()

    def test_a_virus_is_refused_with_its_name(self):
        response = self.send(b"nom;valeur\n" + b"x;" + VIRUS[40:60] + b"\n" + HIDDEN, "a.csv")
        assert response.status_code == 200
        assert "Win.Test.EICAR_HDB-1" in response.content.decode()
        assert not HubDocument.objects.exists()

    def test_a_scanner_that_is_down_slow_or_strange_keeps_the_file_and_lets_nobody_read_it(self):
        for mood in ("stalls", "dies", "odd", "cut", "away"):
            HubDocument.objects.all().delete()
            self.scanner.mood = mood
            if mood == "away":
                self.scanner.leave()
            content = good_files.pdf(1) + b"\n%" + mood.encode() + b"\n%%EOF\n"
            assert self.send(content).status_code == 302, mood
            document = HubDocument.objects.get()
            page = document_page(f"Le livret {mood}", file=document)
            assert self.answers(document) == {404}, mood
            page.delete()

    def test_the_editor_reads_what_happens_and_what_to_do(self):
        self.scanner.mood = "stalls"
        self.send(good_files.pdf())
        document = HubDocument.objects.get()
        form = self.client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
        assert "En attente de l’antivirus" in form
        assert "Vous n’avez rien à faire" in form
        listing = self.client.get(reverse("wagtaildocs:index")).content.decode()
        assert "En attente de l’antivirus" in listing

    def test_it_leaves_the_quarantine_by_itself_once_the_scanner_answers(self):
        self.scanner.mood = "stalls"
        self.send(good_files.pdf())
        document = self.published()
        self.scanner.mood = "well"
        call_command("run_worker", "--once", verbosity=0)
        assert self.answers(document) == {200}

    def test_an_absent_scanner_is_waited_for_without_giving_up(self):
        self.scanner.leave()
        self.send(good_files.pdf())
        for _turn in range(9):
            OutboxItem.objects.update(due_at="2020-01-01T00:00Z")
            outbox.drain(["scan_file"])
        task = OutboxItem.objects.get(kind="scan_file")
        assert task.given_up_at is None
        assert task.attempts == 0

    def test_a_virus_that_got_in_while_it_was_away_is_never_sent(self):
        self.scanner.mood = "odd"
        content = b"%PDF-1.4\n" + HIDDEN
        document = HubDocument(title="Piège")
        document.file.save("p.pdf", SimpleUploadedFile("p.pdf", content), save=False)
        document._set_document_file_metadata()
        document.save()
        self.scanner.mood = "well"
        outbox.drain(["scan_file"])
        document_page(file=document)
        assert FileScan.objects.get().verdict == Verdict.FOUND
        assert self.answers(document) == {404}
        form = self.client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
        assert "Un virus y a été trouvé" in form

    def test_one_too_large_for_the_scanner_waits_and_says_so(self):
        self.scanner.most = 10
        self.send(good_files.pdf())
        document = self.published()
        assert self.answers(document) == {404}
        form = self.client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
        assert "Trop gros pour l’antivirus" in form

    def test_files_that_were_there_before_it_are_scanned_by_the_regular_job(self):
        with self.settings(CLAMD=""):
            document = pdf_document()
            document_page(file=document)
        assert self.answers(document) == {404}
        jobs.run_due(once=True)
        outbox.drain(["scan_file"])
        assert self.answers(document) == {200}

    def test_a_file_put_in_the_place_of_a_clean_one_is_not_clean_for_that(self):
        self.send(good_files.pdf(1))
        document = self.published()
        self.scanner.mood = "stalls"
        newer = SimpleUploadedFile("y.pdf", good_files.pdf(4))
        data = {"title": "Livret de séance", "language": "fr", "file": newer}
        self.client.post(reverse("wagtaildocs:edit", args=[document.pk]), data)
        assert self.answers(HubDocument.objects.get()) == {404}

    def test_its_words_are_not_found_and_no_kit_holds_it_until_then(self):
        self.scanner.mood = "stalls"
        waiting = pdf_document("Convocation")
        page = document_page("La convocation", file=waiting)
        outbox.drain(["read_file"])
        reading = FileReading.objects.get(document=waiting)
        reading.pages = [[1, "page", "", "zanzibar"]]
        reading.save()
        section = {"title": "Avant", "intro": "", "items": [{"document": page.pk, "how": ""}]}
        kit = publish(
            KitPage(title="Kit", summary="Tout.", sections=stream(("section", section))),
            index_of("kit"),
        )
        zipped = kit.get_url() + "telecharger/"
        assert not search(SearchRequest(query="zanzibar", locale="fr")).hits
        assert self.client.get(zipped).status_code == 404
        assert waiting.url not in self.client.get(page.get_url()).content.decode()
        self.scanner.mood = "well"
        OutboxItem.objects.update(due_at="2020-01-01T00:00Z")
        with self.captureOnCommitCallbacks(execute=True):
            outbox.drain(["scan_file"])
        outbox.drain()
        outbox.drain(["kit"])
        assert len(search(SearchRequest(query="zanzibar", locale="fr")).hits) == 1
        content = b"".join(self.client.get(zipped).streaming_content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert [name for name in archive.namelist() if name.endswith(".pdf")]

    def test_a_list_of_files_asks_about_all_of_them_at_once(self):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                self.client.get(reverse("wagtaildocs:index"))
            return len(queries)

        pdf_document("Un")
        self.client.get(reverse("wagtaildocs:index"))
        few = cost()
        for number in range(8):
            pdf_document(f"Livret {number}")
        assert cost() == few


class WithoutScanner(SiteCase):
    def test_nothing_is_asked_and_files_are_sent(self):
        document = pdf_document()
        document_page(file=document)
        assert self.client.get(document.url).status_code == 200
        assert not FileScan.objects.exists()
        assert not OutboxItem.objects.filter(kind="scan_file").exists()
