from django.contrib.admin import display
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


class SupportRequest(models.Model):
    """Somebody asks for help with a tool, or for a document in another format: the inbox."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        CALLED_BACK = "called-back", _("Called back")
        DONE = "done", _("Done")

    tool = models.ForeignKey(
        "resources.ToolPage",
        on_delete=models.SET_NULL,
        null=True,
        related_name="requests",
        verbose_name=_("tool"),
    )
    document = models.ForeignKey(
        "resources.DocumentPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="format_requests",
        verbose_name=_("document asked for in another format"),
    )
    submission_key = models.UUIDField(unique=True, editable=False)
    coop = models.CharField(_("your co-operative"), max_length=150, blank=True)
    name = models.CharField(_("your name"), max_length=120)
    email = models.EmailField(_("your e-mail address"))
    phone = models.CharField(_("your telephone"), max_length=40, blank=True)
    message = models.TextField(_("what would you like?"), max_length=3000, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.RECEIVED, db_index=True
    )
    outcome = models.TextField(
        _("what you tell the person"),
        blank=True,
        max_length=3000,
        help_text=_("Stands in the mail that leaves when the request becomes done."),
    )
    notes = models.TextField(
        _("notes of the federation"), blank=True, help_text=_("For the federation alone.")
    )
    closed_at = models.DateTimeField(_("done on"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("received on"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("tool", read_only=True),
                FieldPanel("document", read_only=True),
                FieldPanel("coop", read_only=True),
                FieldRowPanel(
                    [FieldPanel("name", read_only=True), FieldPanel("email", read_only=True)]
                ),
                FieldPanel("phone", read_only=True),
                FieldPanel("message", read_only=True),
            ],
            heading=_("Request"),
        ),
        MultiFieldPanel(
            [FieldPanel("state"), FieldPanel("outcome"), FieldPanel("notes")],
            heading=_("Follow-up"),
        ),
    ]

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("request")

    @property
    @display(description=_("state"))
    def state_label(self) -> str:
        return str(self.get_state_display())

    @property
    def language(self) -> str:
        """That of the page where it was asked; French once that page is gone."""
        page = self.tool or self.document
        return page.locale.language_code if page else "fr"

    @property
    @display(description=_("about"))
    def about(self) -> str:
        """The title of what is asked for; nothing once that page is gone."""
        page = self.tool or self.document
        return page.title if page else ""

    def __str__(self) -> str:
        return f"{self.coop or self.name} — {self.created_at:%d/%m/%Y}"
