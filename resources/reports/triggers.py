"""What the database itself refuses, whoever asks: on SQLite and on PostgreSQL alike.

- a line of the log of an answer is not changed, but for the erasure of its words (``why`` and
  ``changes`` may be emptied, the account of ``user`` may disappear);
- a page is published for an act that accepted this very answer;
- an answer becomes published only once such an act exists.

They are made after every migration and dropped before: SQLite rebuilds a table that a migration
changes, and loses or breaks the triggers that stand on it.
"""

from typing import Any, Final, NamedTuple

from django.db import connections


class Trigger(NamedTuple):
    name: str
    table: str
    event: str
    refused: str  # SQL over NEW and OLD; {empty} is an empty JSON object
    message: str


ACCEPTING: Final = "('accepted', 'anonymised')"
TRIGGERS: Final = (
    Trigger(
        "reports_log_unchanged",
        "reports_reviewevent",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.answer_id <> OLD.answer_id OR NEW.before <> OLD.before"
        " OR NEW.after <> OLD.after OR NEW.who <> OLD.who OR NEW.made_at <> OLD.made_at"
        " OR (NEW.why <> OLD.why AND NEW.why <> '')"
        " OR (NEW.changes <> OLD.changes AND NEW.changes <> {empty})",
        "the log of an answer does not change",
    ),
    *(
        Trigger(
            f"reports_page_accepted_{event.lower()}",
            "reports_publication",
            event,
            "NOT EXISTS (SELECT 1 FROM reports_reviewevent e WHERE e.id = NEW.accepted_by_id"
            f" AND e.answer_id = NEW.answer_id AND e.after IN {ACCEPTING})",
            "a page stands on an act that accepted its answer",
        )
        for event in ("INSERT", "UPDATE")
    ),
    Trigger(
        "reports_published_accepted",
        "reports_answer",
        "UPDATE",
        "NEW.state = 'published' AND OLD.state <> 'published' AND NOT EXISTS (SELECT 1 FROM"
        f" reports_reviewevent e WHERE e.answer_id = NEW.id AND e.after IN {ACCEPTING})",
        "an answer is published once it is accepted",
    ),
)


def drop(using: str = "default", **options: Any) -> None:
    """Called before a migration."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for trigger in TRIGGERS:
            if trigger.table in tables:
                on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on}")


def make(using: str = "default", **options: Any) -> None:
    """Called after a migration; a table that is not there has none."""
    drop(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if tables >= {trigger.table for trigger in TRIGGERS}:
            for trigger in TRIGGERS:
                for statement in _statements(trigger, connection.vendor):
                    cursor.execute(statement)


def _statements(trigger: Trigger, vendor: str) -> list[str]:
    head = f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} FOR EACH ROW"
    if vendor == "sqlite":
        condition = trigger.refused.format(empty="'{}'")
        return [
            f"{head} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END",
        ]
    # A condition of a trigger may hold no query there: the function asks instead.
    condition = trigger.refused.format(empty="'{}'::jsonb")
    return [
        (
            f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger AS $body$ BEGIN"
            f" IF {condition} THEN RAISE EXCEPTION USING"
            " ERRCODE = 'integrity_constraint_violation',"
            f" MESSAGE = '{trigger.message}'; END IF; RETURN NEW; END $body$ LANGUAGE plpgsql"
        ),
        f"{head} EXECUTE FUNCTION {trigger.name}()",
    ]
