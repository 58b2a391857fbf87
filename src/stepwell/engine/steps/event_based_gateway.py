from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.definition import Element
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step
from stepwell.engine.waits import watch
from stepwell.errors import Problem

WAITING = ("intermediateCatchEvent", "receiveTask")


@dataclass(frozen=True)
class EventBasedGateway(Step):
    """Waits for several events and goes on with the one that comes first (BPMN 2.0, 10.6.6)."""

    tag: ClassVar[str] = "eventBasedGateway"

    def check(self, element: Element) -> Iterable[Problem]:
        for flow in element.outgoing:
            if flow.target.tag not in WAITING:
                message = f"Expected flow {flow.id} from event-based gateway {element.id} to lead to a catching event"
                found = f" or receive task, but {flow.target.id} is a {flow.target.tag}."
                yield Problem("gateway.event-target", message + found, element.id, line=element.line)

    def enter(self, run: Run, at: At) -> None:
        run.activate(at)
        for flow in at.element.outgoing:
            watch(run, flow.target, at.key)
