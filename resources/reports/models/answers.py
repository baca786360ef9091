import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from resources.reports.models.campaign import Campaign
from resources.reports.models.participants import Participant


class AnswerQuerySet(models.QuerySet["Answer"]):
    def sent(self) -> "AnswerQuerySet":
        """Those that a co-op sent, tests left out."""
        return self.filter(is_test=False, sent_at__isnull=False)

    def counted(self) -> "AnswerQuerySet":
        """Those that stand in figures: sent, neither refused nor withdrawn, the address confirmed."""
        left_out = (Answer.State.DRAFT, Answer.State.REFUSED, Answer.State.WITHDRAWN)
        unconfirmed = models.Q(participant__isnull=True, email__gt="", verified_at__isnull=True)
        return self.sent().exclude(state__in=left_out).exclude(unconfirmed)


class Answer(models.Model):
    """What one co-op answers to one campaign, from the first word typed to its publication.

    ``resources.reports.drafts`` writes the values, ``resources.reports.workflow`` the state, and
    nothing else does.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("an answer", "Draft")
        RECEIVED = "received", pgettext_lazy("an answer", "Received")
        IN_REVIEW = "in-review", pgettext_lazy("an answer", "In review")
        CHANGE_ASKED = "change-asked", pgettext_lazy("an answer", "Change asked")
        ACCEPTED = "accepted", pgettext_lazy("an answer", "Accepted")
        ANONYMISED = "anonymised", pgettext_lazy("an answer", "Accepted without names")
        REFUSED = "refused", pgettext_lazy("an answer", "Refused")
        PUBLISHED = "published", pgettext_lazy("an answer", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("an answer", "Withdrawn")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="answers")
    participant = models.OneToOneField(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="answer"
    )
    organisation = models.ForeignKey(
        "resources.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("co-operative"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.DRAFT, db_index=True
    )
    is_test = models.BooleanField(_("test"), default=False)
    # Of an answer without an invitation: the name that was typed, the address that was confirmed.
    coop_name = models.CharField(_("co-operative, as typed"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    verified_at = models.DateTimeField(_("address confirmed on"), null=True, blank=True)
    wants_no_mail = models.BooleanField(default=False)  # of this address, or it was refused
    language = models.CharField(max_length=2, default="fr")
    # By the key of the question. Answers to hidden questions stay here and count nowhere.
    values = models.JSONField(default=dict)
    unread = models.JSONField(default=dict)  # what was typed and could not be read, by field
    prefilled = models.JSONField(default=list)  # keys whose value nobody has confirmed yet
    reasons = models.JSONField(default=dict)  # why a warning is right all the same, by rule
    # What the co-op changes once it has sent: these four again, until it sends them too.
    resumed = models.JSONField(null=True, blank=True)
    # Texts that met a newer one and wait for somebody to choose: see resources.reports.pending_texts.
    pending = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)  # grows with each save
    last_section = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(_("saved on"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True, db_index=True)
    send_key = models.UUIDField(null=True, blank=True, unique=True)  # of the form that sent it
    question = models.TextField(_("question of the federation"), blank=True)
    # What a reader may see of it, once names are replaced: {key: text}; the rest is as answered.
    public_texts = models.JSONField(default=dict)
    review_version = models.PositiveIntegerField(default=0)  # grows with each act of a moderator

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("answer")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation"],
                condition=models.Q(is_test=False, organisation__isnull=False),
                name="one_answer_a_coop_and_season",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(sent_at__isnull=False),
                name="what_is_reviewed_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} ({self.campaign_id})"

    @property
    def shown_name(self) -> str:
        return self.organisation.name if self.organisation else self.coop_name


class Attachment(models.Model):
    """A photo or a file of an answer: private, in a folder of its own, under a random name."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="attachments")
    question_key = models.CharField(max_length=40)
    stored_name = models.CharField(max_length=80, unique=True)  # in ATTACHMENTS_ROOT
    original_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    file_hash = models.CharField(max_length=40, blank=True, db_index=True)  # for the scanner
    added_at = models.DateTimeField(auto_now_add=True)

    found_clean: str  # said by the scanner: see hub.core.models.scan

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.original_name

    @property
    def file(self) -> Path:
        """Where the bytes are. No address leads there but those that ask who may have them."""
        return Path(settings.ATTACHMENTS_ROOT) / self.stored_name


class UploadDay(models.Model):
    """How many bytes were added to an answer on one day, those taken away since included."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="upload_days")
    day = models.DateField()
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "day"], name="one_count_an_answer_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.day}: {self.size}"


class ConsentRecord(models.Model):
    """One consent given or taken back, with the words that were read: written once, never changed."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="consents")
    question_key = models.CharField(max_length=40)
    value = models.JSONField()  # the key of an option, or true or false
    wording = models.ForeignKey(
        "reports.Wording", on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    is_withdrawal = models.BooleanField(default=False)

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.question_key} = {self.value}"
