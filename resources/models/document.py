from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import path
from wagtail_localize.fields import SynchronizedField

from hub.core.files import held_back
from hub.core.models import FirstPage, HubDocument, first_page_of, may_be_sent
from hub.core.visibility import visible
from resources.branding.panel import MarksPanel
from resources.branding.templates import marks_of
from resources.document_file import file_context
from resources.file_text import FileText
from resources.models.base import ResourcePage, resource_tabs
from resources.models.numbered import NumberedPage
from resources.support import FormatRequestForm, receive
from resources.vocabulary import DocumentKind
from search.documents import Section


class DocumentPage(NumberedPage, FileText, ResourcePage):
    """A file of the library with its page: what it is, how to use it, its words as a page."""

    resource_type: ClassVar[str] = "document"
    type_label = _("Document")
    schema_type = "DigitalDocument"

    kind = models.CharField(
        _("kind"), max_length=14, choices=DocumentKind.choices, default=DocumentKind.BOOKLET
    )
    file = models.ForeignKey(
        "core.HubDocument",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
        help_text=_("To put a newer file, replace it in the file itself: its address stays."),
    )
    alternative_page = models.ForeignKey(
        ResourcePage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page that says the same"),
    )
    alternative_file = models.ForeignKey(
        "core.HubDocument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("other file that says the same"),
    )
    text_is_alternative = models.BooleanField(
        _("the text of this page says all that the file says"), default=False
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("replaced by"),
        help_text=_("Another document to use instead. For a newer file, replace the file itself."),
    )

    content_panels = [
        *ResourcePage.content_panels[:2],
        FieldRowPanel([FieldPanel("kind"), FieldPanel("file")]),
        MarksPanel(heading=_("In your colours")),
        *ResourcePage.content_panels[2:],
        MultiFieldPanel(
            [
                PageChooserPanel("alternative_page", "resources.ResourcePage"),
                FieldPanel("alternative_file"),
                FieldPanel("text_is_alternative"),
            ],
            heading=_("Accessible version"),
            help_text=_("For who cannot read the file: a scan, or a PDF without tags."),
        ),
        PageChooserPanel("replaced_by", "resources.DocumentPage"),
    ]
    edit_handler = resource_tabs(content_panels)
    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        *(SynchronizedField(n) for n in ("alternative_page", "alternative_file", "replaced_by")),
    ]

    class Meta:
        verbose_name = _("document")

    @classmethod
    def readable(cls, ids: Iterable[int]) -> models.QuerySet["DocumentPage"]:
        """The documents among ``ids`` that anybody may read, with their file.

        Its collection may keep the file itself from them: ``file_held_back`` says so.
        """
        wanted = list(ids)
        if not wanted:
            return cls.objects.none()
        pages = visible(cls.objects.filter(pk__in=wanted))
        pages = pages.select_related("file__first_page", "file__collection", "locale")
        return pages.annotate(file_held_back=held_back("file__collection__path"))

    @property
    def sendable_file(self) -> HubDocument | None:
        """The file, unless it still waits for the virus scanner."""
        return self.file if self.file and may_be_sent(self.file) else None

    @property
    def preview(self) -> FirstPage | None:
        """The picture of the first page of its file."""
        return first_page_of(self.sendable_file) if self.sendable_file else None

    @property
    def offered_files(self) -> list[HubDocument]:
        """The files that the page gives to whoever may read it."""
        return [self.sendable_file] if self.sendable_file else []

    @cached_property
    def takes_a_logo(self) -> bool:
        return any(marks_of(file).is_template for file in self.offered_files)

    def clean(self) -> None:
        super().clean()
        seen, after = {self.translation_key}, self.replaced_by
        while after is not None:
            if after.translation_key in seen:
                reason = _("These documents would replace each other in a circle.")
                raise ValidationError({"replaced_by": reason})
            seen.add(after.translation_key)
            after = after.replaced_by

    # -- The page ------------------------------------------------------------------------------
    def linked_ids(self) -> dict[str, list[int]]:
        chosen = {"replacement": self.replaced_by_id, "twin": self.alternative_page_id}
        return super().linked_ids() | {n: [pk] if pk else [] for n, pk in chosen.items()}

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return context | file_context(self, request.GET.get("v"), context["twin"])

    @property
    def request_url(self) -> str:
        return f"{self.get_url()}{self.reverse_subpage('request')}"

    @path("autre-format/", name="request")
    def ask(self, request: HttpRequest) -> HttpResponse:
        """The form stands on an address of its own: only there is a cookie needed (CSRF)."""
        if not self.file:
            raise Http404
        form = FormatRequestForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            receive(form, self)
            return HttpResponseRedirect(f"{self.get_url()}{self.reverse_subpage('received')}")
        response = self.render(request, template=FORM, context_overrides=_asking() | {"form": form})
        response.status_code = 422 if form.is_bound else 200
        return response

    @path("autre-format-demande/", name="received")
    def received(self, request: HttpRequest) -> HttpResponse:
        if not self.file:
            raise Http404
        return self.render(request, template="resources/request_received.html")

    # -- What the search knows -----------------------------------------------------------------
    def search_file(self) -> object | None:
        return self.file

    def search_card(self) -> dict[str, Any]:
        return super().search_card() | {"is_replaced": self.replaced_by_id is not None}

    def search_sections(self) -> list[Section]:
        """The page’s own words, then those of its file, each with the place where it stands there."""
        return [*super().search_sections(), *self.file_sections(self.content_language)]

    def search_terms(self) -> list[str]:
        return [*super().search_terms(), str(self.get_kind_display())]


FORM = "resources/request_form.html"


def _asking() -> dict[str, str]:
    return {
        "ask_label": gettext("Ask for another format"),
        "ask_intro": gettext(
            "Tell us what you need: large print, a text that a screen reader reads aloud, a file "
            "that can be changed… Somebody from the federation answers you."
        ),
    }
