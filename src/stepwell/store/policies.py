"""The policies of ``stepwell.identity.policies`` as SQL: what of a table a person may see.

A participation row stands for each principal that has or had a step of an instance, and for each role
that its process names; so whoever sees an instance started it, or finds such a row. One of the steps may also be open to
everybody: that lets everybody see the instance, but puts it into nobody's list.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from stepwell.identity import Actor
from stepwell.store.session import Session

_STARTED = "select i.id from process_instance i where i.starter = ? and i.starter != ''"
_HAD = "select x.instance_id as id from participation x where x.principal = ?"
_PARTICIPANTS = "select principal from participation where instance_id = ? order by principal"
_OPEN_TO_ALL = (
    "select 1 from user_task o cross join inbox b where o.instance_id = {id} and o.assignee = ''"
    " and b.principal = '*' and b.created_at = o.created_at and b.instance_id = o.instance_id and b.key = o.key"
)
_SEERS = "select role from definition_role where definition_id = ? and kind = 'see' order by role"


class Condition(NamedTuple):
    """A condition and the values of its question marks; empty when everything is allowed."""

    text: str = ""
    values: tuple[Any, ...] = ()


class Part(NamedTuple):
    """What is listed of an instance ``s.id``: its ``columns``, how a row of it is ``joined``, ``more`` conditions,
    and the ``order`` in which an index gives it.
    """

    columns: str
    joined: str
    more: str
    order: str


def sees_all(actor: Actor) -> bool:
    """Whether every instance may be seen."""
    return actor.looks_at("operate")


def principals(actor: Actor) -> tuple[str, ...]:
    """The names under which participation rows let a person see an instance."""
    return tuple(name for name in actor.principals if name not in ("*", "user:"))


def instance_seen(actor: Actor, instance: str = "p") -> Condition:
    """Who may see the row ``instance`` of the table of instances."""
    if sees_all(actor):
        return Condition()
    names = principals(actor)
    return Condition(_seen(instance, len(names)), (actor.name, *names))


@lru_cache(maxsize=256)
def _seen(instance: str, names: int) -> str:
    return (
        f"(({instance}.starter = ? and {instance}.starter != '') or exists (select 1 from participation x"
        f" where x.instance_id = {instance}.id and x.principal in ({', '.join('?' * names) or 'null'}))"
        f" or exists ({_OPEN_TO_ALL.format(id=f'{instance}.id')}))"
    )


def definition_seen(actor: Actor, definition: str = "d") -> Condition:
    """Who may see the row ``definition`` of the table of definitions."""
    if sees_all(actor) or actor.looks_at("design"):
        return Condition()
    roles = sorted(actor.roles)
    mine = f"r.role in ({', '.join('?' * len(roles)) or 'null'})"
    named = f"select 1 from definition_role r where r.definition_id = {definition}.id"
    text = f"(exists ({named} and {mine}) or not exists ({named} and r.kind = 'run'))"
    return Condition(text, tuple(roles))


def definition_run(actor: Actor, definition: str = "d") -> Condition:
    """Who may run the row ``definition`` of the table of definitions."""
    if actor.may("operate"):
        return Condition()
    roles = sorted(actor.roles)
    named = f"select 1 from definition_role r where r.definition_id = {definition}.id and r.kind = 'run'"
    mine = f"r.role in ({', '.join('?' * len(roles)) or 'null'})"
    return Condition(f"(exists ({named} and {mine}) or not exists ({named}))", tuple(roles))


def merged(session: Session, actor: Actor, part: Part) -> str:
    """The newest of what belongs to the instances that a person started or had a step of, each once."""
    return _merged(session.name, part, len(principals(actor)))


def merged_values(actor: Actor, more: Sequence[Any], limit: int) -> list[Any]:
    """The values of ``merged`` where ``more`` are those of the part, as they stand in it."""
    found: list[Any] = []
    for name in (actor.name, *principals(actor)):
        found += [name, *more, limit]
    return [*found, limit]


@lru_cache(maxsize=256)
def _merged(database: str, part: Part, names: int) -> str:
    """Each part has a limit of its own: it is a few steps along the index of its principal."""
    parts = [_part(part, source, number) for number, source in enumerate((_STARTED, *[_HAD] * names))]
    alias = "" if database == "sqlite" else " merged"
    places = ", ".join(f"{number} desc" for number in range(1, part.columns.count(",") + 2))
    return f"select * from ({' union '.join(parts)}){alias} order by {places} limit ?"


def _part(part: Part, source: str, number: int) -> str:
    where = f" where {part.more}" if part.more else ""
    text = f"select {part.columns} from ({source}) s{part.joined}{where} order by {part.order} limit ?"
    return f"select * from ({text}) part{number}"


def sees_instance(session: Session, actor: Actor, instance_id: int) -> bool:
    """Whether a person may see an instance that is there."""
    seen = instance_seen(actor)
    where = f" and {seen.text}" if seen.text else ""
    return bool(
        session.read(f"select 1 from process_instance p where p.id = ?{where}", instance_id, *seen.values)
    )


def is_open_to_all(session: Session, instance_id: int) -> bool:
    """Whether an open step of an instance is offered to everybody."""
    return bool(session.read(f"{_OPEN_TO_ALL.format(id='?')} limit 1", instance_id))


def participants(session: Session, instance_id: int) -> list[str]:
    """The principals that have or had a step of an instance, or whom its process names."""
    return [row[0] for row in session.read(_PARTICIPANTS, instance_id)]


def seers(session: Session, definition_id: int) -> list[str]:
    """The roles that a version of a process lets see its instances."""
    return [row[0] for row in session.read(_SEERS, definition_id)]
