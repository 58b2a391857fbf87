from dataclasses import dataclass
from typing import ClassVar, Literal

from stepwell.engine.flow import leave
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step


@dataclass(frozen=True)
class InclusiveGateway(Step):
    """Takes every flow whose condition holds, otherwise the default; waits for what can still come in.

    BPMN 2.0, 13.4.3.
    """

    tag: ClassVar[str] = "inclusiveGateway"
    joins: ClassVar[Literal["parallel", "inclusive"] | None] = "inclusive"

    def enter(self, run: Run, at: At) -> None:
        leave(run, at)
