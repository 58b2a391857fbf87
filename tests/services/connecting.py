"""Letting a step that is there be about records, as its author would have said."""

from msgspec.structs import replace

from stepwell.engine.user_task_events import UserTaskPostponed
from stepwell.library import Engine
from stepwell.store.loading import Target
from tests.store.instances import apply


def connect(engine: Engine, id: str, *records: str) -> None:
    """Let a step be about records."""
    instance, key = map(int, id.split("-"))
    with engine.store.transaction() as tx:
        state = tx.load([Target(instance, key)]).states[instance]
        row = state.user_tasks[key]
        details = replace(row.details, connections=records)
        tx.save([apply(state, UserTaskPostponed(key, row.start_at, row.due_at, row.title, details))])
