from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.event_step import EventStep
from stepwell.engine.step import attribute


@dataclass(frozen=True)
class BoundaryEvent(EventStep):
    """Stands on an activity and takes another way out of it when its event comes (BPMN 2.0, 10.5.4).

    An interrupting one ends the activity; the other kind leaves it running.
    """

    tag: ClassVar[str] = "boundaryEvent"

    interrupting: bool = attribute(
        "cancelActivity", "boolean", default=True, doc="Whether the activity ends when the event comes."
    )
