"""Roles, who is in them, and what rights they give."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from stepwell.identity import Role
from stepwell.store.people import patterns
from stepwell.store.queries.page import Where
from stepwell.store.session import Session

_SELECT = "select r.name, r.label, r.kind, r.parent from role r"
_RIGHTS = "select role, name from role_right"
_INSERT = "insert into role (name, label, kind, parent, search, created_at) values (?, ?, ?, ?, ?, ?)"
_UPDATE = "update role set label = ?, kind = ?, parent = ?, search = ? where name = ?"
_DELETE = (
    "delete from role where name = ?",
    "delete from role_right where role = ?",
    "delete from membership where role = ?",
)
_CHILD = "select name from role where parent = ? order by name limit 1"
_OPEN_STEP = "select instance_id, key from inbox where principal in (?, ?) limit 1"
_ADD_MEMBER = "insert into membership (person, role) values (?, ?) on conflict do nothing"
_REMOVE_MEMBER = "delete from membership where person = ? and role = ?"
_MEMBER = (
    "select 1 from membership m join person p on p.name = m.person where m.role in ({roles}) and p.is_active = 1"
    " limit 1"
)

_MEMBERS = (
    "select distinct m.person from membership m join person p on p.name = m.person"
    " where m.role in ({roles}) and p.is_active = 1 limit 10000"
)


class RoleFilter(Struct, frozen=True, kw_only=True):
    """Which roles: with words in their names, or directly below one."""

    search: str = ""
    parent: str | None = None
    limit: int = 50
    after: str = ""


def everything(session: Session) -> list[Role]:
    """All roles of the installation."""
    return _with_rights(session, [tuple(row) for row in session.read(_SELECT)])


def page(session: Session, asked: RoleFilter) -> list[Role]:
    """Roles in the order of their names."""
    where = Where()
    where.add("r.name > ?", asked.after)
    where.equal("r.parent", asked.parent)
    for pattern in patterns(asked.search):
        where.add("r.search like ? escape '!'", pattern)
    rows = session.read(f"{_SELECT}{where.text()} order by r.name limit ?", *where.values, asked.limit)
    return _with_rights(session, [tuple(row) for row in rows])


def fetch(session: Session, name: str) -> Role | None:
    """One role by its name."""
    found = _with_rights(session, [tuple(row) for row in session.read(f"{_SELECT} where r.name = ?", name)])
    return found[0] if found else None


def _with_rights(session: Session, rows: Iterable[tuple[str, ...]]) -> list[Role]:
    rights: dict[str, set[str]] = {}
    for role, name in session.read(_RIGHTS):
        rights.setdefault(role, set()).add(name)
    return [Role(*row, frozenset(rights.get(row[0], ()))) for row in rows]  # type: ignore[call-arg, arg-type]


def add(session: Session, role: Role, now: int) -> None:
    """Keep a new role with its rights."""
    session.run(_INSERT, role.name, role.label, role.kind, role.parent, _search(role), now)
    _put_rights(session, role)


def change(session: Session, role: Role) -> None:
    """Keep what a role is now, its rights too."""
    session.run(_UPDATE, role.label, role.kind, role.parent, _search(role), role.name)
    _put_rights(session, role)


def _put_rights(session: Session, role: Role) -> None:
    session.run("delete from role_right where role = ?", role.name)
    for right in sorted(role.rights):
        session.run("insert into role_right (role, name) values (?, ?)", role.name, right)


def _search(role: Role) -> str:
    return f"{role.name} {role.label}".casefold()


def remove(session: Session, name: str) -> None:
    """Forget a role, its rights and its members."""
    for statement in _DELETE:
        session.run(statement, name)


def child(session: Session, name: str) -> str:
    """A role directly below; empty if there is none."""
    found = session.read(_CHILD, name)
    return str(found[0][0]) if found else ""


def open_step(session: Session, name: str) -> tuple[int, int] | None:
    """An open step that is offered to a role, or was before somebody took it, as instance id and key."""
    found = session.read(_OPEN_STEP, f"role:{name}", f"taken:role:{name}")
    return (found[0][0], found[0][1]) if found else None


def add_member(session: Session, person: str, role: str) -> bool:
    """Put a person into a role; whether that is new."""
    return bool(session.run(_ADD_MEMBER, person, role))


def remove_member(session: Session, person: str, role: str) -> bool:
    """Take a person out of a role; whether the person was in it."""
    return bool(session.run(_REMOVE_MEMBER, person, role))


def is_member(session: Session, person: str, role: str) -> bool:
    """Whether a person is a direct member of a role."""
    return bool(session.read("select 1 from membership where person = ? and role = ?", person, role))


def has_members(session: Session, names: Sequence[str]) -> bool:
    """Whether an active person is a direct member of one of these roles."""
    if not names:
        return False
    return bool(session.read(_MEMBER.format(roles=", ".join("?" * len(names))), *names))


def members(session: Session, names: Sequence[str]) -> set[str]:
    """The active people who are direct members of one of these roles (ten thousand at most)."""
    if not names:
        return set()
    return {row[0] for row in session.read(_MEMBERS.format(roles=", ".join("?" * len(names))), *names)}
