"""User tasks: who has to do what, taking it, giving it back, and getting it done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from stepwell.engine.commands import ClaimUserTask, CompleteUserTask, ReleaseUserTask
from stepwell.errors import NotFound
from stepwell.identity import STEPWELL, Actor, in_the_name_of
from stepwell.services import cursors, given
from stepwell.services.ids import inner_id, inner_key, instance_number
from stepwell.services.moments import micros, moment, perhaps
from stepwell.services.requests import OnInstance
from stepwell.store import Store
from stepwell.store.queries import user_tasks as queries
from stepwell.store.queries.user_tasks import UserTaskView

MOST_ROLES = 200


def claim(task_id: str, user: str, *, actor: Actor | None = None) -> OnInstance:
    """Take the task for ``user``; carried out, ``Conflict`` when somebody else was first."""
    instance, key = inner_key(task_id, "user task")
    by = actor or in_the_name_of(given.name(user, "user"))
    command = ClaimUserTask(key, given.name(user, "user"), actor=by.name or user)
    return OnInstance(instance, command, key, by=by)


def release(task_id: str, *, actor: Actor = STEPWELL) -> OnInstance:
    """Give the task back to its candidates; carried out, ``Conflict`` when it has none."""
    instance, key = inner_key(task_id, "user task")
    return OnInstance(instance, ReleaseUserTask(key, actor=actor.name), key, by=actor)


def complete(
    task_id: str,
    values: Mapping[str, Any] | None = None,
    *,
    actor: Actor = STEPWELL,
    idempotency_key: str = "",
) -> OnInstance:
    """The task is done; ``values`` go into the process by the task's outputs."""
    instance, key = inner_key(task_id, "user task")
    command = CompleteUserTask(key, given.variables(values), actor=actor.name)
    return OnInstance(
        instance, command, key, by=actor, idempotency_key=given.text(idempotency_key, "Idempotency-Key")
    )


class UserTask(Struct, frozen=True):
    """An open user task, and the instance it belongs to."""

    id: str
    instance_id: str
    instance_caption: str
    process_id: str
    process_name: str
    version: int
    business_key: str
    element: str
    title: str
    kind: str
    assignee: str
    candidate_users: tuple[str, ...]
    candidate_roles: tuple[str, ...]
    priority: int
    created_at: datetime
    start_at: datetime | None = None
    due_at: datetime | None = None


class TaskPage(Struct, frozen=True):
    """Tasks, the newest first; ``after`` asks for the next ones, None if there are none."""

    items: tuple[UserTask, ...]
    after: str | None = None


class Filter(Struct, frozen=True, kw_only=True):
    """Which tasks. ``candidate`` and ``role`` find what is offered to a user or role and nobody has yet."""

    assignee: str | None = None
    candidate: str | None = None
    role: str | None = None
    process_id: str | None = None
    instance: str | int | None = None
    element: str | None = None
    due_before: datetime | None = None
    limit: int = 50
    after: str | None = None


class Person(Struct, frozen=True):
    """Whose inbox: a user and the roles that the user has."""

    user: str
    roles: tuple[str, ...] = ()


def load(store: Store, task_id: str, actor: Actor = STEPWELL) -> UserTask:
    """One open task; raises ``NotFound``, also when the actor may not see it."""
    instance, key = inner_key(task_id, "user task")
    with store.reading() as session:
        found = queries.fetch(session, instance, key, actor)
    if found is None:
        raise NotFound("user-task.not-open", f"Expected user task {task_id} to be open, but it is not.")
    return view(found)


def page(store: Store, asked: Filter, actor: Actor = STEPWELL) -> TaskPage:
    """Open tasks of instances that the actor may see; raises ``Invalid`` for a wrong limit or ``after``."""
    count = cursors.limit(asked.limit)
    found = queries.UserTaskFilter(
        assignee=given.asked(asked.assignee, "assignee"),
        candidate=given.asked(asked.candidate, "candidate"),
        role=given.asked(asked.role, "role"),
        process_id=given.asked(asked.process_id, "process_id"),
        instance_id=None if asked.instance is None else instance_number(asked.instance),
        element=given.asked(asked.element, "element"),
        due_before=None if asked.due_before is None else micros(asked.due_before),
        limit=count + 1,
        after=_place(asked.after),
    )
    with store.reading() as session:
        return _page(queries.page(session, found, actor), count)


def _page(rows: list[UserTaskView], count: int) -> TaskPage:
    more = cursors.encode(rows[count - 1].place) if len(rows) > count else None
    return TaskPage(tuple(map(view, rows[:count])), more)


def _place(after: str | None) -> queries.Place | None:
    place = cursors.decode(after, 3)
    return None if place is None else (place[0], place[1], place[2])


def view(row: UserTaskView) -> UserTask:
    task = row.task
    return UserTask(
        inner_id(row.instance_id, task.key),
        str(row.instance_id),
        row.caption,
        row.process_id,
        row.process_name,
        row.version,
        row.business_key,
        task.element,
        task.title,
        task.kind,
        task.assignee,
        tuple(task.candidate_users),
        tuple(task.candidate_roles),
        task.priority,
        moment(task.created_at),
        perhaps(task.start_at),
        perhaps(task.due_at),
    )
