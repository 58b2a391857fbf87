from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.event_definition import ErrorDefinition, TerminateDefinition, throw_all
from stepwell.engine.event_step import EventStep
from stepwell.engine.flow import finish
from stepwell.engine.run import At, Run
from stepwell.engine.scopes import empty
from stepwell.engine.throwing import throw_error


@dataclass(frozen=True)
class EndEvent(EventStep):
    """The end of a path: nothing more, or throws a message, signal or error, or terminates its scope."""

    tag: ClassVar[str] = "endEvent"

    def enter(self, run: Run, at: At) -> None:
        errors = [item for item in self.definitions if isinstance(item, ErrorDefinition)]
        if not throw_all(run, at, self.definitions):
            return
        finish(run, at)
        if errors:
            throw_error(run, at.scope, errors[0].code, errors[0].name, {})
        elif any(isinstance(item, TerminateDefinition) for item in self.definitions):
            empty(run, at.scope)
            run.touched.add(at.scope)
