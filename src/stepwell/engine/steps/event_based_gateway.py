from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.run import At, Run
from stepwell.engine.step import Step
from stepwell.engine.waits import watch


@dataclass(frozen=True)
class EventBasedGateway(Step):
    """Waits for several events and goes on with the one that comes first (BPMN 2.0, 10.6.6)."""

    tag: ClassVar[str] = "eventBasedGateway"

    def enter(self, run: Run, at: At) -> None:
        run.activate(at)
        for flow in at.element.outgoing:
            watch(run, flow.target, at.key)
