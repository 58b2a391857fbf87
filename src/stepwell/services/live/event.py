"""What is told live: small facts with ids, whose details the reader asks for."""

from typing import Any, Literal

from msgspec import Struct

from stepwell.engine.rows import UserTask
from stepwell.services.ids import inner_id
from stepwell.services.moments import moment
from stepwell.store.notifications import Notification

Name = Literal[
    "hello", "reset", "task-created", "task-changed", "task-taken", "task-done", "task-cancelled", "task-overdue",
    "reminder-due", "step-to-open", "instance-changed", "notification", "notification-read", "comment", "presence",
]  # fmt: skip
OPENS_FOR = 30_000_000  # microseconds after its activation in which a step opens by itself
LONGEST = 200  # characters of a title
OPERATORS = "operators"  # the principal of those who see every instance


class LiveEvent(Struct, frozen=True, array_like=True):
    """A fact: ``to`` are the principals who are told. ``until`` (microseconds since 1970 UTC): worthless after it,
    and never told again; 0: told again to who was away for a while.
    """

    name: Name
    to: frozenset[str]
    data: dict[str, Any]
    until: int = 0


def everybody_of(*rows: UserTask | None) -> frozenset[str]:
    """All to whom a step was offered or who had it: also colleagues of who took it learn what becomes of it."""
    found: list[str] = []
    for row in rows:
        if row is not None:
            if row.assignee:
                found.append(f"user:{row.assignee}")
            if row.candidate_users or row.candidate_roles:
                found += [f"user:{name}" for name in row.candidate_users]
                found += [f"role:{name}" for name in row.candidate_roles]
            elif not row.assignee:
                found.append("*")
    return frozenset(found)


def about(instance_id: int, task: UserTask, actor: str = "") -> dict[str, Any]:
    """What is told of a step; ``actor`` is who did it."""
    return {
        "id": inner_id(instance_id, task.key),
        "instance_id": str(instance_id),
        "title": task.title[:LONGEST],
        "assignee": task.assignee,
        "by": actor,
    }


def step_to_open(instance_id: int, task: UserTask) -> LiveEvent:
    """The step opens on the screen of who has it, if that is within half a minute of its activation (R4, R5)."""
    until = task.created_at + OPENS_FOR
    data = about(instance_id, task) | {
        "activated_at": moment(task.created_at).isoformat(),
        "until": moment(until).isoformat(),
    }
    return LiveEvent("step-to-open", frozenset({f"user:{task.assignee}"}), data, until)


def notified(row: Notification) -> LiveEvent:
    """Somebody has a new notification, or one that comes back."""
    data = {
        "id": str(row.id),
        "kind": row.kind,
        "title": row.title,
        "about": inner_id(row.instance_id, row.key) if row.key else str(row.instance_id),
        "by": row.actor,
    }
    return LiveEvent("notification", frozenset({f"user:{row.person}"}), data)


def settled(row: Notification) -> LiveEvent:
    """What a notification was about is over: it counts as read."""
    return LiveEvent("notification-read", frozenset({f"user:{row.person}"}), {"id": str(row.id)})
