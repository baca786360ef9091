"""How often of late: within a window, in a bounded memory that keeps nothing of the thing itself."""

from hub.core.recent import Recent


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_things_are_counted_within_their_window():
    clock = Clock()
    recent = Recent(within=60, clock=clock)
    assert [recent.note("a"), recent.note("a"), recent.note("b")] == [1, 2, 1]
    clock.now = 59
    assert recent.note("a") == 3
    clock.now = 60
    assert recent.note("a") == 1


def test_the_parts_of_a_thing_do_not_run_together():
    recent = Recent(within=60)
    assert [recent.note("ab", "c"), recent.note("a", "bc")] == [1, 1]


def test_memory_is_bounded_and_keeps_no_address():
    recent = Recent(within=60, room=10)
    for number in range(50):
        recent.note(f"192.0.2.{number}")
    assert len(recent._counts) == 10
    assert all(b"192" not in key for key in recent._counts)
    recent.forget()
    assert recent.note("192.0.2.49") == 1
