from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.run import At, Run
from stepwell.engine.step import Step


@dataclass(frozen=True)
class SubProcess(Step):
    """A process inside the process, with variables of its own for its inputs (BPMN 2.0, 10.3.5)."""

    tag: ClassVar[str] = "subProcess"
    activity: ClassVar[bool] = True

    def enter(self, run: Run, at: At) -> None:
        key = run.activate(at)
        for start in at.element.starts:
            run.agenda.append((start, key, None))
        run.touched.add(key)
