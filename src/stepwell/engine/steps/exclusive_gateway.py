from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.flow import first_matching, leave
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step


@dataclass(frozen=True)
class ExclusiveGateway(Step):
    """Takes one flow: the first whose condition holds, otherwise the default (BPMN 2.0, 13.4.2)."""

    tag: ClassVar[str] = "exclusiveGateway"

    def enter(self, run: Run, at: At) -> None:
        leave(run, at, (first_matching(run, at),) if at.element.outgoing else ())
