"""How much a transaction does inline, and how large slices are."""

from hypothesis import given
from hypothesis import strategies as st

from stepwell.services.inline.budget import (
    FEWEST,
    FIRST,
    MOST,
    SLICE_SECONDS,
    Budget,
    Limits,
    Pace,
    Width,
)

LIMITS = Limits(steps=3, records=1000, seconds=60)


def test_the_first_step_always_has_room() -> None:
    assert not Budget(Limits(seconds=0)).is_used_up
    assert Budget(LIMITS).has_room(5000)


def test_it_is_used_up_by_steps_by_records_and_by_time() -> None:
    for limits, steps, records in ((LIMITS, 3, 0), (LIMITS, 1, 1000), (Limits(seconds=0), 1, 0)):
        budget = Budget(limits)
        budget.steps, budget.records = steps, records
        assert budget.is_used_up


def test_behind_others_there_is_room_for_what_is_left() -> None:
    budget = Budget(LIMITS)
    budget.records = 990
    assert (budget.has_room(10), budget.has_room(11)) == (True, False)


def test_the_first_slice_is_one_that_no_machine_takes_long_for() -> None:
    assert Pace().of(LIMITS) == FIRST
    assert Pace().of(Limits(records=4)) == 4


def test_slices_that_take_long_become_smaller_and_grow_again() -> None:
    pace = Pace()
    pace.note(LIMITS, SLICE_SECONDS * 2)
    assert pace.of(LIMITS) == FIRST // 2
    pace.note(LIMITS, SLICE_SECONDS / 10)
    assert FIRST // 2 < pace.of(LIMITS) < FIRST


def test_slices_grow_as_far_as_they_may_while_they_are_quick() -> None:
    pace = Pace()
    for _ in range(20):
        pace.note(LIMITS, SLICE_SECONDS / 10)
    assert pace.of(LIMITS) == 1000


@given(st.lists(st.floats(0, 100)), st.integers(1, 5000))
def test_a_slice_is_never_larger_than_it_may_be_and_never_tiny(seconds: list[float], records: int) -> None:
    limits, pace = Limits(records=records), Pace()
    for one in seconds:
        pace.note(limits, one)
        assert min(FEWEST, records) <= pace.of(limits) <= records


def test_as_many_requests_share_a_transaction_as_have_room_for_their_steps() -> None:
    width = Width()
    width.note(64, 32)
    assert width.size == 32


def test_one_more_is_tried_when_all_had_room_and_more_were_waiting() -> None:
    width = Width()
    width.note(64, 32)
    width.note(20, 0)
    assert width.size == 32
    width.note(32, 0)
    assert width.size == 33


def test_there_is_always_one_and_never_too_many() -> None:
    width = Width()
    width.note(MOST, 0)
    assert width.size == MOST
    width.note(1, 5)
    assert width.size == 1
