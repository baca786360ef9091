"""One export of a campaign: its header, its lines one by one, its codebook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from resources.reports.exports.choosing import Which, chosen, leaving
from resources.reports.exports.columns import Cell, Columns
from resources.reports.models import Answer, Campaign

AT_ONCE: Final = 500  # answers in memory
KEY: Final = "_key"
# What begins with « _ » is of the answer itself: the key of a question begins with a letter.
COOP: Final = "_coop"
OF_THE_ANSWER: Final[Mapping[str, Callable[[Answer], Any]]] = {
    KEY: lambda answer: str(answer.key),
    "_season": lambda answer: answer.campaign.season,
    "_state": lambda answer: answer.state,
    "_sent_at": lambda answer: answer.sent_at.isoformat(timespec="seconds"),
    "_language": lambda answer: answer.language,
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
        return [*OF_THE_ANSWER, COOP, *asked, *(CONTACTS if self.contacts else ())]

    @cached_property
    def pks(self) -> Sequence[int]:
        """Those that leave, decided once: what is sent meanwhile waits for the next export."""
        answers = chosen(self.campaign, self.which)
        if self.which == Which.ALL:
            return list(answers.values_list("pk", flat=True))
        read = answers.iterator(chunk_size=AT_ONCE)
        return [answer.pk for answer, *_said in leaving(self.campaign, read, self.which)]

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each answer, in the order of the header."""
        for answer, about, told in self.answers():
            yield [
                *about.values(),
                *self.columns.cells(told),
                *(contacts_of(answer).values() if self.contacts else ()),
            ]

    def answers(self) -> Iterator[tuple[Answer, dict[str, Any], dict[str, Any]]]:
        """Each answer, what is said of itself, and what it says.

        Asked again at the moment of writing: a co-op may have changed its mind meanwhile.
        """
        for start in range(0, len(self.pks), AT_ONCE):
            rows = chosen(self.campaign, self.which)
            rows = rows.filter(pk__in=self.pks[start : start + AT_ONCE])
            if self.contacts:
                rows = rows.prefetch_related("participant__contacts")
            for answer, name, told in leaving(self.campaign, rows, self.which):
                about = {column: read(answer) for column, read in OF_THE_ANSWER.items()}
                yield answer, about | {COOP: name}, told


def contacts_of(answer: Answer) -> dict[str, str]:
    """Who may be reached about an answer, where this was asked for."""
    contacts = answer.participant.contacts.all() if answer.participant else ()
    names = "; ".join(contact.name for contact in contacts if contact.name)
    emails = [contact.email for contact in contacts] or [answer.email]
    return dict(zip(CONTACTS, (names, "; ".join(filter(None, emails))), strict=True))
