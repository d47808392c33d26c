"""A child that died is started again: soon, unless it keeps dying young."""

from __future__ import annotations

from xindun.config.serving import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Restarts


def pause_after(restarts: Restarts, lived: float) -> float:
    """How long it is left dead when it dies after that many seconds."""
    died_at = restarts.started_at + lived
    restarts.died(died_at)
    restarts.died(died_at + 0.1)  # seen again while it is dead
    assert restarts.due_at is not None
    pause = restarts.due_at - died_at
    assert not restarts.is_due(died_at + pause - 0.01)
    assert restarts.is_due(died_at + pause)
    restarts.started(died_at + pause)
    return pause


def test_pauses_grow_while_it_dies_young_and_begin_anew_when_it_has_lived() -> None:
    restarts = Restarts(started_at=100.0)
    young = [pause_after(restarts, lived=1.0) for _ in range(9)]
    assert young[:3] == [FIRST_PAUSE_SECONDS * times for times in (1, 2, 4)]
    assert young[-1] == LONGEST_PAUSE_SECONDS
    assert pause_after(restarts, lived=3600.0) == FIRST_PAUSE_SECONDS
    assert not restarts.is_due(1e9)  # it runs
