"""Events from server to server: nothing is lost without notice, and every message fits."""

from hypothesis import given
from hypothesis import strategies as st

from stepwell.services.live.event import LiveEvent
from stepwell.services.live.wire import LARGEST, SILENT_FOR, Receiver, Sender

NAMES = st.sampled_from(["task-created", "instance-changed", "notification"])
EVENTS = st.lists(
    st.builds(
        LiveEvent,
        NAMES,
        st.frozensets(st.text(max_size=20), max_size=5),
        st.dictionaries(st.text(max_size=10), st.text(max_size=600), max_size=3),
        st.integers(0, 2**62),
    ),
    max_size=60,
)


def event(size: int = 10) -> LiveEvent:
    return LiveEvent("task-created", frozenset({"*"}), {"id": "x" * size})


@given(EVENTS)
def test_all_events_arrive_in_order_in_messages_that_fit(events: list[LiveEvent]) -> None:
    sender, receiver = Sender("there"), Receiver("here")
    messages = [*sender.packed(events)]
    assert all(len(message.encode()) < 8000 for message in messages)
    taken = [receiver.take(message) for message in messages]
    assert [one for found, _ in taken for one in found] == events
    assert not any(is_gap for _, is_gap in taken)


def test_what_no_message_can_hold_is_a_gap() -> None:
    sender, receiver = Sender("there"), Receiver("here")
    [message] = sender.packed([event(), event(LARGEST), event()])
    assert receiver.take(message) == ((event(), event()), True)


def test_a_message_that_was_missed_is_noticed_with_the_next_one() -> None:
    sender, receiver = Sender("there"), Receiver("here")
    for number, message in enumerate([*sender.packed([event(4000)] * 3)]):
        if number != 1:
            _, is_gap = receiver.take(message)
    assert is_gap


def test_a_message_that_was_missed_is_noticed_when_the_server_says_that_it_lives() -> None:
    sender, receiver = Sender("there"), Receiver("here")
    receiver.take(next(sender.packed([event()])))
    assert receiver.take(sender.message()) == ((), False)
    next(sender.packed([event()]))
    assert receiver.take(sender.message()) == ((), True)
    assert receiver.take(sender.message()) == ((), False)


def test_the_first_message_of_a_server_is_no_gap() -> None:
    sender = Sender("there")
    next(sender.packed([event()]))
    assert Receiver("here").take(next(sender.packed([event()]))) == ((event(),), False)


def test_ones_own_messages_are_nothing_new() -> None:
    assert Receiver("here").take(next(Sender("here").packed([event()]))) == ((), False)


def test_nothing_to_tell_is_no_message() -> None:
    assert [*Sender("here").packed([])] == []


def make_silent(receiver: Receiver) -> None:
    """Let it be long ago that anything was heard."""
    for name, last in receiver.heard.items():
        receiver.heard[name] = last._replace(at=last.at - SILENT_FOR - 1)


def test_a_server_that_falls_silent_is_noticed_once() -> None:
    receiver = Receiver("here")
    receiver.take(next(Sender("there").packed([event()])))
    assert not receiver.lost()
    make_silent(receiver)
    assert [receiver.lost(), receiver.lost()] == [True, False]


def test_a_server_that_said_that_it_ends_is_not_missed() -> None:
    receiver, sender = Receiver("here"), Sender("there")
    receiver.take(next(sender.packed([event()])))
    receiver.take(sender.message(is_last=True))
    make_silent(receiver)
    assert not receiver.lost()
