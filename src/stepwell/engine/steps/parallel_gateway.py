from dataclasses import dataclass
from typing import ClassVar, Literal

from stepwell.engine.flow import leave
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step


@dataclass(frozen=True)
class ParallelGateway(Step):
    """Waits for a token on every incoming flow, then takes every outgoing one (BPMN 2.0, 13.4.1)."""

    tag: ClassVar[str] = "parallelGateway"
    joins: ClassVar[Literal["parallel", "inclusive"] | None] = "parallel"

    def enter(self, run: Run, at: At) -> None:
        leave(run, at, tuple(at.element.outgoing))
