from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine import mapping
from stepwell.engine.definition import Element, Text
from stepwell.engine.events import CallEnded, ProcessCalled
from stepwell.engine.run import At, Run, Stuck
from stepwell.engine.step import Step, attribute
from stepwell.engine.values import Values
from stepwell.errors import Problem


@dataclass(frozen=True)
class CallActivity(Step):
    """Runs another process and waits for its end; inputs are its start values, outputs see its results."""

    tag: ClassVar[str] = "callActivity"
    activity: ClassVar[bool] = True
    arguments: ClassVar[bool] = True

    called: Text | None = attribute("calledElement", "value", default=None, doc="Id of the process to run.")

    def check(self, element: Element) -> Iterable[Problem]:
        if self.called is None:
            message = f"Expected call activity {element.id} to name a process, but it has no calledElement."
            yield Problem("call.no-process", message, element.id, line=element.line)

    def enter(self, run: Run, at: At) -> None:
        assert self.called is not None
        key = run.activate(at)
        process_id = mapping.as_text(self.called.value(run.lookup(key), run.time))
        if not run.settings.called(process_id):
            message = f"Expected a deployed process '{process_id}' to call, but there is none."
            raise Stuck("call.unknown-process", message)
        run.check_depth(f"a call of '{process_id}'")
        run.emit(ProcessCalled(key, process_id, Values(mapping.inputs(run, at))))

    def cancel(self, run: Run, at: At) -> None:
        row = run.state.elements[at.key]
        if row.data is None or "total" not in row.data:
            run.emit(CallEnded(at.key))
