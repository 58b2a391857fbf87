"""What goes out to other servers: what could not be told is a gap, here and there."""

import pytest

from stepwell.errors import Unavailable
from stepwell.services.live.event import LiveEvent
from stepwell.services.live.post import Outbox
from stepwell.services.live.wire import Receiver
from stepwell.store import open_store

EVENT = LiveEvent("task-created", frozenset({"*"}), {"id": "1-1"})


class Wire:
    """A channel that keeps what is sent, once it works."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.works = False

    def send(self, messages: list[str]) -> None:
        if not self.works:
            raise Unavailable("database.busy", "Expected the database to answer, but it does not.")
        self.sent += messages


def test_events_that_could_not_go_out_let_everybody_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    wire, read_anew, receiver = Wire(), [], Receiver("here")
    outbox = Outbox(open_store("sqlite://"), wire, "there")  # type: ignore[arg-type]
    outbox.reset = lambda: read_anew.append("here")
    monkeypatch.setattr(outbox, "do_others_want", lambda: True)
    receiver.take(outbox.sender.message((EVENT,)))
    outbox.queue.append(EVENT)
    outbox._attempt()
    assert read_anew == ["here"]
    wire.works = True
    outbox.queue.append(EVENT)
    outbox._attempt()
    assert [receiver.take(message) for message in wire.sent] == [((EVENT,), True)]
