from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine import data_step
from stepwell.engine.definition import Element
from stepwell.engine.machine_work import create_job
from stepwell.engine.record_work import TYPES, Records
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step, extension
from stepwell.errors import Problem


@dataclass(frozen=True)
class ServiceTask(Step):
    """Work for a connector: the inputs are its arguments, its result is seen by the outputs as ``result``.

    Of the types `records.read`, `records.add`, `records.change` and `records.delete` it is a data step, part of the
    transaction of the process: `stepwell:records` says what it does. Without outputs, what it gives is the variable
    that is called as the step.
    """

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
    records: Records | None = None

    def check(self, element: Element) -> Iterable[Problem]:
        if not self.type:
            message = f"Expected service task {element.id} to name a job type, but it has none."
            hint = 'Add <stepwell:task type="http.request"/> to its extension elements.'
            yield Problem("task.no-type", message, element.id, line=element.line, hint=hint)
        elif (self.records is not None) != (self.type in TYPES):
            expected = "" if self.type in TYPES else "no "
            message = f"Expected {expected}stepwell:records on {element.id} because its type is {self.type}, but there is "
            message += "none." if self.type in TYPES else "one."
            hint = f"Data steps have one of the types {', '.join(TYPES)}, and say in stepwell:records what they do."
            yield Problem("records.type", message, element.id, line=element.line, hint=hint)

    def enter(self, run: Run, at: At) -> None:
        if self.records is not None:
            data_step.create(run, at, self.type, self.records, (self.retries, self.backoff))
            return
        create_job(run, at, self.type, self.retries, (self.timeout, self.backoff))
