"""What all events have in common: their event definitions."""

from collections.abc import Iterable
from dataclasses import dataclass

from stepwell.engine.definition import Element
from stepwell.engine.event_definition import EventDefinition
from stepwell.engine.step import Step
from stepwell.errors import Problem


@dataclass(frozen=True)
class EventStep(Step):
    """What waits for events or throws them, as its definitions say."""

    definitions: tuple[EventDefinition, ...] = ()

    def check(self, element: Element) -> Iterable[Problem]:
        for definition in self.definitions:
            yield from definition.check(element)
