from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.event_definition import throw_all
from stepwell.engine.event_step import EventStep
from stepwell.engine.flow import complete
from stepwell.engine.run import At, Run


@dataclass(frozen=True)
class IntermediateThrowEvent(EventStep):
    """Throws its messages and signals and goes on; with no definition it just marks a point."""

    tag: ClassVar[str] = "intermediateThrowEvent"
    arguments: ClassVar[bool] = True

    def enter(self, run: Run, at: At) -> None:
        if throw_all(run, at, self.definitions):
            complete(run, at)
