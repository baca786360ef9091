"""What a list would change in the invitations of a campaign, said before anything is written.

Co-ops that a list does not name stay invited: nothing is ever removed. An address that refused our
mails, or wants no more, in any campaign, stays so.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import blake2b
from typing import Any, Final

from resources.models import Organisation
from resources.reports.invitations.columns import FACTS, LABELS, shown
from resources.reports.invitations.sheet import Line
from resources.reports.models import Campaign, Contact, Participant

NEAR: Final = 0.87  # of difflib: « Les Toits Bleus » and « Les Toit Bleus »


@dataclass(frozen=True, slots=True)
class FieldChange:
    column: str
    before: str
    after: str

    @property
    def label(self) -> object:
        return LABELS[self.column]

    @property
    def shown_before(self) -> str:
        return shown(self.column, self.before)

    @property
    def shown_after(self) -> str:
        return shown(self.column, self.after)


@dataclass(slots=True)
class ContactChange:
    """What becomes of one address of a co-op."""

    email: str
    contact: Contact | None
    fields: list[FieldChange] = field(default_factory=list)
    # Of a new contact whose address is known elsewhere as one that takes no mail.
    state: str = Contact.State.ACTIVE
    state_why: str = ""

    @property
    def kind(self) -> str:
        if self.contact is None:
            return "new"
        return "changed" if self.fields else "unchanged"

    @property
    def state_label(self) -> str:
        """Shown when it says that no mail leaves."""
        state = self.contact.state if self.contact else self.state
        return "" if state == Contact.State.ACTIVE else str(Contact.State(state).label)


@dataclass(slots=True)
class CoopChange:
    """What becomes of one co-op: `participant` is None for one that is not invited yet."""

    name: str
    organisation: Organisation | None
    participant: Participant | None
    fields: list[FieldChange] = field(default_factory=list)
    contacts: list[ContactChange] = field(default_factory=list)
    near: str = ""  # a co-op of the hub whose name looks like this unknown one

    @property
    def kind(self) -> str:
        if self.participant is None:
            return "new"
        others = any(contact.kind != "unchanged" for contact in self.contacts)
        return "changed" if self.fields or others else "unchanged"


@dataclass(slots=True)
class Plan:
    campaign: Campaign
    changes: list[CoopChange]
    absent: list[Participant]

    def of_kind(self, kind: str) -> list[CoopChange]:
        return [change for change in self.changes if change.kind == kind]

    @property
    def writes(self) -> list[CoopChange]:
        return [change for change in self.changes if change.kind != "unchanged"]

    @property
    def digest(self) -> str:
        """What somebody saw: the same changes of the same rows give the same one."""
        told = [
            (
                change.name, change.kind, _pk(change.organisation), _pk(change.participant),
                _fields(change.fields),
                [(c.email, c.kind, c.state, _fields(c.fields)) for c in change.contacts],
            )
            for change in self.changes
        ]  # fmt: skip
        return blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()


def plan_of(lines: Iterable[Line], campaign: Campaign) -> Plan:
    """Compare lines with the list of a campaign. A number of queries that does not grow with them."""
    by_coop: dict[str, list[Line]] = {}
    for line in lines:
        by_coop.setdefault(line.coop, []).append(line)
    compared = _Comparison(campaign, by_coop)
    changes = [compared.change(key, found) for key, found in by_coop.items()]
    changes.sort(key=lambda change: change.name)
    absent = [p for key, p in compared.participants.items() if key not in by_coop]
    return Plan(campaign, changes, absent)


class _Comparison:
    def __init__(self, campaign: Campaign, by_coop: dict[str, list[Line]]) -> None:
        invited = Participant.objects.filter(campaign=campaign)
        self.participants = {
            p.organisation.match_key: p
            for p in invited.select_related("organisation").prefetch_related("contacts")
        }
        self.names = dict(Organisation.objects.values_list("match_key", "name"))
        keys = [key for key in by_coop if key in self.names]
        found = Organisation.objects.filter(match_key__in=keys)
        self.coops = {coop.match_key: coop for coop in found}
        # « bounced » comes before « stopped »: the wish to be left alone counts more.
        silent = Contact.objects.exclude(state=Contact.State.ACTIVE).order_by("state", "pk")
        self.silent = {contact.email.lower(): contact for contact in silent}

    def change(self, key: str, lines: list[Line]) -> CoopChange:
        coop, participant = self.coops.get(key), self.participants.get(key)
        found = CoopChange(coop.name if coop else lines[0].cells["coop"], coop, participant)
        said = {name: cell for line in reversed(lines) for name, cell in line.cells.items()}
        for name in FACTS:
            before = getattr(coop, name) if coop else ""
            if said.get(name) and said[name] != before:
                found.fields.append(FieldChange(name, before, said[name]))
        if coop is None:
            near = get_close_matches(key, self.names, n=1, cutoff=NEAR)
            found.near = self.names[near[0]] if near else ""
        known = {c.email.lower(): c for c in participant.contacts.all()} if participant else {}
        found.contacts = [self._contact(line, known) for line in lines if line.email]
        return found

    def _contact(self, line: Line, known: dict[str, Contact]) -> ContactChange:
        contact = known.get(line.email)
        found = ContactChange(line.email, contact)
        if contact is None and line.email in self.silent:
            silent = self.silent[line.email]
            found.state, found.state_why = silent.state, silent.state_why
        for name in ("name", "language"):
            before = getattr(contact, name) if contact else ""
            if line.cells.get(name) and line.cells[name] != before:
                found.fields.append(FieldChange(name, before, line.cells[name]))
        return found


def _pk(row: Any) -> int | None:
    return row.pk if row else None


def _fields(fields: list[FieldChange]) -> list[tuple[str, str, str]]:
    return [(f.column, f.before, f.after) for f in fields]
