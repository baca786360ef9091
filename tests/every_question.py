"""A questionnaire with one question of every type, and hostile texts to answer with."""

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import Option, Question, Questionnaire, Section, Words

HOSTILE = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("https://a.example")',
    "'=1+1", "'tis said", "\t=1+1", "a;b\"c\nd", "  two  spaces\t tab ", "_x0041_ & <b>", "🙂 = é",
)  # fmt: skip


def options(*keys: str) -> tuple[Option, ...]:
    return tuple(Option(key, Words(key.capitalize(), key.upper())) for key in keys)


def question(kind: str, **more: object) -> Question:
    key = f"q_{kind}"
    return Question(
        key=key, type=kind, label=Words(f"Question {kind} ?", f"Question {kind}?"), **more
    )


def every_question() -> Questionnaire:
    letters = options("a", "b", "c")
    plain = [
        question(kind)
        for kind in (
            schema.INTEGER, schema.DECIMAL, schema.AMOUNT, schema.DATE, schema.TIME,
            schema.DURATION, schema.YES_NO, schema.SCALE_TYPE, schema.PRACTICES, schema.FILE,
            schema.PHOTO, schema.STATEMENT,
        )
    ]  # fmt: skip
    made = [
        question(schema.TEXT, publish=schema.PUBLIC),
        question(schema.LONG_TEXT, max_length=100_000, publish=schema.PUBLIC),
        question(schema.CHOICE, options=letters, other=True),
        question(schema.CHOICES, options=letters, other=True),
        question(schema.RANKING, options=letters),
        question(schema.MATRIX, rows=letters, columns=options("x", "y"), cell=schema.INTEGER),
        Question(
            "q_table", schema.MATRIX, Words("Tableau"), rows=letters, columns=options("x", "y"),
            cell=schema.CHOICE, when="q_yes_no",
        ),
        question(schema.CONSENT),
        Question(
            "consent_niveau", schema.CONSENT, Words("Partage ?"),
            options=options("nom", "anonyme", "federation"), publish=schema.FEDERATION,
        ),
    ]  # fmt: skip
    return Questionnaire((Section("tout", Words("Tout"), questions=(*plain, *made)),))
