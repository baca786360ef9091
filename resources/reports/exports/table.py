"""One export of a campaign: its header, its lines one by one, its codebook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from resources.reports.exports.choosing import Which, chosen, is_named, publishable
from resources.reports.exports.columns import Cell, Columns
from resources.reports.models import Answer, Campaign
from resources.reports.questionnaire import visibility

AT_ONCE: Final = 500  # answers in memory
KEY: Final = "_key"
# What begins with « _ » is of the answer itself: the key of a question begins with a letter.
OF_THE_ANSWER: Final[Mapping[str, Callable[[Answer], Any]]] = {
    KEY: lambda answer: str(answer.key),
    "_season": lambda answer: answer.campaign.season,
    "_state": lambda answer: answer.state,
    "_sent_at": lambda answer: answer.sent_at.isoformat(timespec="seconds"),
    "_language": lambda answer: answer.language,
    "_coop": lambda answer: answer.shown_name,
}
CONTACTS: Final = ("_contact_names", "_contact_emails")


@dataclass(frozen=True)
class Table:
    """What leaves: a campaign, which answers, and whether the contacts of the co-ops go with them."""

    campaign: Campaign
    which: str = Which.ALL
    contacts: bool = False

    @cached_property
    def columns(self) -> Columns:
        return Columns(self.campaign.shape)

    @cached_property
    def header(self) -> Sequence[str]:
        asked = [column.name for column in self.columns.all]
        return [*OF_THE_ANSWER, *asked, *(CONTACTS if self.contacts else ())]

    @cached_property
    def pks(self) -> Sequence[int]:
        """Those that leave, decided once: what is sent meanwhile waits for the next export."""
        return list(chosen(self.campaign, self.which).values_list("pk", flat=True))

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each answer, in the order of the header."""
        for answer, told in self.answers():
            yield [
                *self.about(answer).values(),
                *self.columns.cells(told),
                *(contacts_of(answer).values() if self.contacts else ()),
            ]

    def about(self, answer: Answer) -> dict[str, Any]:
        """What is said of the answer itself."""
        found = {name: read(answer) for name, read in OF_THE_ANSWER.items()}
        if self.which == Which.PUBLISHABLE and not is_named(answer):
            found["_coop"] = None
        return found

    def answers(self) -> Iterator[tuple[Answer, dict[str, Any]]]:
        """Each answer with what it says: what was hidden from the co-op is no answer."""
        shape = self.campaign.shape
        for start in range(0, len(self.pks), AT_ONCE):
            for answer in self._of(self.pks[start : start + AT_ONCE]):
                told = visibility.answers(shape, answer.values)
                if self.which == Which.PUBLISHABLE:
                    told = publishable(answer, shape.questions, told)
                yield answer, told

    def _of(self, pks: Sequence[int]) -> Iterator[Answer]:
        rows = chosen(self.campaign, self.which).filter(pk__in=pks)
        rows = rows.select_related("organisation")
        if self.contacts:
            rows = rows.prefetch_related("participant__contacts")
        for answer in rows:
            answer.campaign = self.campaign
            yield answer


def contacts_of(answer: Answer) -> dict[str, str]:
    """Who may be reached about an answer, where this was asked for."""
    contacts = answer.participant.contacts.all() if answer.participant else ()
    names = "; ".join(contact.name for contact in contacts if contact.name)
    emails = [contact.email for contact in contacts] or [answer.email]
    return dict(zip(CONTACTS, (names, "; ".join(filter(None, emails))), strict=True))
