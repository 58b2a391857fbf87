"""Rows of the core to tuples of the tables, and back."""

from typing import Any

import msgspec
from msgspec.structs import astuple

from stepwell.engine.rows import (
    NO_DETAILS,
    ElementInstance,
    Incident,
    Job,
    ProcessInstance,
    Subscription,
    TaskDetails,
    UserTask,
    WaitingFlow,
)

Tuple = tuple[Any, ...]
EVERYBODY = ("*",)
NOBODY: frozenset[str] = frozenset()

pack = msgspec.msgpack.Encoder().encode
unpack = msgspec.msgpack.Decoder().decode
_details = msgspec.msgpack.Decoder(tuple[tuple[str, ...], tuple[str, ...], TaskDetails]).decode


def _packed(value: object) -> bytes | None:
    return None if value is None else pack(value)


def _unpacked(value: bytes | None) -> Any:
    return None if value is None else unpack(value)


def instance_tuple(row: ProcessInstance) -> Tuple:
    found = astuple(row)
    if row.positions is None and row.visits is None:
        return found
    return (*found[:11], _packed(row.positions), _packed(row.visits), *found[13:])


def instance_row(found: Tuple) -> ProcessInstance:
    if found[11] is None and found[12] is None:
        return ProcessInstance(*found)
    return ProcessInstance(*(*found[:11], _unpacked(found[11]), _unpacked(found[12]), *found[13:]))


def element_tuple(instance_id: int, row: ElementInstance) -> Tuple:
    if row.data is None and row.positions is None and row.visits is None:
        return (instance_id, *astuple(row))
    packed = (_packed(row.data), _packed(row.positions), _packed(row.visits))
    return (instance_id, *astuple(row)[:8], *packed)


def element_row(found: Tuple) -> ElementInstance:
    """From a tuple without the instance id."""
    if found[8] is None and found[9] is None and found[10] is None:
        return ElementInstance(*found)
    return ElementInstance(*found[:8], *map(_unpacked, found[8:]))


def user_task_tuple(instance_id: int, row: UserTask) -> Tuple:
    details = None
    if row.candidate_users or row.candidate_roles or row.details is not NO_DETAILS:
        details = pack((row.candidate_users, row.candidate_roles, row.details))
    found = astuple(row)
    return (instance_id, *found[:5], details, *found[7:11])


def user_task_row(found: Tuple) -> UserTask:
    """From a tuple without the instance id."""
    if found[5] is None:
        return UserTask(*(*found[:5], (), (), *found[6:]))
    users, roles, details = _details(found[5])
    return UserTask(*(*found[:5], users, roles, *found[6:], details))


def principals(row: UserTask) -> tuple[str, ...]:
    """Whose inbox shows the task: its assignee's, else those of its candidates, else everybody's."""
    if row.assignee:
        return (f"user:{row.assignee}",)
    if row.candidate_users or row.candidate_roles:
        users = dict.fromkeys(f"user:{name}" for name in row.candidate_users)
        return (*users, *dict.fromkeys(f"role:{name}" for name in row.candidate_roles))
    return EVERYBODY


def participants(row: UserTask, starter: str) -> frozenset[str] | set[str]:
    """Whom the task lets see the instance from now on; its starter and everybody are no news."""
    found = principals(row)
    return NOBODY if found is EVERYBODY else {*found} - {f"user:{starter}"}


def inboxes(row: UserTask) -> tuple[str, ...]:
    """The inboxes that show the task: of its principals, and of those from whom it was taken (``taken:role:clerks``)."""
    if not row.assignee or not (row.candidate_users or row.candidate_roles):
        return principals(row)
    users = dict.fromkeys(f"taken:user:{name}" for name in row.candidate_users if name != row.assignee)
    roles = dict.fromkeys(f"taken:role:{name}" for name in row.candidate_roles)
    return (*principals(row), *users, *roles)


def inbox_tuples(instance_id: int, row: UserTask) -> list[Tuple]:
    plan = (row.due_at, row.start_at, row.priority)
    return [(name, row.created_at, instance_id, row.key, *plan) for name in inboxes(row)]


def record_tuples(instance_id: int, row: UserTask) -> list[Tuple]:
    """The records that the task is about."""
    return [(record, instance_id, row.key) for record in dict.fromkeys(row.details.connections)]


def plain_tuple(instance_id: int, row: Job | Subscription | Incident | WaitingFlow) -> Tuple:
    """Of a row type whose fields are columns one by one."""
    return (instance_id, *astuple(row))


def job_row(found: Tuple) -> Job:
    return Job(*found)


def subscription_row(found: Tuple) -> Subscription:
    return Subscription(*found)


def incident_row(found: Tuple) -> Incident:
    return Incident(*found)


def waiting_flow_row(found: Tuple) -> WaitingFlow:
    return WaitingFlow(*found)
