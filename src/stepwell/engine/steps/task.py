from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.step import Step


@dataclass(frozen=True)
class Task(Step):
    """A task of no particular kind: nothing is done, the token passes (BPMN 2.0, 10.3.3)."""

    tag: ClassVar[str] = "task"
    activity: ClassVar[bool] = True
