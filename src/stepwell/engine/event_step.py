"""What all events have in common: their event definitions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.definition import Element
from stepwell.engine.event_definition import EventDefinition
from stepwell.engine.step import Step
from stepwell.errors import Problem


@dataclass(frozen=True)
class EventStep(Step):
    """An event; ``catches`` or ``throws`` says what its definitions must be able to do."""

    catches: ClassVar[bool] = False
    throws: ClassVar[bool] = False

    definitions: tuple[EventDefinition, ...] = ()

    def check(self, element: Element) -> Iterable[Problem]:
        for definition in self.definitions:
            if (self.catches and not definition.catches) or (self.throws and not definition.throws):
                message = f"Expected an event definition that {element.tag} {element.id} can have, "
                found = f"but found {definition.tag}."
                yield Problem("event.definition", message + found, element.id, line=element.line)
            else:
                yield from definition.check(element)
