"""Takes the answers of the demonstration through moderation, by the acts that moderators have.

Nothing is set behind the back of the workflow: the log of each answer tells what was done, by the
hub, on the day of the load.
"""

from typing import Any, Final

from resources.reports import moderation, workflow
from resources.reports.models import Answer
from resources.reports.public_texts import SUMMARY, TITLE, texts_of
from resources.reports.sharing import level_of

from .sources import ContentError

WHY: Final = "Réponse inventée, chargée avec le contenu du site."
State = Answer.State
BY: Final = moderation.By(workflow.BY_THE_HUB)
READ: Final = (State.DRAFT, State.RECEIVED, State.IN_REVIEW)
ROADS: Final = {
    State.DRAFT: (State.DRAFT,),
    State.RECEIVED: (State.DRAFT, State.RECEIVED),
    State.WITHDRAWN: (State.DRAFT, State.RECEIVED, State.WITHDRAWN),
    State.IN_REVIEW: READ,
    State.CHANGE_ASKED: (*READ, State.CHANGE_ASKED),
    State.REFUSED: (*READ, State.REFUSED),
    State.ACCEPTED: (*READ, State.ACCEPTED),
    State.ANONYMISED: (*READ, State.ANONYMISED),
}


def take_on(answer: Answer, state: str, told: dict[str, Any]) -> None:
    """Take the answer to ``state`` from where it stands; one that left the road is left alone.

    ``told`` is what a moderator writes: ``why`` (a question, a reason), ``title``, ``summary``, and
    in ``texts`` what replaces the words of the co-op, by key.
    """
    road = _road(answer, state)
    if answer.state not in road:
        return
    if state == State.PUBLISHED and answer.state in (State.ACCEPTED, State.ANONYMISED):
        # Accepted by an older load, without what an act that accepts must keep: read it again.
        moderation.take_step(answer, State.IN_REVIEW, BY, WHY)
    for step in road[road.index(answer.state) + 1 :]:
        try:
            _take(answer, step, told if step == state else {**told, "why": WHY})
        except moderation.ActRefusedError as refusal:
            raise ContentError(f"{answer.campaign.slug}: {step}: {refusal}") from refusal


def _road(answer: Answer, state: str) -> tuple[str, ...]:
    if state == State.PUBLISHED:
        unnamed = level_of(answer) == "anonyme"
        return (*ROADS[State.ANONYMISED if unnamed else State.ACCEPTED], state)
    return ROADS[State(state)]


def _take(answer: Answer, step: str, told: dict[str, Any]) -> None:
    why = told.get("why", WHY)
    match step:
        case State.RECEIVED:
            workflow.move(answer, step, who=workflow.BY_THE_HUB, why=why)
        case State.ANONYMISED:
            moderation.accept_without_names(answer, _texts(answer, told, named=False), BY)
        case State.PUBLISHED:
            named = moderation.shows_names(answer)
            moderation.correct(answer, _texts(answer, told, named=named), BY)
            moderation.take_step(answer, step, BY, why)
        case _:
            moderation.take_step(answer, step, BY, why)


def _texts(answer: Answer, told: dict[str, Any], *, named: bool) -> dict[str, str]:
    """The public texts as a moderator leaves them: the words of the co-op, where nothing replaces them."""
    written = dict(told.get("texts", {}))
    written |= {
        key: told[name] for key, name in ((TITLE, "title"), (SUMMARY, "summary")) if name in told
    }
    texts = texts_of(answer, named=named)
    unknown = written.keys() - {text.key for text in texts}
    if unknown:
        raise ContentError(f"{answer.campaign.slug}: no public text is called {unknown}")
    return {text.key: written.get(text.key) or text.original or text.shown for text in texts}
