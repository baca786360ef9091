"""Every address × every method × everybody, against one readable table."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Collection, GroupApprovalTask, Page, Site, Task, Workflow
from wagtail_localize.models import Translation, TranslationSource

from hub.core import outbox
from hub.core.models import FederationSettings, OutboxItem, SeasonMoment
from resources.models import Audience, LegalRecord, Organisation, SupportRequest, Theme
from search.models import PromotedAnswer, ProtectedWord, Synonym
from tests import campaigns
from tests.factories import stored_video
from tests.security.addresses import Examples, patterns
from tests.security.permission_table import ALL, READERS, row_of
from tests.security.site import SiteCase, document_page, guide, index_of, pdf_document, picture

METHODS = ("get", "head", "post", "put", "delete")
# Wagtail looks at the person before the method: the two who hold least try all of them.
THOROUGH = ("anonymous", "moderator")
# Written by opening a page of the admin, whoever opens it.
TRACES = {"sessions.session", "axes.accessattempt", "axes.accesslog", "axes.accessfailurelog"}
# Wagtail notes the preferences of whoever sees its button on a page, that of a 404 included.
TRACES.add("wagtailusers.userprofile")
# An error on purpose; a check that writes outside of the transaction of a test.
UNLIKE_LIFE = {"admin/failwhale/", "readyz/"}


def is_refusal(response: Any) -> bool:
    """To sign in, back to the start of the admin with a word, forbidden, not there, not so."""
    if response.status_code in (301, 302):
        target = response.headers["Location"].partition("?")[0]
        return target in (reverse("wagtailadmin_login"), reverse("wagtailadmin_home"))
    return response.status_code in (400, 401, 403, 404, 405)


def told(doors: list[tuple[object, ...]]) -> str:
    return "\n" + "\n".join(" ".join(str(part) for part in door) for door in doors)


def rows_in_every_table() -> dict[str, int]:
    return {
        model._meta.label_lower: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.label_lower not in TRACES and not model._meta.proxy
    }


class PermissionTable(SiteCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.client_class.raise_request_exception = False
        page = guide()
        source, _created = TranslationSource.update_or_create_from_instance(page)
        english = index_of("guide", "en").locale
        translation = Translation.objects.create(source=source, target_locale=english)
        translation.save_target()
        rows = cls.rows(page)
        federation = FederationSettings.load()
        outbox.ask("mail", {"a message": {}})
        cls.examples = Examples(
            cls.names(page, source, translation),
            {
                **{f"admin/snippets/{name}/": {"pk": row.pk} for name, row in rows.items()},
                **{f"admin/snippets/choose/{name}/": {"pk": row.pk} for name, row in rows.items()},
                **cls.special_names(page, federation),
            },
        )

    @classmethod
    def rows(cls, page: Page) -> dict[str, Any]:
        """One row of each kind that has a form of its own."""
        return {
            "resources/legalrecord": LegalRecord.objects.create(title="Délai", key="d", value="1"),
            "resources/theme": Theme.objects.create(label_fr="Thème"),
            "resources/audience": Audience.objects.create(label_fr="Public"),
            "resources/organisation": Organisation.objects.create(name="Coop"),
            "core/seasonmoment": SeasonMoment.objects.create(
                first_month=1, last_month=2, title_fr="Hiver", text_fr="Il fait froid."
            ),
            "search/synonym": Synonym.objects.create(words="ag, assemblée"),
            "search/promotedanswer": PromotedAnswer.objects.create(queries="ag", page=page),
            "search/protectedword": ProtectedWord.objects.create(word="Scic"),
            "reports/campaign": campaigns.campaign(),
            "resources/supportrequest": SupportRequest.objects.create(
                coop="Coop", name="A", email="a@example.org", submission_key="0" * 32
            ),
        }

    @classmethod
    def names(cls, page: Page, source: Any, translation: Any) -> dict[str, object]:
        document, image, film = pdf_document(), picture(), stored_video()
        document_page(file=document)
        guide("Un autre guide", cover=image)
        revision = page.latest_revision_id
        return {
            "page_id": page.pk, "parent_page_id": index_of("guide").pk,
            "page_to_move_id": page.pk, "destination_id": index_of("video").pk,
            "revision_id": revision, "revision_id_a": revision, "revision_id_b": revision,
            "document_id": document.pk, "doc_id": document.pk, "image_id": image.pk,
            "media_id": film.pk, "media_type": "video",
            "content_type_app_name": "resources", "content_type_model_name": "guidepage",
            "app_name": "core", "app_label": "resources", "model_name": "guidepage",
            "translation_source_id": source.pk, "translation_id": translation.pk,
            "number": document.pk, "name": document.filename, "path": "images/none.png",
            "action_name": "approve", "action": "delete", "filter_spec": "max-10x10",
            "uidb64": "AA", "token": "none", "code": "none", "mode": "none",
            "pk": page.pk,
        }  # fmt: skip

    @classmethod
    def special_names(cls, page: Page, federation: Any) -> dict[str, dict[str, object]]:
        workflow, task = Workflow.objects.get(), Task.objects.get()
        assert isinstance(task.specific, GroupApprovalTask)
        return {
            "admin/users/": {"pk": cls.people["nobody"].pk},
            "admin/groups/": {"pk": Group.objects.first().pk},
            "admin/sites/": {"pk": Site.objects.get().pk},
            "admin/locales/": {"pk": cls.french.pk},
            "admin/workflows/": {"pk": workflow.pk, "workflow_pk": workflow.pk, "page_pk": page.pk},
            "admin/workflows/tasks/": {
                "pk": task.pk, "app_label": "wagtailcore", "model_name": "groupapprovaltask",
            },
            "admin/workflows/task_chooser/": {"task_id": task.pk},
            "admin/collections/": {"pk": Collection.objects.first().pk},
            "admin/settings/": {"model_name": "federationsettings", "pk": federation.pk},
            "admin/reports/tasks/": {"pk": OutboxItem.objects.first().pk},
            "admin/bulk/": {"app_label": "core", "model_name": "hubdocument"},
            "admin/localize/api/": {"model_name": "supportrequest", "pk": 1},
            "admin/api/main/^documents/": {"pk": 1},
            "admin/api/main/^images/": {"pk": 1},
        }  # fmt: skip

    def enter(self, actor: str) -> None:
        self.client.logout()
        if actor != "anonymous":
            self.sign_in(actor)

    def address_of(self, pattern: str) -> str:
        address = self.examples.address(pattern)
        if pattern.startswith("admin/bulk/"):
            address += f"?id={self.examples.by_name['document_id']}"
        return address

    def test_every_pattern_has_a_row(self):
        assert [pattern for pattern in patterns() if row_of(pattern) is None] == []

    def test_whoever_is_not_named_is_refused_whatever_the_method_and_changes_nothing(self):
        before = rows_in_every_table()
        open_doors = []
        for actor in ALL:
            self.enter(actor)
            for pattern in patterns():
                row = row_of(pattern)
                if row is None or actor in row.allowed:
                    continue
                address = self.address_of(pattern)
                for method in METHODS if actor in THOROUGH else ("get", "post"):
                    response = getattr(self.client, method)(address)
                    if not is_refusal(response):
                        open_doors.append((actor, method, pattern, response.status_code))
        assert not open_doors, told(open_doors)
        assert rows_in_every_table() == before

    def test_whoever_is_named_gets_in(self):
        shut_doors = []
        for pattern in patterns():
            row = row_of(pattern)
            if row is None or not row.allowed or not row.always or pattern in UNLIKE_LIFE:
                continue
            self.enter(row.allowed[0])
            response = self.client.get(self.address_of(pattern))
            denied = is_refusal(response) and response.status_code not in (400, 404, 405)
            if denied or response.status_code >= 500:
                shut_doors.append((row.allowed[0], pattern, response.status_code))
        assert not shut_doors, told(shut_doors)

    def test_readers_write_nowhere(self):
        before = rows_in_every_table()
        failures = []
        for pattern in patterns():
            row = row_of(pattern)
            if row is None or "anonymous" not in row.allowed:
                continue
            self.enter("anonymous")
            for method in ("post", "put", "delete"):
                status = getattr(self.client, method)(self.address_of(pattern)).status_code
                if status >= 500:
                    failures.append((method, pattern, status))
        assert not failures, told(failures)
        assert rows_in_every_table() == before

    def test_nobody_is_named_by_mistake(self):
        named = {actor for pattern in patterns() for actor in row_of(pattern).allowed}
        assert named == {*ALL}
        assert set(READERS) < named
