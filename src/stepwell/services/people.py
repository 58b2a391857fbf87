"""People: add and change them, let them log in or not, and find them."""

import re
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from msgspec import Struct
from msgspec.structs import asdict, replace

from stepwell.errors import Conflict, Invalid, NotFound, Problem
from stepwell.identity import Actor, User
from stepwell.identity.policies import person as policy
from stepwell.services import cursors, given, passwords
from stepwell.services.allowing import allow, note
from stepwell.services.auditing import note_change
from stepwell.services.digests.planning import plan
from stepwell.store import Store, logins, roles
from stepwell.store import people as rows
from stepwell.store.people import PersonFilter
from stepwell.store.transaction import Transaction

LOGIN_NAME = r"^[a-z0-9_][a-z0-9_.@+-]{0,99}$"
_SIGN = (
    r"[^@\u0000-\u0020\u007f-\u00a0]"  # the standards of JSON schemas and of Python differ on what is a blank
)
EMAIL = rf"^({_SIGN}+@{_SIGN}+)?$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"


class Person(Struct, frozen=True):
    """A person as everybody who is logged in may know them; ``roles`` are those given directly."""

    name: str
    display_name: str
    email: str
    is_active: bool
    manager: str
    time_zone: str
    language: str
    roles: tuple[str, ...] = ()


class PersonPage(Struct, frozen=True):
    """People in the order of their names; ``after`` asks for the next ones, None if there are none."""

    items: tuple[Person, ...]
    after: str | None = None


class NewPerson(Struct, frozen=True, kw_only=True):
    """Who comes. Without a password only an API token can be used."""

    name: str
    display_name: str = ""
    email: str = ""
    manager: str = ""
    time_zone: str = "UTC"
    language: str = "en"
    roles: tuple[str, ...] = ()
    password: str = ""


class PersonChange(Struct, frozen=True, kw_only=True):
    """What changes about a person; what is None stays."""

    display_name: str | None = None
    email: str | None = None
    manager: str | None = None
    time_zone: str | None = None
    language: str | None = None


class Filter(Struct, frozen=True, kw_only=True):
    """Which people: all of the words in their names or addresses, direct members of a role, active or not."""

    search: str = ""
    role: str | None = None
    is_active: bool | None = None
    limit: int = 50
    after: str | None = None


def add(store: Store, new: NewPerson, actor: Actor) -> Person:
    """Add a person; raises ``Invalid`` with everything that is wrong, ``Conflict`` if the name is taken."""
    allow(policy.may_administer(actor), "person.forbidden", "Expected to be allowed to add a person")
    _check(problems_of(new))
    kept = passwords.hashed(new.password, new.name) if new.password else ""
    with store.transaction() as tx:
        added = add_in(tx, new, actor, kept)
    note("person added", name=new.name, roles=new.roles, by=actor.name)
    return added


def add_in(tx: Transaction, new: NewPerson, actor: Actor, kept: str = "") -> Person:
    """``add`` inside the caller's transaction, with the hash of the password; ``problems_of`` are none."""
    user = _user(new)
    if rows.fetch(tx.session, user.name) is not None:
        raise Conflict("person.exists", f"Expected a new login name, but '{user.name}' is there already.")
    _check(_unknown(tx, user, new.roles))
    rows.add(tx.session, user, kept, tx.now)
    for role in new.roles:
        roles.add_member(tx.session, user.name, role)
    note_change(tx, actor, ("person.added", user.name), None, facts(user) | {"roles": list(new.roles)})
    tx.raise_epoch()
    return view(user, new.roles)


def problems_of(new: NewPerson) -> list[Problem]:
    """What is wrong with a new person, whatever there is already."""
    user = _user(new)
    return _problems(user) + _name_problems(user.name)


def _user(new: NewPerson) -> User:
    known = asdict(new)
    return User(**{name: value for name, value in known.items() if name not in {"roles", "password"}})


def change(store: Store, name: str, changed: PersonChange, actor: Actor) -> Person:
    """Change what is known of a person."""
    allow(policy.may_administer(actor), "person.forbidden", f"Expected to be allowed to change {name[:100]}")
    with store.transaction() as tx:
        return change_in(tx, name, changed, actor)


def change_in(tx: Transaction, name: str, changed: PersonChange, actor: Actor) -> Person:
    """``change`` inside the caller's transaction."""
    before = fetch(tx, name)
    user = replace(before, **said(changed))
    _check(_problems(user) + _unknown(tx, user))
    rows.change(tx.session, user)
    plan(tx, user)
    note_change(tx, actor, ("person.changed", name), facts(before), facts(user))
    tx.raise_epoch()
    return view(user, tuple(rows.roles_of(tx.session, name)))


def set_active(store: Store, name: str, is_active: bool, actor: Actor) -> Person:
    """Let a person in again, or not any more: then all sessions end and all API tokens are worthless."""
    allow(policy.may_administer(actor), "person.forbidden", f"Expected to be allowed to change {name[:100]}")
    with store.transaction() as tx:
        person = set_active_in(tx, name, is_active, actor)
    note("person enabled" if is_active else "person disabled", name=name, by=actor.name)
    return person


def set_active_in(tx: Transaction, name: str, is_active: bool, actor: Actor) -> Person:
    """``set_active`` inside the caller's transaction."""
    before = fetch(tx, name)
    user = replace(before, is_active=is_active)
    rows.change(tx.session, user)
    plan(tx, user)
    what = "person.enabled" if is_active else "person.disabled"
    note_change(tx, actor, (what, name), facts(before), facts(user))
    if not is_active:
        logins.end_sessions(tx.session, name)
        logins.revoke_api_tokens(tx.session, name)
    tx.raise_epoch()
    return view(user, tuple(rows.roles_of(tx.session, name)))


def set_password(store: Store, name: str, password: str, actor: Actor) -> None:
    """Give a person another password; all sessions end."""
    allow(
        policy.may_administer(actor), "person.forbidden",
        f"Expected to be allowed to set the password of {name[:100]}",
    )  # fmt: skip
    keep_password(store, name, passwords.hashed(password, name), by=actor)
    note("password set", name=name, by=actor.name)


def keep_password(store: Store, name: str, kept: str, session: str = "", *, by: Actor) -> None:
    """Keep the hash of another password; all sessions of the person end but ``session``."""
    with store.transaction() as tx:
        fetch(tx, name)
        rows.set_password(tx.session, name, kept)
        logins.end_sessions(tx.session, name, session)
        logins.forget_attempts(tx.session, name)
        note_change(tx, by, ("password.set", name), None, None)
        tx.raise_epoch()


def load(store: Store, name: str) -> Person:
    """One person; raises ``NotFound``."""
    with store.reading() as session:
        user = rows.fetch(session, name)
        if user is None:
            raise _missing(name)
        return view(user, tuple(rows.roles_of(session, name)))


def page(store: Store, asked: Filter) -> PersonPage:
    """People; raises ``Invalid`` for a wrong limit or ``after``."""
    count = cursors.limit(asked.limit)
    wanted = PersonFilter(
        search=given.text(asked.search, "search"), role=given.asked(asked.role, "role"),
        is_active=asked.is_active, limit=count + 1, after=cursors.decode_name(asked.after),
    )  # fmt: skip
    with store.reading() as session:
        found = rows.page(session, wanted)
    more = cursors.encode_name(found[count - 1].name) if len(found) > count else None
    return PersonPage(tuple(view(user) for user in found[:count]), more)


def has_login(store: Store) -> bool:
    """Whether there is anybody who could log in with a password."""
    with store.reading() as session:
        return rows.has_login(session)


def view(user: User, given_roles: tuple[str, ...] = ()) -> Person:
    return Person(
        user.name,
        user.display_name,
        user.email,
        user.is_active,
        user.manager,
        user.time_zone,
        user.language,
        given_roles,
    )


def fetch(tx: Transaction, name: str) -> User:
    """What is kept of a person; raises ``NotFound``."""
    user = rows.fetch(tx.session, name)
    if user is None:
        raise _missing(name)
    return user


def _missing(name: str) -> NotFound:
    return NotFound("person.unknown", f"Expected a person '{name[:100]}', but there is none.")


def facts(user: User) -> dict[str, Any]:
    """What is noted of a person when it changes; settings are their own affair."""
    return {name: value for name, value in asdict(user).items() if name not in ("name", "settings")}


def said(changed: Struct) -> dict[str, Any]:
    """What a change names."""
    return {name: value for name, value in asdict(changed).items() if value is not None}


def expect_valid(user: User) -> None:
    """Raise ``Invalid`` with everything that is wrong with what is known of a person."""
    _check(_problems(user))


def fits(pattern: str, text: str) -> bool:
    """Whether a text is like a pattern; a line's end is part of the text."""
    return re.match(pattern.removesuffix("$") + r"\Z", text) is not None


def _check(problems: list[Problem]) -> None:
    if problems:
        raise Invalid("input.invalid", problems[0].message, problems)


def _name_problems(name: str) -> list[Problem]:
    if fits(LOGIN_NAME, name):
        return []
    message = (
        "Expected a login name of at most 100 small letters, digits and the characters . _ @ + -,"
        f" but found {name[:100]!r}."
    )
    return [Problem("person.name", message, field="name")]


@cache
def _time_zones() -> frozenset[str]:
    """All that this machine knows; to find them takes tens of milliseconds."""
    return frozenset(available_timezones())


def _problems(user: User) -> list[Problem]:
    found: list[Problem] = []
    for field, value in (("display_name", user.display_name), ("email", user.email)):
        try:
            given.text(value, field)
        except Invalid as error:
            found += error.problems
    if not fits(EMAIL, user.email):
        message = f"Expected an e-mail address, but found {user.email[:100]!r}."
        found.append(Problem("person.email", message, field="email"))
    if user.time_zone not in _time_zones():
        message = f"Expected a time zone such as Europe/Vienna, but found {user.time_zone[:100]!r}."
        found.append(Problem("person.time-zone", message, field="time_zone"))
    if not fits(LANGUAGE, user.language):
        message = f"Expected a language such as en or de-AT, but found {user.language[:100]!r}."
        found.append(Problem("person.language", message, field="language"))
    return found


def _unknown(tx: Transaction, user: User, given_roles: tuple[str, ...] = ()) -> list[Problem]:
    """The manager or the roles that are not there."""
    found = []
    if user.manager and (user.manager == user.name or rows.fetch(tx.session, user.manager) is None):
        message = f"Expected the manager to be another person, but found {user.manager[:100]!r}."
        found.append(Problem("person.manager", message, field="manager"))
    for role in given_roles:
        if roles.fetch(tx.session, role) is None:
            message = f"Expected a role '{role[:100]}', but there is none."
            found.append(Problem("role.unknown", message, field="roles"))
    return found
