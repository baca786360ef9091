"""What somebody who knows who belongs to which filter, and subtracts, gets out of figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from resources.reports.figures.counting import Distribution

PRIME = (1 << 61) - 1


@dataclass(frozen=True)
class View:
    """One page of figures: whose answers it counts, and what it shows of each question."""

    name: str
    members: int
    shown: dict[str, Distribution]


def small(count: int, smallest: int) -> bool:
    return 0 < count < smallest


def told(views: Sequence[View], smallest: int) -> list[str]:
    """Every count under the limit that a page shows, or that two or three pages give away."""
    found = [f"{v.name}: {w}" for v in views for w, count in counts(v) if small(count, smallest)]
    everyone = views[0]
    for one in views:
        for other in views:
            if one is other:
                continue
            if one.members & ~other.members == 0:
                found += _between(one, other, (), smallest)
            elif one.members & other.members == 0 and everyone not in (one, other):
                found += _between(one, everyone, (other,), smallest)
    return found


def _between(one: View, wide: View, less: Iterable[View], smallest: int) -> list[str]:
    """What is left of a wide view without the others: its size, and each count."""
    narrow = [dict(counts(view)) for view in (one, *less)]
    left = wide.members
    for view in (one, *less):
        left &= ~view.members
    name = f"{wide.name} − {one.name}{''.join(f' − {view.name}' for view in less)}"
    found = [name] if small(left.bit_count(), smallest) else []
    for what, count in counts(wide):
        if all(what in each for each in narrow):
            rest = count - sum(each[what] for each in narrow)
            if small(rest, smallest):
                found.append(f"{name}: {what} {rest}")
    return found


def counts(view: View) -> list[tuple[str, int]]:
    """Each count that a page lets read: chosen, and not chosen where several may be."""
    found = []
    for key, one in view.shown.items():
        for cell in one.cells:
            if cell.count is not None and one.n is not None:
                found.append((f"{key}={cell.key}", cell.count))
                if one.several:
                    found.append((f"{key}≠{cell.key}", one.n - cell.count))
    return found


def worked_out(
    numbers: Sequence[Sequence[int]], mask: Sequence[Sequence[bool]]
) -> list[tuple[int, int]]:
    """The hidden cells of a table that its totals and its shown cells determine: linear algebra.

    A cell is determined when it is a combination of the equations of the lines.
    """
    height, width = len(numbers), len(numbers[0])
    hidden = [(r, c) for r in range(height) for c in range(width) if mask[r][c]]
    place = {cell: number for number, cell in enumerate(hidden)}
    lines = [[place[r, c] for c in range(width) if mask[r][c]] for r in range(height)]
    lines += [[place[r, c] for r in range(height) if mask[r][c]] for c in range(width)]
    vectors = [[int(n in line) for n in range(len(hidden))] for line in lines if line]
    basis = _reduced(vectors)
    found = []
    for cell, number in place.items():
        target = [int(n == number) for n in range(len(hidden))]
        if not any(_rest(target, basis)):
            found.append(cell)
    return found


def _reduced(vectors: list[list[int]]) -> list[tuple[int, list[int]]]:
    basis: list[tuple[int, list[int]]] = []
    for vector in vectors:
        rest = _rest(vector, basis)
        pivot = next((n for n, value in enumerate(rest) if value), None)
        if pivot is not None:
            inverse = pow(rest[pivot], -1, PRIME)
            basis.append((pivot, [value * inverse % PRIME for value in rest]))
    return basis


def _rest(vector: list[int], basis: list[tuple[int, list[int]]]) -> list[int]:
    for pivot, row in basis:
        if vector[pivot]:
            factor = vector[pivot]
            vector = [(a - factor * b) % PRIME for a, b in zip(vector, row, strict=True)]
    return vector
