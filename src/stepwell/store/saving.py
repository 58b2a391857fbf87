"""Saving what commands changed: from the journal of each state to a few statements for many rows."""

from collections.abc import Callable, Container, Sequence
from typing import Any

from msgspec import Struct

from stepwell.engine.rows import ElementInstance, ProcessInstance, UserTask
from stepwell.engine.state import LARGE, State
from stepwell.engine.values import is_plain
from stepwell.feel import MISSING
from stepwell.store import history, variables, writes
from stepwell.store.history import HistoryRow
from stepwell.store.session import Session
from stepwell.store.tuples import (
    Tuple,
    element_tuple,
    inbox_tuples,
    instance_tuple,
    participants,
    plain_tuple,
    record_tuples,
    user_task_tuple,
)
from stepwell.store.writes import Write

Pending = dict[Write, list[Tuple]]
TaskChange = tuple[int, UserTask | None, UserTask | None]
"""The instance, and a user task as it was (None: it is new) and is (None: it is gone)."""
COMPLETION = "CompleteUserTask"  # whoever gave this command had one of the steps


class Lock(Struct, frozen=True):
    """New jobs with these keys are born locked by a worker, until a time."""

    by: str
    until: int
    keys: Container[int]


class Save(Struct, frozen=True):
    """A state to be saved with the history of the commands on it; ``seen_by`` are the roles that may see a new one."""

    state: State
    history: Sequence[HistoryRow] = ()
    lock: Lock | None = None
    seen_by: Sequence[str] = ()


def save(session: Session, saves: Sequence[Save]) -> list[TaskChange]:
    """Write what changed, and one row of history per command; gives what became of user tasks."""
    pending: Pending = {write: [] for write in writes.ORDER}
    tasks: list[TaskChange] = []
    for one in saves:
        _collect(one, pending, tasks)
    session.write([(write, rows) for write, rows in pending.items() if rows])
    return tasks


def _collect(one: Save, pending: Pending, tasks: list[TaskChange]) -> None:
    state = one.state
    instance_id = state.instance.id
    starter = state.instance.starter
    met = {f"role:{role}" for role in one.seen_by} if one.seen_by else set()
    gone: list[ElementInstance] = []
    scopes: dict[int, list[tuple[str, Any, Any]]] = {}
    for (table, scope, key), (old, new) in state.changes().items():
        if table == "variables":
            scopes.setdefault(scope, []).append((key, old, new))
        elif table == "element_instance" and new is MISSING:
            gone.append(old)
        elif table == "user_task":
            _user_task(pending, instance_id, old, new)
            tasks.append((instance_id, None if old is MISSING else old, None if new is MISSING else new))
            if new is not MISSING:
                met |= participants(new, starter)
        elif table == "job" and old is MISSING:
            pending[writes.INSERT_JOB].append(plain_tuple(instance_id, new) + _worker(one.lock, key))
        else:
            _TABLES[table](pending, instance_id, old, new)
    for scope, changed in scopes.items():
        if scope == 0 or scope in state.elements:
            _variables(pending, state, scope, changed)
    for row in gone:
        pending[writes.DELETE_ELEMENT].append((instance_id, row.key))
        if row.data is not None or state.variables.get(row.key) != {} or row.key in scopes:
            pending[writes.DELETE_SCOPE].append((instance_id, row.key))
    _history(pending, instance_id, one.history)
    met.update(f"user:{row.actor}" for row in one.history if row.command == COMPLETION and row.actor)
    met.discard(f"user:{starter}")
    if met:
        pending[writes.ADD_PARTICIPATION] += [(instance_id, principal) for principal in sorted(met)]
    state.journal.clear()


def _worker(lock: Lock | None, key: int) -> Tuple:
    """Who has a new job, until when, and the number of the attempt."""
    return (None, None, 0) if lock is None or key not in lock.keys else (lock.by, lock.until, 1)


def _history(pending: Pending, instance_id: int, rows: Sequence[HistoryRow]) -> None:
    for row in rows:
        packed = history.encode_events(row.events)
        pending[writes.INSERT_HISTORY].append(
            (instance_id, row.revision, row.at, row.actor, row.command, row.reason, *packed)
        )


def _variables(pending: Pending, state: State, scope: int, changed: list[tuple[str, Any, Any]]) -> None:
    """Write the rows of a scope whose values changed, and its shared row once."""
    instance_id = state.instance.id
    is_shared = False
    for name, old, new in changed:
        has_own = variables.has_own_row(name)
        is_shared = is_shared or not has_own
        if not has_own and is_plain(new) and (old is MISSING or is_plain(old)):
            continue
        if new is not MISSING and (has_own or variables.is_large(new)):
            pending[writes.PUT_VARIABLES].append((instance_id, scope, name, variables.encode(new)))
        elif has_own or old is LARGE or (old is not MISSING and variables.is_large(old)):
            pending[writes.DELETE_VALUE].append((instance_id, scope, name))
    if is_shared:
        packed = variables.pack_small(state.variables[scope])
        if packed is None:
            pending[writes.DELETE_VALUE].append((instance_id, scope, ""))
        else:
            pending[writes.PUT_VARIABLES].append((instance_id, scope, "", packed))


def _instance(pending: Pending, _instance_id: int, old: Any, new: ProcessInstance) -> None:
    if old is MISSING:
        pending[writes.INSERT_INSTANCE].append(instance_tuple(new))
    elif old.status == new.status:
        pending[writes.UPDATE_INSTANCE].append((*instance_tuple(new), old.revision))
    else:
        pending[writes.UPDATE_STATUS].append((*instance_tuple(new), old.revision))


def _element(pending: Pending, instance_id: int, old: Any, new: ElementInstance) -> None:
    write = writes.INSERT_ELEMENT if old is MISSING else writes.UPDATE_ELEMENT
    pending[write].append(element_tuple(instance_id, new))


def _user_task(pending: Pending, instance_id: int, old: Any, new: Any) -> None:
    """The task, the inboxes that show it, and the records that it is about."""
    if old is MISSING:
        pending[writes.INSERT_INBOX] += inbox_tuples(instance_id, new)
        pending[writes.INSERT_USER_TASK].append(user_task_tuple(instance_id, new))
        if new.details.connections:
            pending[writes.INSERT_TASK_RECORD] += record_tuples(instance_id, new)
    elif new is MISSING:
        pending[writes.DELETE_INBOX] += [place[:4] for place in inbox_tuples(instance_id, old)]
        pending[writes.DELETE_USER_TASK].append((instance_id, old.key))
        if old.details.connections:
            pending[writes.DELETE_TASK_RECORD] += record_tuples(instance_id, old)
    else:
        places = inbox_tuples(instance_id, old), inbox_tuples(instance_id, new)
        records = record_tuples(instance_id, old), record_tuples(instance_id, new)
        _exchange(pending, (writes.DELETE_INBOX, writes.INSERT_INBOX), *places)
        _exchange(pending, (writes.DELETE_TASK_RECORD, writes.INSERT_TASK_RECORD), *records)
        pending[writes.UPDATE_USER_TASK].append(user_task_tuple(instance_id, new))


def _exchange(pending: Pending, how: tuple[Write, Write], before: list[Tuple], now: list[Tuple]) -> None:
    """Delete the rows that are no more, and insert those that are new."""
    delete, insert = how
    pending[delete].extend(row[: delete.layout.keys] for row in before if row not in now)
    pending[insert].extend(row for row in now if row not in before)


def _plain(delete: Write, put: Write) -> Callable[[Pending, int, Any, Any], None]:
    """How rows whose fields are columns one by one are written."""

    def collect(pending: Pending, instance_id: int, old: Any, new: Any) -> None:
        if new is MISSING:
            pending[delete].append(plain_tuple(instance_id, old)[: delete.layout.keys])
        else:
            pending[put].append(plain_tuple(instance_id, new))

    return collect


_TABLES: dict[str, Callable[[Pending, int, Any, Any], None]] = {
    "process_instance": _instance,
    "element_instance": _element,
    "waiting_flow": _plain(writes.DELETE_FLOW, writes.PUT_FLOW),
    "job": _plain(writes.DELETE_JOB, writes.UPDATE_JOB),
    "subscription": _plain(writes.DELETE_SUBSCRIPTION, writes.PUT_SUBSCRIPTION),
    "incident": _plain(writes.DELETE_INCIDENT, writes.PUT_INCIDENT),
}
