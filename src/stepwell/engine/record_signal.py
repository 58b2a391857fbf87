"""Record signals: what somebody waits for that waits for a record."""

from dataclasses import dataclass
from typing import ClassVar

from msgspec import Struct, msgpack

from stepwell import feel
from stepwell.engine.definition import Element, Lookup
from stepwell.engine.event_definition import EventDefinition
from stepwell.engine.events import Subscribed
from stepwell.engine.mapping import as_text
from stepwell.engine.record_filter import filled
from stepwell.engine.record_work import RecordSignal
from stepwell.engine.rows import Subscription
from stepwell.engine.run import Run, Stuck
from stepwell.records.changes import Change
from stepwell.records.values import parse_reference


class Watch(Struct, frozen=True, array_like=True):
    """Which changes of records count: the kinds ``on``, of changes those of ``fields`` (any without them).

    ``filter`` is an encoded filter that the record has to meet when the change is delivered; empty: no filter.
    ``by_people``: only what a person saved on the record's ordinary page, who can do the step that waits.
    """

    on: tuple[str, ...]
    fields: tuple[str, ...] = ()
    filter: bytes = b""
    by_people: bool = False

    def counts(self, change: Change) -> bool:
        """Whether the change is one of those, as far as it is known without looking at the record."""
        if change.kind not in self.on:
            return False
        if self.by_people and change.kind == "changed" and change.by is None:
            return False
        return change.kind != "changed" or not self.fields or not set(self.fields).isdisjoint(change.fields)


pack = msgpack.Encoder().encode
unpack = msgpack.Decoder(Watch).decode


@dataclass(frozen=True, slots=True)
class RecordSignalDefinition(EventDefinition):
    """A record is added, changed or deleted. Not buffered: only what happens while somebody waits counts."""

    tag: ClassVar[str] = "signalEventDefinition"
    catches: ClassVar[bool] = True
    signal: RecordSignal

    def wait(self, run: Run, element: Element, key: int) -> None:
        lookup, signal = run.lookup(key), self.signal
        found = signal.filter and feel.encode(filled(signal.filter, lookup, run.time))
        place = signal.record_type, record_number(run, signal, lookup)
        subscribe(run, (element.id, key), place, Watch(signal.on, signal.fields, found or b""))


def subscribe(run: Run, element: tuple[str, int], record: tuple[str, str], watch: Watch) -> None:
    """Let an element (its id, and the key of its element instance) wait for a record.

    ``record`` is the type and the number of the record, empty for any of the type. What comes reaches an event as its
    result, a user task by ``stepwell.engine.user_records``.
    """
    (id, key), (name, number) = element, record
    row = Subscription(run.state.next_key(), key, id, "record", name, number, run.now, pack(watch))
    run.emit(Subscribed(row))


def record_number(run: Run, signal: RecordSignal, lookup: Lookup) -> str:
    """The number of the one record that is waited for; empty if any is meant."""
    if signal.record is None:
        return ""
    text = as_text(signal.record.value(lookup, run.time)).strip()
    number = text.removeprefix(f"{signal.record_type}/")
    if parse_reference(f"{signal.record_type}/{number}") is None:
        source = signal.record.source
        message = (
            f"Expected {source} to be a record such as '{signal.record_type}/17', but found '{text[:60]}'."
        )
        raise Stuck("record.unknown", message)
    return number
