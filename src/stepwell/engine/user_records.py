"""User tasks that wait for a record."""

from collections.abc import Sequence

from stepwell.engine.commands import RecordChange
from stepwell.engine.rows import Subscription
from stepwell.engine.run import Run


def record_changed(run: Run, subscription: Subscription, changes: Sequence[RecordChange]) -> None:
    """The record on which the user task of the subscription waits was changed; no kind of step minds yet."""
