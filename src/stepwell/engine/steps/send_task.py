from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.definition import Element
from stepwell.engine.event_definition import EventDefinition, throw_all
from stepwell.engine.flow import complete
from stepwell.engine.machine_work import create_job
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step, extension
from stepwell.errors import Problem


@dataclass(frozen=True)
class SendTask(Step):
    """Sends: with a job type it is work for a connector, otherwise it throws its message."""

    tag: ClassVar[str] = "sendTask"
    activity: ClassVar[bool] = True
    arguments: ClassVar[bool] = True

    type: str = extension("task", "type", default="", doc="The job type: which connector does it.")
    retries: int = extension("task", "retries", "integer", default=3, doc="Further attempts after a failure.")
    timeout: str = extension(
        "task", "timeout", "duration", default="PT60S", doc="How long one attempt may take."
    )
    backoff: str = extension(
        "task", "backoff", "duration", default="PT10S", doc="Wait before the next attempt."
    )
    definitions: tuple[EventDefinition, ...] = ()

    def check(self, element: Element) -> Iterable[Problem]:
        if not self.type:
            for definition in self.definitions:
                yield from definition.check(element)

    def enter(self, run: Run, at: At) -> None:
        if self.type:
            create_job(run, at, self.type, self.retries, (self.timeout, self.backoff))
        elif throw_all(run, at, self.definitions):
            complete(run, at)
