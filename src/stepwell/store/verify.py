"""Whether the rows of an instance are what its history tells."""

from collections.abc import Iterator
from typing import Any

from stepwell.engine.rows import Incident, Job, Subscription, WaitingFlow
from stepwell.engine.state import State
from stepwell.feel import MISSING
from stepwell.store import checkpoint, columns
from stepwell.store.columns import Layout
from stepwell.store.history import HistoryRow, Omitted, omit
from stepwell.store.queries import history
from stepwell.store.session import Session
from stepwell.store.tuples import (
    Tuple,
    element_row,
    inbox_tuples,
    instance_row,
    participants,
    record_tuples,
    user_task_row,
)
from stepwell.store.variables import decode, unpack_small

Rows = dict[tuple[Any, ...], Any]

_PART = 500
_INBOX = (
    f"select {', '.join(columns.INBOX.names)} from inbox"
    " where principal = ? and created_at = ? and instance_id = ? and key = ?"
)
_RECORD = "select 1 from user_task_record where record = ? and instance_id = ? and key = ?"
_PARTICIPATION = "select 1 from participation where instance_id = ? and principal = ?"
_NO_TASK = (
    "not exists (select 1 from user_task t where t.instance_id = i.instance_id and t.key = i.key) limit 100"
)
_STRAY = f"select i.principal, i.instance_id, i.key from inbox i where {_NO_TASK}"
_STRAY_RECORD = f"select i.record, i.instance_id, i.key from user_task_record i where {_NO_TASK}"
_IDS = "select id from process_instance where id > ? order by id limit ?"
_VARIABLES = "select scope, name, data from variables where instance_id = ? order by scope, name"


def instance_ids(session: Session, after: int) -> list[int]:
    """The next ids behind ``after``, a few hundred."""
    return [row[0] for row in session.read(_IDS, after, _PART)]


def strays(session: Session) -> list[str]:
    """Rows of inboxes, and of records, that show a task which is not there."""
    return [
        f"Expected no task {key} of instance {instance_id} {where} {name} but found one"
        for where, statement in (("in the inbox of", _STRAY), ("about record", _STRAY_RECORD))
        for name, instance_id, key in session.read(statement)
    ]


def differences(session: Session, instance_id: int) -> list[str]:
    """What is wrong with an instance, one sentence each; the session has to see one moment."""
    rows: list[HistoryRow] = []
    while found := history.page(session, instance_id, rows[-1].revision if rows else 0):
        rows += found
    state = checkpoint.fold(rows)
    if state is None:
        return [f"Expected a history of instance {instance_id} but found none"]
    told, kept = _told(state), _kept(session, instance_id)
    return [
        _sentence(instance_id, place, told.get(place, MISSING), kept.get(place, MISSING))
        for place in sorted(told.keys() | kept.keys(), key=repr)
        if not _is_same(told.get(place, MISSING), kept.get(place, MISSING))
    ]


def _sentence(instance_id: int, place: tuple[Any, ...], told: object, kept: object) -> str:
    name = " ".join(map(str, place))
    return f"Expected {name} of instance {instance_id} to be {_shown(told)} but found {_shown(kept)}"


def _shown(value: object) -> str:
    text = "nothing" if value is MISSING else repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"


def _is_same(told: object, kept: object) -> bool:
    if isinstance(told, Omitted) and kept is not MISSING:
        return omit(kept) == told
    return type(told) is type(kept) and told == kept


def _told(state: State) -> Rows:
    """The rows that should be there, by table and key."""
    rows: Rows = {("process_instance",): state.instance}
    tables = (state.elements, state.user_tasks, state.jobs, state.subscriptions, state.incidents)
    for table in tables:
        rows |= {(table.name, key): row for key, row in table.items()}
    rows |= {("waiting_flow", *key): row for key, row in state.flows.items()}
    for scope, values in state.variables.items():
        rows |= {("variable", scope, name): value for name, value in values.items()}
    for task in state.user_tasks.values():
        rows |= {("inbox", *place): place for place in inbox_tuples(state.instance.id, task)}
        rows |= {("user_task_record", *place): place for place in record_tuples(state.instance.id, task)}
        rows |= {("participation", name): name for name in participants(task, state.instance.starter)}
    return rows


def _kept(session: Session, instance_id: int) -> Rows:
    """The rows that are there."""

    def of(layout: Layout, more: str = "") -> list[Tuple]:
        names = ", ".join(layout.names)
        owner = "id" if layout is columns.PROCESS_INSTANCE else "instance_id"
        return session.read(f"select {names} from {layout.name} where {owner} = ?{more}", instance_id)

    rows: Rows = {}
    for row in of(columns.PROCESS_INSTANCE):
        rows["process_instance",] = instance_row(row)
    rows |= {("element_instance", row[1]): element_row(row[1:]) for row in of(columns.ELEMENT_INSTANCE)}
    rows |= {("waiting_flow", *row[1:3]): WaitingFlow(*row[1:]) for row in of(columns.WAITING_FLOW)}
    rows |= {("job", row[1]): Job(*row[1:]) for row in of(columns.JOB, " and key > 0")}
    rows |= {("subscription", row[1]): Subscription(*row[1:]) for row in of(columns.SUBSCRIPTION)}
    rows |= {("incident", row[1]): Incident(*row[1:]) for row in of(columns.INCIDENT)}
    starter = rows["process_instance",].starter if ("process_instance",) in rows else ""
    for task in of(columns.USER_TASK):
        shown_task = user_task_row(task[1:])
        rows["user_task", shown_task.key] = shown_task
        for place in inbox_tuples(instance_id, shown_task):
            for found in session.read(_INBOX, *place[:4]):
                rows["inbox", *found] = tuple(found)
        for place in record_tuples(instance_id, shown_task):
            if session.read(_RECORD, *place):
                rows["user_task_record", *place] = place
        for name in participants(shown_task, starter):
            if session.read(_PARTICIPATION, instance_id, name):
                rows["participation", name] = name
    rows |= dict(_kept_variables(session, instance_id))
    return rows


def _kept_variables(session: Session, instance_id: int) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Small values first, so that each large one takes the place of its stand-in."""
    for scope, name, packed in session.read(_VARIABLES, instance_id):
        if name:
            yield ("variable", scope, name), decode(packed)
        else:
            for small, value in unpack_small(packed).items():
                yield ("variable", scope, small), value
