from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.event_step import EventStep
from stepwell.engine.step import extension


@dataclass(frozen=True)
class StartEvent(EventStep):
    """Where the process begins: by itself, or by a timer, message or signal (BPMN 2.0, 10.5.2)."""

    tag: ClassVar[str] = "startEvent"

    time_zone: str = extension("schedule", "timeZone", default="UTC", doc="Time zone of a cron schedule.")
    catch_up: str = extension("schedule", "catchUp", default="once", doc="Missed starts: once, all or none.")
    from_: str = extension("schedule", "from", default="", doc="No start before this date and time.")
    until: str = extension("schedule", "until", default="", doc="No start after this date and time.")
