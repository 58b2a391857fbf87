"""The live channel: what changes is told to those who may see it, on whatever server they are."""

from stepwell.services.live.event import LiveEvent
from stepwell.services.live.hub import Listener
from stepwell.services.live.live import Live

__all__ = ["Listener", "Live", "LiveEvent"]
