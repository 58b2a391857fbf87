"""User tasks: who has to do what, taking it, giving it back, and getting it done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from stepwell.engine.commands import (
    CancelUserTask,
    ClaimUserTask,
    CompleteUserTask,
    OpenUserTask,
    PostponeUserTask,
    ReassignUserTask,
    ReleaseUserTask,
)
from stepwell.forms.texts import LONGEST_TITLE
from stepwell.identity import STEPWELL, Actor, in_the_name_of
from stepwell.services import cursors, given
from stepwell.services.halves import Missing, activity_of, missing_of
from stepwell.services.ids import inner_id, inner_key, instance_number, not_open
from stepwell.services.moments import micros, moment, perhaps
from stepwell.services.pages.drafting import SaveDraft
from stepwell.services.pages.pressed import CompleteTask
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


def open_page(task_id: str, *, actor: Actor = STEPWELL) -> OnInstance:
    """Have the page of the task worked out and stored, unless it was opened before; see ``pages.showing``."""
    instance, key = inner_key(task_id, "user task")
    command = OpenUserTask(key, actor.language, actor.time_zone, actor=actor.name)
    return OnInstance(instance, command, key, by=actor)


class Filled(Struct, frozen=True):
    """What somebody did: on a page the ``button`` that was pressed (empty: the only one) and the ``values`` of its
    fields, as decoded JSON; ``variables`` of a plain task. ``revision`` is that of the record over which they were
    typed, None: the one that the page showed.
    """

    values: Mapping[str, Any] = {}
    button: str = ""
    variables: Mapping[str, Any] = {}
    revision: int | None = None


def complete(
    task_id: str,
    values: Mapping[str, Any] | Filled | None = None,
    *,
    actor: Actor = STEPWELL,
    idempotency_key: str = "",
) -> CompleteTask:
    """The task is done. ``values`` are those of its page; a plain task has none, and they go into the process by its
    outputs. Carried out, ``Invalid`` with everything that does not fit the page.
    """
    instance, key = inner_key(task_id, "user task")
    idempotency_key = given.text(idempotency_key, "Idempotency-Key")
    if not isinstance(values, Filled):
        command = CompleteUserTask(key, given.variables(values), actor=actor.name)
        return CompleteTask(instance, command, key, by=actor, idempotency_key=idempotency_key)
    command = CompleteUserTask(key, given.variables(values.variables), actor=actor.name)
    return CompleteTask(
        instance,
        command,
        key,
        by=actor,
        idempotency_key=idempotency_key,
        button=given.text(values.button, "button"),
        page_values=values.values,
        revision=values.revision,
    )


def save_draft(task_id: str, values: Mapping[str, Any], *, actor: Actor = STEPWELL) -> SaveDraft:
    """Keep what was typed on the page of the task."""
    return SaveDraft(inner_key(task_id, "user task"), values, by=actor)


class Receiver(Struct, frozen=True):
    """Whom a task is handed to: ``assignee``, or candidates, of whom the first who takes it has it."""

    assignee: str = ""
    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


def reassign(
    task_id: str, to: Receiver, *, comment: str = "", actor: Actor = STEPWELL, idempotency_key: str = ""
) -> OnInstance:
    """Hand the task on (S6); carried out, ``Invalid`` when none of them can do it."""
    instance, key = inner_key(task_id, "user task")
    command = ReassignUserTask(
        key,
        given.text(to.assignee, "assignee").strip(),
        _names(to.users, "users"),
        _names(to.roles, "roles"),
        actor=actor.name,
        reason=given.text(comment, "comment", given.LONGEST_REASON),
    )
    return _once(instance, command, actor, idempotency_key)


class Later(Struct, frozen=True, kw_only=True):
    """When a task is done (S4). ``duration`` in minutes, 0: it stays due when it is; ``remind_at`` None: no reminder;
    empty ``assignee`` and ``title`` leave what is there.
    """

    start_at: datetime
    duration: float = 0
    remind_at: datetime | None = None
    in_calendar: bool = False
    assignee: str = ""
    title: str = ""


def postpone(task_id: str, later: Later, *, actor: Actor = STEPWELL, idempotency_key: str = "") -> OnInstance:
    """Do the task later (S4). One of a role comes later for everybody in it, unless somebody is named."""
    instance, key = inner_key(task_id, "user task")
    command = PostponeUserTask(
        key,
        given.point(later.start_at, "start_at"),
        round(later.duration * 60_000_000),
        None if later.remind_at is None else given.point(later.remind_at, "remind_at"),
        later.in_calendar,
        given.text(later.assignee, "assignee").strip(),
        given.text(" ".join(later.title.split()), "title", LONGEST_TITLE),
        actor=actor.name,
    )
    return _once(instance, command, actor, idempotency_key)


def cancel(
    task_id: str, *, reason: str = "", actor: Actor = STEPWELL, idempotency_key: str = ""
) -> OnInstance:
    """End the step without going on behind it (O3)."""
    instance, key = inner_key(task_id, "user task")
    command = CancelUserTask(key, actor=actor.name, reason=given.text(reason, "reason", given.LONGEST_REASON))
    return _once(instance, command, actor, idempotency_key)


def _once(instance: int, command: Any, actor: Actor, idempotency_key: str) -> OnInstance:
    key = given.text(idempotency_key, "Idempotency-Key")
    return OnInstance(instance, command, command.key, by=actor, idempotency_key=key)


def _names(found: Sequence[str], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given.name(name, field).strip() for name in found[:MOST_ROLES]))


class UserTask(Struct, frozen=True):
    """An open user task, and the instance it belongs to. ``activity`` is the one of the step, ``missing`` which of its
    two halves is when the other one is done.
    """

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
    activity: str = ""
    missing: Missing = ""


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
        raise not_open(task_id)
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
        activity_of(task),
        missing_of(task),
    )
