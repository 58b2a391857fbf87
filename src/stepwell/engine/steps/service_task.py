from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.definition import Element
from stepwell.engine.machine_work import create_job
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step, extension
from stepwell.errors import Problem


@dataclass(frozen=True)
class ServiceTask(Step):
    """Work for a connector: the inputs are its arguments, its result is seen by the outputs as ``result``."""

    tag: ClassVar[str] = "serviceTask"
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

    def check(self, element: Element) -> Iterable[Problem]:
        if not self.type:
            message = f"Expected service task {element.id} to name a job type, but it has none."
            hint = 'Add <stepwell:task type="http.request"/> to its extension elements.'
            yield Problem("task.no-type", message, element.id, line=element.line, hint=hint)

    def enter(self, run: Run, at: At) -> None:
        create_job(run, at, self.type, self.retries, (self.timeout, self.backoff))
