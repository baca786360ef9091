"""The questionnaire as editors build it: sections that hold questions, moved and copied at will."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from resources.reports.questionnaire import schema

KEY_HELP = _(
    "Left empty, it is proposed from the words. It never changes afterwards: the seasons are "
    "compared by it."
)
PUBLISHED = [
    (schema.PUBLIC, _("With the story, as far as the co-operative agrees")),
    (schema.AGGREGATE, _("In figures over all answers only")),
    (schema.FEDERATION, _("For the federation only")),
]
CELLS = [(schema.INTEGER, _("whole numbers")), (schema.CHOICE, _("one choice a row"))]


THEMES = [
    ("coop", _("The co-operative")),
    ("ag", _("The meeting")),
    ("horaire", _("Day and hour")),
    ("lieu", _("Place")),
    ("collaborateurs", _("Staff")),
    ("sensibilisation", _("Raising awareness")),
    ("convocation", _("Notice of meeting")),
    ("clarte", _("Clearness")),
    ("convivialite", _("Conviviality")),
    ("participation", _("Turnout")),
    ("pratiques", _("Practices")),
    ("recit", _("Story")),
    ("outils", _("Tools of the hub")),
    ("objectifs", _("Objectives")),
    ("consentement", _("Consent")),
]


class KeyBlock(blocks.CharBlock):
    """A stable key, proposed when left empty; ``questionnaire.checks`` says what a key may be."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Key"))
        options.setdefault("help_text", KEY_HELP)
        super().__init__(**({"required": False, "max_length": 40} | options))


def composed(block: blocks.CharBlock) -> blocks.CharBlock:
    """A field of the language of conditions: core/js/condition.js helps to write it."""
    block.field.widget.attrs["data-controller"] = "condition"
    return block


def in_english(*names: str) -> BlockGroup:
    return BlockGroup([*names], heading=_("In English"), icon="globe", classname="collapsed")


class OptionBlock(blocks.StructBlock):
    label_fr = blocks.CharBlock(label=_("In French"), max_length=200)
    label_en = blocks.CharBlock(label=_("In English"), max_length=200, required=False)
    key = KeyBlock()

    class Meta:
        icon = "list-ul"
        label = _("Answer")
        label_format = "{label_fr}"
        form_layout = BlockGroup(["label_fr", "label_en"], settings=["key"])


class RuleBlock(blocks.StructBlock):
    check = composed(
        blocks.CharBlock(
            label=_("What should hold"),
            max_length=500,
            help_text=_("For instance row.presents <= row.convoques, or duree <= 300."),
        )
    )
    message_fr = blocks.CharBlock(label=_("Warning in French"), max_length=300)
    message_en = blocks.CharBlock(label=_("Warning in English"), max_length=300, required=False)

    class Meta:
        icon = "warning"
        label = _("Rule")


def _options(label: Any) -> blocks.ListBlock:
    return blocks.ListBlock(OptionBlock(), label=label, collapsed=True)


def question_layout(*own: str) -> BlockGroup:
    """The words and what is chosen from come first; the rest is under the wheel of the settings."""
    return BlockGroup(
        ["label_fr", *own, "help_fr", "required", "when", in_english("label_en", "help_en")],
        settings=["key", "publish", "theme", "facet", "prefill", "quick", "rules"],
    )


class QuestionBlock(blocks.StructBlock):
    """What every question has; its type adds the rest."""

    label_fr = blocks.CharBlock(label=_("Question in French"), max_length=300)
    label_en = blocks.CharBlock(label=_("Question in English"), max_length=300, required=False)
    help_fr = blocks.TextBlock(label=_("Help in French"), required=False, rows=2)
    help_en = blocks.TextBlock(label=_("Help in English"), required=False, rows=2)
    key = KeyBlock()
    required = blocks.BooleanBlock(label=_("Must be answered"), required=False)
    quick = blocks.BooleanBlock(
        label=_("In the ten-minute report of the evening too"), required=False
    )
    when = composed(
        blocks.CharBlock(
            label=_("Shown only if"),
            max_length=500,
            required=False,
            help_text=_("For instance lieu = autre. Only earlier questions may be named."),
        )
    )
    publish = blocks.ChoiceBlock(
        label=_("Made public"), choices=PUBLISHED, default=schema.AGGREGATE
    )
    facet = blocks.BooleanBlock(label=_("Filter of the experience reports"), required=False)
    theme = blocks.ChoiceBlock(label=_("Theme in the synthesis"), choices=THEMES, required=False)
    prefill = blocks.CharBlock(
        label=_("Filled in from"),
        max_length=80,
        required=False,
        help_text=_("last (the same question last year), last:KEY, organisation.status…"),
    )
    rules = blocks.ListBlock(RuleBlock(), label=_("Rules"), default=[], collapsed=True)

    class Meta:
        icon = "help"
        label_format = "{label_fr} ({key})"
        form_layout = question_layout()


class TextQuestion(QuestionBlock):
    max_length = blocks.IntegerBlock(label=_("Signs at most"), required=False, min_value=1)

    class Meta:
        form_layout = question_layout("max_length")


class NumberQuestion(QuestionBlock):
    minimum = blocks.FloatBlock(label=_("Least"), required=False)
    maximum = blocks.FloatBlock(label=_("Most"), required=False)

    class Meta:
        form_layout = question_layout("minimum", "maximum")


class ChoiceQuestion(QuestionBlock):
    options = _options(_("Answers"))
    other = blocks.BooleanBlock(label=_("“Other”, with words"), required=False)

    class Meta:
        form_layout = question_layout("options", "other")


class RankingQuestion(QuestionBlock):
    options = _options(_("What is put in order"))

    class Meta:
        form_layout = question_layout("options")


class MatrixQuestion(QuestionBlock):
    rows = _options(_("Rows"))
    columns = _options(_("Columns"))
    cell = blocks.ChoiceBlock(label=_("In each cell"), choices=CELLS, default=schema.INTEGER)
    minimum = blocks.FloatBlock(label=_("Least"), required=False)
    maximum = blocks.FloatBlock(label=_("Most"), required=False)

    class Meta:
        form_layout = question_layout("rows", "columns", "cell", "minimum", "maximum")


class ConsentQuestion(QuestionBlock):
    options = blocks.ListBlock(
        OptionBlock(),
        label=_("Choices (none: one box to tick)"),
        default=[],
        collapsed=True,
    )

    class Meta:
        form_layout = question_layout("options")


QUESTIONS: list[tuple[str, blocks.StructBlock]] = [
    (schema.TEXT, TextQuestion(label=_("Short text"), icon="pilcrow")),
    (schema.LONG_TEXT, TextQuestion(label=_("Long text"), icon="doc-full")),
    (schema.INTEGER, NumberQuestion(label=_("Whole number"), icon="order")),
    (schema.DECIMAL, NumberQuestion(label=_("Number with a comma"), icon="order")),
    (schema.AMOUNT, NumberQuestion(label=_("Amount in euros"), icon="order")),
    (schema.DATE, QuestionBlock(label=_("Date"), icon="date")),
    (schema.TIME, QuestionBlock(label=_("Hour"), icon="time")),
    (schema.DURATION, QuestionBlock(label=_("Duration"), icon="history")),
    (schema.YES_NO, QuestionBlock(label=_("Yes or no"), icon="check")),
    (schema.CHOICE, ChoiceQuestion(label=_("One choice"), icon="radio-empty")),
    (schema.CHOICES, ChoiceQuestion(label=_("Several choices"), icon="list-ul")),
    (schema.SCALE_TYPE, QuestionBlock(label=_("Scale from 1 to 4"), icon="order-up")),
    (schema.RANKING, RankingQuestion(label=_("Order of preference"), icon="list-ol")),
    (schema.MATRIX, MatrixQuestion(label=_("Table"), icon="table")),
    (schema.PRACTICES, QuestionBlock(label=_("Table of the practices"), icon="table")),
    (schema.FILE, QuestionBlock(label=_("Files"), icon="upload")),
    (schema.PHOTO, QuestionBlock(label=_("Photos"), icon="image")),
    (schema.CONSENT, ConsentQuestion(label=_("Consent"), icon="lock")),
    (schema.STATEMENT, QuestionBlock(label=_("Words without a question"), icon="info-circle")),
]


class SectionBlock(blocks.StructBlock):
    """One page of the questionnaire."""

    title_fr = blocks.CharBlock(label=_("Title in French"), max_length=120)
    title_en = blocks.CharBlock(label=_("Title in English"), max_length=120, required=False)
    intro_fr = blocks.TextBlock(label=_("Introduction in French"), required=False, rows=2)
    intro_en = blocks.TextBlock(label=_("Introduction in English"), required=False, rows=2)
    key = KeyBlock()
    when = composed(blocks.CharBlock(label=_("Shown only if"), max_length=500, required=False))
    questions = blocks.StreamBlock(QUESTIONS, label=_("Questions"), required=False, collapsed=True)

    class Meta:
        icon = "form"
        label = _("Section")
        label_format = "{title_fr}"
        form_layout = BlockGroup(
            [
                "title_fr",
                "intro_fr",
                in_english("title_en", "intro_en"),
                "questions",
            ],
            settings=["key", "when"],
        )
