"""The process log: the instances that a person may see, each with the steps that the person can go on with (O1, S9)."""

from collections import defaultdict
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from stepwell.identity import STEPWELL, Actor
from stepwell.records.stored import fold
from stepwell.services import cursors, given
from stepwell.services.ids import inner_id
from stepwell.services.inboxes import person_of, principals
from stepwell.services.instances import Instance, view
from stepwell.services.instances import Status as OfInstance
from stepwell.services.moments import micros
from stepwell.services.progress import OpenTask
from stepwell.store import Store
from stepwell.store.queries import continuing
from stepwell.store.queries import instances as queries
from stepwell.store.queries.instances import InstanceFilter, InstanceView
from stepwell.store.session import Session

Status = Literal["running", "terminating", "completed", "cancelled", "incident"]
LOOKED_AT = 5_000
"""Instances that are looked at for one page of a search."""
PART = 500


class LoggedInstance(Instance, frozen=True, kw_only=True):
    """An instance, its open steps that who asks has or may take, and how many are open in all."""

    my_tasks: tuple[OpenTask, ...] = ()
    open_tasks: int = 0


class LogPage(Struct, frozen=True):
    """Instances, the newest first; ``after`` asks for the next ones, None if there are none. A page of a search may
    be short or empty and go on all the same.
    """

    items: tuple[LoggedInstance, ...]
    after: str | None = None


class Asked(Struct, frozen=True, kw_only=True):
    """Which instances; what is None does not matter. ``status`` incident: those that are stuck somewhere. Words of
    ``search`` stand in the caption, the name of the process, the business key or the name of the starter.
    """

    status: Status | None = None
    process_id: str | None = None
    business_key: str | None = None
    starter: str | None = None
    search: str = ""
    started_after: datetime | None = None
    started_before: datetime | None = None
    limit: int = 50
    after: str | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether instances have to be looked at before it is known that they are meant."""
        times = (self.started_after, self.started_before)
        return self.status == "incident" or bool(self.search.strip()) or any(at is not None for at in times)


def page(store: Store, asked: Asked, actor: Actor = STEPWELL) -> LogPage:
    """Instances that the actor may see; raises ``Invalid`` for a wrong limit or ``after``."""
    count = cursors.limit(asked.limit)
    with store.reading() as session:
        rows, after = _rows(session, asked, actor, count)
        mine = _mine(session, rows, actor)
        open = continuing.count_open(session, [row.id for row in rows if row.ended_at is None])
    items = [
        LoggedInstance(
            **asdict(view(row)), my_tasks=tuple(mine.get(row.id, ())), open_tasks=open.get(row.id, 0)
        )
        for row in rows
    ]
    return LogPage(tuple(items), None if after is None else cursors.encode((after,)))


def _rows(session: Session, asked: Asked, actor: Actor, count: int) -> tuple[list[InstanceView], int | None]:
    """A page, and the id behind which the next one goes on."""
    place = cursors.decode(asked.after, 1)
    after = place[0] if place else None
    if not asked.is_narrow:
        rows = queries.page(session, _filter(asked, count + 1, after), actor)
        return rows[:count], rows[count - 1].id if len(rows) > count else None
    found: list[InstanceView] = []
    words = [fold(word) for word in given.text(asked.search, "search").split()]
    for _ in range(LOOKED_AT // PART):
        rows = queries.page(session, _filter(asked, PART, after), actor)
        for row in rows:
            if _fits(row, asked, words):
                if len(found) == count:
                    return found, found[-1].id
                found.append(row)
        if len(rows) < PART or _is_before(rows[-1], asked):
            return found, None
        after = rows[-1].id
    return found, after


def _filter(asked: Asked, limit: int, after: int | None) -> InstanceFilter:
    status: OfInstance | None = "running" if asked.status == "incident" else asked.status
    return InstanceFilter(
        status=status,
        process_id=given.asked(asked.process_id, "process_id"),
        business_key=given.asked(asked.business_key, "business_key"),
        starter=given.asked(asked.starter, "starter"),
        limit=limit,
        after=after,
    )


def _fits(row: InstanceView, asked: Asked, words: list[str]) -> bool:
    if asked.status == "incident" and not row.incidents:
        return False
    if _is_before(row, asked) or (asked.started_before and row.started_at >= micros(asked.started_before)):
        return False
    text = fold(f"{row.caption} {row.process_name} {row.business_key} {row.starter}") if words else ""
    return all(word in text for word in words)


def _is_before(row: InstanceView, asked: Asked) -> bool:
    """Whether an instance, and so every one behind it, is older than what is asked for."""
    return asked.started_after is not None and row.started_at < micros(asked.started_after)


def _mine(session: Session, rows: list[InstanceView], actor: Actor) -> dict[int, list[OpenTask]]:
    """The open steps of instances that the actor has or may take."""
    found: dict[int, list[OpenTask]] = defaultdict(list)
    running = [row.id for row in rows if row.ended_at is None]
    names = principals(person_of(actor)) if actor.name else []
    for one in continuing.of_instances(session, running, names):
        task = one.task
        id = inner_id(one.instance_id, task.key)
        found[one.instance_id].append(OpenTask(id, task.element, task.title, task.assignee))
    return found
