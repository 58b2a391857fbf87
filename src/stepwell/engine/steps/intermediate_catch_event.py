from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.event_step import EventStep
from stepwell.engine.run import At, Run
from stepwell.engine.waits import watch


@dataclass(frozen=True)
class IntermediateCatchEvent(EventStep):
    """Waits for a timer, message or signal (BPMN 2.0, 10.5.4)."""

    tag: ClassVar[str] = "intermediateCatchEvent"

    def enter(self, run: Run, at: At) -> None:
        run.activate(at)
        watch(run, at.element, at.key)
