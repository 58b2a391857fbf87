"""People: rows by their login name."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from stepwell.identity import PersonalSettings, User
from stepwell.store.queries.page import Where
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple, pack

_COLUMNS = "name, display_name, email, is_active, manager, time_zone, language, settings"
_SELECT = f"select {_COLUMNS} from person p"
_INSERT = (
    f"insert into person ({_COLUMNS}, search, password, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    "update person set display_name = ?, email = ?, is_active = ?, manager = ?, time_zone = ?, language = ?,"
    " settings = ?, search = ? where name = ?"
)
_HASH = "select password from person where name = ? and is_active = 1"
_KEEP = "update person set password = ? where name = ?"
_ROLES = "select role from membership where person = ? order by role"
_ANY = "select 1 from person where is_active = 1 and password != '' limit 1"
_settings = msgspec.msgpack.Decoder(PersonalSettings).decode


class PersonFilter(Struct, frozen=True, kw_only=True):
    """Which people: with words in their names or addresses, direct members of a role, active or not."""

    search: str = ""
    role: str | None = None
    is_active: bool | None = None
    limit: int = 50
    after: str = ""


def fetch(session: Session, name: str) -> User | None:
    """One person by the login name."""
    found = session.read(f"{_SELECT} where p.name = ?", name)
    return _user(found[0]) if found else None


def page(session: Session, asked: PersonFilter) -> list[User]:
    """People in the order of their names."""
    where = Where()
    where.add("p.name > ?", asked.after)
    where.equal("p.is_active", None if asked.is_active is None else int(asked.is_active))
    for pattern in patterns(asked.search):
        where.add("p.search like ? escape '!'", pattern)
    if asked.role is None:
        statement = f"{_SELECT}{where.text()} order by p.name limit ?"
    else:
        where.add("m.role = ? and p.name = m.person", asked.role)
        statement = (
            f"select {_COLUMNS} from membership m cross join person p{where.text()} order by p.name limit ?"
        )
    return [_user(row) for row in session.read(statement, *where.values, asked.limit)]


def patterns(search: str) -> list[str]:
    """What each word of a search must be like."""
    words = search.casefold().split()
    return ["%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%" for word in words]


def add(session: Session, user: User, password: str, now: int) -> None:
    """Keep a new person; ``password`` is its hash, empty for somebody who can not log in with one."""
    session.run(_INSERT, user.name, *_values(user), password, now)


def change(session: Session, user: User) -> None:
    """Keep what is known of a person now."""
    session.run(_UPDATE, *_values(user), user.name)


def _values(user: User) -> Tuple:
    search = f"{user.name} {user.display_name} {user.email}".casefold()
    return (
        user.display_name, user.email, int(user.is_active), user.manager, user.time_zone, user.language,
        pack(user.settings), search,
    )  # fmt: skip


def password(session: Session, name: str) -> str:
    """The hash of an active person's password; empty if there is no such person, or no password."""
    found = session.read(_HASH, name)
    return str(found[0][0]) if found else ""


def set_password(session: Session, name: str, hashed: str) -> None:
    """Keep another password."""
    session.run(_KEEP, hashed, name)


def has_login(session: Session) -> bool:
    """Whether there is anybody who could log in."""
    return bool(session.read(_ANY))


def roles_of(session: Session, name: str) -> Sequence[str]:
    """The roles that were given to a person directly."""
    return [row[0] for row in session.read(_ROLES, name)]


def _user(row: Tuple) -> User:
    return User(
        name=row[0],
        display_name=row[1],
        email=row[2],
        is_active=bool(row[3]),
        manager=row[4],
        time_zone=row[5],
        language=row[6],
        settings=_settings(bytes(row[7])),
    )


def exist(session: Session) -> bool:
    """Whether there is anybody."""
    return bool(session.read("select 1 from person limit 1"))
