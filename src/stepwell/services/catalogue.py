"""Which definitions there are: the latest version of each process, and compiled definitions by number.

What is current is remembered under the epoch of the database: every change of it raises the epoch, and
every batch reads it. Compiled definitions never change.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Protocol

from stepwell import bpmn
from stepwell.engine.definition import ProcessDefinition
from stepwell.errors import NotFound
from stepwell.store.records.watchers import RecordStart


class Shelf(Protocol):
    """Where definitions are kept (the store)."""

    def latest_definitions(self) -> dict[str, int]: ...

    def record_starts(self) -> list[RecordStart]: ...

    def definition_xml(self, definition_id: int) -> tuple[str, bytes]: ...

    def definition_pages(self, definition_id: int) -> dict[str, bytes]: ...


class UncompiledError(Exception):
    """A transaction needs definitions that are not at hand: it has to end, and begin again when they are.

    ``ids`` for new instances are still its own then.
    """

    def __init__(self, numbers: Iterable[int], ids: Sequence[int] = ()) -> None:
        super().__init__()
        self.numbers = frozenset(numbers)
        self.ids = ids


class Catalogue:
    """The definitions one node works with; the ``size`` of them that were used last are kept compiled."""

    def __init__(self, shelf: Shelf, size: int = 500) -> None:
        self.shelf = shelf
        self.size = size
        self.epoch = -1
        self.latest: dict[str, int] = {}
        self.record_starts: dict[str, list[RecordStart]] = {}
        self.compiled: OrderedDict[int, ProcessDefinition] = OrderedDict()

    def refresh(self, epoch: int) -> None:
        """Read again what is current if it has changed."""
        if epoch != self.epoch:
            self.latest = self.shelf.latest_definitions()
            self.record_starts = {}
            for start in self.shelf.record_starts():
                self.record_starts.setdefault(start.type, []).append(start)
            self.epoch = epoch

    def number(self, process_id: str) -> int:
        """The latest version of a process; raises ``NotFound``."""
        found = self.latest.get(process_id)
        if found is None:
            raise NotFound(
                "process.unknown", f"Expected a deployed process '{process_id}', but there is none."
            )
        return found

    def has(self, process_id: str) -> bool:
        return process_id in self.latest

    def definition(self, definition_id: int) -> ProcessDefinition:
        """A compiled definition by its number; raises ``UncompiledError``."""
        found = self.compiled.get(definition_id)
        if found is None:
            raise UncompiledError([definition_id])
        self.compiled.move_to_end(definition_id)
        return found

    def compile(self, numbers: Iterable[int]) -> None:
        """Have definitions at hand, beyond ``size`` until ``trim``. Takes long: not for within a transaction."""
        for number in sorted(numbers):
            self.compiled[number] = self.read(number)

    def trim(self) -> None:
        """Forget those whose last use is longest ago."""
        while len(self.compiled) > self.size:
            self.compiled.popitem(last=False)

    def read(self, definition_id: int) -> ProcessDefinition:
        process_id, xml = self.shelf.definition_xml(definition_id)
        pages = self.shelf.definition_pages(definition_id) or None
        reading = bpmn.read(xml, max_bytes=len(xml), pages=pages)
        found = [item for item in reading.definitions if item.id == process_id]
        if not found:
            raise RuntimeError(f"Expected deployed definition {definition_id} ({process_id}) to be readable.")
        return found[0]
