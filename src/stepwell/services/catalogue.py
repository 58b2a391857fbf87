"""Which definitions there are: the latest version of each process, and compiled definitions by number.

What is current is remembered under the epoch of the database: every change of it raises the epoch, and
every batch reads it. Compiled definitions never change.
"""

from collections import OrderedDict
from typing import Protocol

from stepwell import bpmn
from stepwell.engine.definition import ProcessDefinition
from stepwell.errors import NotFound


class Shelf(Protocol):
    """Where definitions are kept (the store)."""

    def latest_definitions(self) -> dict[str, int]: ...

    def definition_xml(self, definition_id: int) -> tuple[str, bytes]: ...


class Catalogue:
    """The definitions one node works with; at most ``size`` of them are kept compiled."""

    def __init__(self, shelf: Shelf, size: int = 500) -> None:
        self.shelf = shelf
        self.size = size
        self.epoch = -1
        self.latest: dict[str, int] = {}
        self.compiled: OrderedDict[int, ProcessDefinition] = OrderedDict()

    def refresh(self, epoch: int) -> None:
        """Read again what is current if it has changed."""
        if epoch != self.epoch:
            self.latest = self.shelf.latest_definitions()
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
        """A compiled definition by its number."""
        found = self.compiled.get(definition_id)
        if found is None:
            found = self.compiled[definition_id] = self.compile(definition_id)
            if len(self.compiled) > self.size:
                self.compiled.popitem(last=False)
        return found

    def compile(self, definition_id: int) -> ProcessDefinition:
        process_id, xml = self.shelf.definition_xml(definition_id)
        reading = bpmn.read(xml, max_bytes=len(xml))
        found = [item for item in reading.definitions if item.id == process_id]
        if not found:
            raise RuntimeError(f"Expected deployed definition {definition_id} ({process_id}) to be readable.")
        return found[0]
