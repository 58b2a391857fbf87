"""Who is who, as one process knows it: people with their roles and rights, and whose a secret is.

What was read is remembered under the epoch of the database: every change of people, roles and logins raises
it. A change made in this process is known at once, one made elsewhere within ``FRESH_FOR`` seconds.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from msgspec import Struct

from stepwell.errors import NotFound
from stepwell.identity import Actor, Right, RoleTree, User
from stepwell.store import Store, logins, people, roles
from stepwell.store.session import Session

Kind = Literal["installation", "session", "api token"]
FRESH_FOR = 1.0  # seconds until this process looks whether something changed elsewhere
RECHECK = 600_000_000  # microseconds after which a secret that is in use is looked up again
SEEN = 3600_000_000  # microseconds after which it is noted anew that a secret was used
MOST = 20_000  # people and secrets remembered
DAY = 24 * 3600 * 1_000_000
_NOTHING: frozenset[Right] = frozenset()


class Person(Struct, frozen=True):
    """A person with the roles that were given directly, and who that makes the person."""

    user: User
    given: tuple[str, ...]
    actor: Actor


class Caller(Struct, frozen=True):
    """Who asks, and how that is known. ``id`` is that of the session or API token; ``until`` is when it has to
    be looked up again; ``reads_only``: the API token may change nothing.
    """

    actor: Actor
    kind: Kind
    id: str = ""
    until: int = 1 << 62
    reads_only: bool = False


class _Memory:
    """What was read under one epoch. Who reads holds on to the memory it began with, so that something
    outdated never gets into a new one.
    """

    def __init__(self) -> None:
        self.tree: RoleTree | None = None
        self.people: dict[str, Person | None] = {}
        self.callers: dict[bytes, Caller] = {}
        self.members: dict[str, bool] = {}
        self.is_empty: bool | None = None


class Directory:
    """The people of an installation; any thread may ask. ``idle`` is how long a session lives unused, in
    microseconds.
    """

    def __init__(self, store: Store, idle: int = 7 * DAY) -> None:
        self.store = store
        self.idle = idle
        self.epoch = -1
        self.now = 0
        self._memory = _Memory()
        self._looked_at = float("-inf")
        store.on_epoch.append(self.forget)

    def forget(self) -> None:
        """Something changed: read again whatever is asked for."""
        self._memory = _Memory()

    def is_fresh(self, monotonic: float) -> bool:
        """Whether it was looked recently; if not, the caller is the one to ``refresh``."""
        if monotonic - self._looked_at < FRESH_FOR:
            return True
        self._looked_at = monotonic
        return False

    def refresh(self) -> None:
        """Look whether something changed elsewhere, and what time it is."""
        epoch, self.now = self.store.current()
        self.learn(epoch)

    def learn(self, epoch: int) -> None:
        """Forget what was read under another epoch than that of the database now."""
        if epoch != self.epoch:
            self.forget()
            self.epoch = epoch

    # -- people and roles -----------------------------------------------------------------------------
    # Whoever asks within a transaction gives its session.

    def tree(self, session: Session | None = None) -> RoleTree:
        """All roles."""
        memory = self._memory
        if memory.tree is None:
            with self._reading(session) as reading:
                memory.tree = RoleTree(roles.everything(reading))
        return memory.tree

    def find(self, name: str, session: Session | None = None) -> Person | None:
        """A person by the login name, also one that was disabled; None if there is none."""
        memory = self._memory
        if name not in memory.people:
            tree = self.tree(session)
            if len(memory.people) >= MOST:
                memory.people.clear()
            with self._reading(session) as reading:
                memory.people[name] = _person(reading, name, tree)
        return memory.people[name]

    def is_empty(self, session: Session) -> bool:
        """Whether nobody is known at all: Stepwell is part of a program that has people of its own."""
        memory = self._memory
        if memory.is_empty is None:
            memory.is_empty = not people.exist(session)
        return memory.is_empty

    @contextmanager
    def _reading(self, session: Session | None) -> Iterator[Session]:
        if session is not None:
            yield session
            return
        with self.store.reading() as reading:
            yield reading

    def person(self, name: str) -> Person:
        """A person by the login name; raises ``NotFound``."""
        found = self.find(name)
        if found is None:
            raise NotFound("person.unknown", f"Expected a person '{name[:100]}', but there is none.")
        return found

    def actor(self, name: str, session: Session | None = None) -> Actor:
        """Who a person is to the policies; one that was disabled, or is not known, has no role and no right."""
        found = self.find(name, session)
        return found.actor if found and found.user.is_active else Actor(name)

    def has_members(self, role: str, session: Session | None = None) -> bool:
        """Whether somebody active is a member of a role, or of one below it."""
        members = self._memory.members
        if role not in members:
            below = sorted(self.tree(session).below(role))
            if len(members) >= MOST:
                members.clear()
            with self._reading(session) as reading:
                members[role] = roles.has_members(reading, below)
        return members[role]

    def repairers(self) -> tuple[str, ...]:
        """How the roles are called whose members see and repair what is stuck."""
        found = [role for role in self.tree().roles.values() if "operate" in role.rights]
        return tuple(sorted(role.label or role.name for role in found))

    # -- secrets --------------------------------------------------------------------------------------

    def remembered(self, digest: bytes, kind: Kind) -> Caller | None:
        """Whose a secret is, if that is known without asking anybody."""
        found = self._memory.callers.get(digest)
        return found if found is not None and found.until > self.now and found.kind == kind else None

    def caller(self, digest: bytes, kind: Kind) -> Caller | None:
        """Whose a secret is; None if it is nobody's, ran out, or the person was disabled."""
        memory = self._memory
        self.now = max(self.now, self.store.current()[1])
        found = self._session(digest) if kind == "session" else self._api_token(digest)
        if found is not None:
            if len(memory.callers) >= MOST:
                memory.callers.clear()
            memory.callers[digest] = found
        return found

    def _session(self, digest: bytes) -> Caller | None:
        with self.store.reading() as session:
            row = logins.session_of(session, digest)
        if row is None:
            return None
        until = min(row.expires_at, row.seen_at + self.idle)
        person = self.find(row.person)
        if until <= self.now or person is None or not person.user.is_active:
            return None
        if self.now - row.seen_at > SEEN:
            with self.store.transaction() as tx:
                logins.touch_session(tx.session, row.id, self.now)
        return Caller(person.actor, "session", row.id, min(until, self.now + RECHECK))

    def _api_token(self, digest: bytes) -> Caller | None:
        with self.store.reading() as session:
            row = logins.api_token_of(session, digest)
        if row is None:
            return None
        until = 1 << 62 if row.expires_at is None else row.expires_at
        person = self.find(row.person)
        if until <= self.now or person is None or not person.user.is_active:
            return None
        if row.seen_at is None or self.now - row.seen_at > SEEN:
            with self.store.transaction() as tx:
                logins.touch_api_token(tx.session, row.id, self.now)
        actor = scoped(person.actor, row.scope)
        return Caller(actor, "api token", row.id, min(until, self.now + RECHECK), row.scope == "read")


def scoped(actor: Actor, scope: str) -> Actor:
    """The person behind an API token: only one of scope ``all`` has the rights, the others look."""
    if scope == "all":
        return actor
    return Actor(actor.name, actor.roles, _NOTHING, actor.language, actor.time_zone, actor.rights)


def digest(secret: str | bytes) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode() if isinstance(secret, str) else secret).digest()


def _person(session: Session, name: str, tree: RoleTree) -> Person | None:
    user = people.fetch(session, name)
    if user is None:
        return None
    given = tuple(people.roles_of(session, name))
    effective = tree.effective(given)
    actor = Actor(name, effective, tree.rights(effective), user.language, user.time_zone)
    return Person(user, given, actor)
