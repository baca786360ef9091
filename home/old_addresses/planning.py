"""Checks a whole list of old addresses, then keeps it: loops are refused, chains are shortened."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from hub.core.old_addresses import LONGEST, canonical

from .reading import Line, ListRefusedError
from .targets import NoSuchTargetError, OvertakenError, Target, Targets


@dataclass
class _List:
    """The lines by old address, and what is wrong with them."""

    targets: dict[str, Target] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def keep(
    lines: Iterable[Line],
    keys: Mapping[str, int],
    *,
    dry_run: bool = False,
    give_way: bool = False,
) -> Counter[str]:
    """Keep every line or none; return how many rows were ``created``, ``changed``, ``unchanged``.

    ``keys`` are the pages by the key of their content file. With ``give_way`` whatever an editor did
    since comes first: an address that leads somewhere, a page put there or withdrawn. Raises
    ListRefusedError, with every wrong line.
    """
    checked = _checked(list(lines), keys, give_way=give_way)
    if checked.problems:
        raise ListRefusedError(checked.problems)
    counts = _write(checked.targets, give_way=give_way)
    if dry_run:
        transaction.set_rollback(True)
    return counts


def _checked(lines: list[Line], keys: Mapping[str, int], *, give_way: bool) -> _List:
    known = _known_rows()
    listed = frozenset(canonical(line.old) for line in lines)
    targets = Targets(keys, frozenset(known) | listed)
    found = _List()
    for line in lines:
        try:
            _take(line, targets, found)
        except OvertakenError as error:
            found.problems += [] if give_way else [(line.number, str(error))]
        except ValueError as error:
            found.problems.append((line.number, str(error)))
    for old in list(found.targets):
        _follow(old, found, known)
    return found


def _take(line: Line, targets: Targets, found: _List) -> None:
    old = canonical(line.old)
    if old == "/" or len(old) > LONGEST:
        raise NoSuchTargetError(f"“{line.old[:80]}” is not an old address")
    targets.check_free(old)
    target = targets.find(line.new)
    if found.targets.get(old, target) != target:
        raise NoSuchTargetError(f"line {found.numbers[old]} sends this address elsewhere")
    found.targets.setdefault(old, target)
    found.numbers.setdefault(old, line.number)


def _follow(old: str, found: _List, known: Mapping[str, Target]) -> None:
    """Give an old address the end of the chain that it begins; refuse one that comes back."""
    passed, target = [old], found.targets[old]
    while target.other_old:
        if target.other_old in passed:
            way = " → ".join([*passed, target.other_old])
            found.problems.append((found.numbers[old], f"this goes round in circles: {way}"))
            return
        passed.append(target.other_old)
        target = found.targets.get(target.other_old) or known.get(target.other_old, Target())
    if target == Target():
        found.problems.append((found.numbers[old], "the address that it leads to has no target"))
    else:
        found.targets[old] = target


def _known_rows() -> dict[str, Target]:
    rows = Redirect.objects.filter(site=None)
    return {
        row.old_path: Target(row.redirect_page_id, row.redirect_page_route_path, row.redirect_link)
        for row in rows
    }


def _write(targets: Mapping[str, Target], *, give_way: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    rows = {row.old_path: row for row in Redirect.objects.filter(site=None)}
    pages = Page.objects.in_bulk({t.page_id for t in targets.values() if t.page_id})
    for old, target in targets.items():
        row = rows.get(old) or Redirect(old_path=old)
        said = (row.redirect_page_id, row.redirect_page_route_path, row.redirect_link)
        if row.pk and (give_way or said == (target.page_id, target.route, target.link)):
            counts["unchanged"] += 1
            continue
        counts["changed" if row.pk else "created"] += 1
        row.redirect_page = pages.get(target.page_id)
        row.redirect_page_route_path, row.redirect_link = target.route, target.link
        row.is_permanent = True
        row.save()
    return counts
