"""Who does what is due: timers, deliveries and schedules at once, jobs of connectors side by side."""

from stepwell.worker.foreground import Foreground
from stepwell.worker.port import Transport
from stepwell.worker.post import Post
from stepwell.worker.runner import Runner, worker_name
from stepwell.worker.store_transport import StoreTransport

__all__ = ["Foreground", "Post", "Runner", "StoreTransport", "Transport", "worker_name"]
