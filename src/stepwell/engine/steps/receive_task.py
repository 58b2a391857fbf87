from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.event_step import EventStep
from stepwell.engine.run import At, Run
from stepwell.engine.step import attribute
from stepwell.engine.waits import watch


@dataclass(frozen=True)
class ReceiveTask(EventStep):
    """Waits for its message; with ``instantiate`` the message starts the process (BPMN 2.0, 10.3.3)."""

    tag: ClassVar[str] = "receiveTask"
    activity: ClassVar[bool] = True

    instantiate: bool = attribute("instantiate", "boolean", default=False, doc="Whether it starts instances.")

    def enter(self, run: Run, at: At) -> None:
        run.activate(at)
        watch(run, at.element, at.key)
