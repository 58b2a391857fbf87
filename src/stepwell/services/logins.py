"""Logging in and out, and where a person is logged in."""

import secrets
from datetime import UTC, datetime

from msgspec import Struct

from stepwell.config import Settings
from stepwell.errors import NotFound, TooOften, Unauthenticated
from stepwell.identity import Actor
from stepwell.identity.policies import person as policy
from stepwell.services import passwords
from stepwell.services.allowing import allow, note
from stepwell.services.auditing import note_change
from stepwell.services.directory import DAY, Caller, digest
from stepwell.services.moments import moment
from stepwell.store import Store, logins, people
from stepwell.store.logins import Attempts
from stepwell.store.logins import LoginSession as Row
from stepwell.store.transaction import Transaction

SECRET_BYTES = 32
_MINUTE = 60 * 1_000_000


class Attempt(Struct, frozen=True):
    """Somebody wants to log in, from an address and with a program that call themselves so."""

    name: str
    password: str
    address: str = ""
    agent: str = ""


class Login(Struct, frozen=True):
    """A new session: the ``secret`` that stands for it, told once, and for how many seconds at most."""

    secret: str
    person: str
    session: str
    seconds: float


class LoginSession(Struct, frozen=True):
    """Where a person is logged in; ``is_this``: it is the one that asks."""

    id: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    agent: str
    is_this: bool = False


def login(store: Store, attempt: Attempt, settings: Settings) -> Login:
    """Begin a session; takes a tenth of a second of computing.

    Raises ``Unauthenticated`` when name and password do not belong together, and ``TooOften`` when that
    happened too often: both whether or not there is such a person.
    """
    name = attempt.name.strip().casefold()
    with store.transaction() as tx:
        count_attempt(tx, name, settings)
        kept = people.password(tx.session, name)
    if not passwords.is_right(kept, attempt.password):
        note("login failed", name=name, address=attempt.address)
        raise Unauthenticated("login.failed", "Expected a name and its password, but they do not fit.")
    fresh = passwords.hashed_again(attempt.password) if passwords.is_outdated(kept) else ""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    seconds = settings.session_days * DAY / 1_000_000
    with store.transaction() as tx:
        logins.forget_attempts(tx.session, name)
        if fresh:
            people.set_password(tx.session, name, fresh)
        place = (
            tx.now,
            tx.now,
            tx.now + round(seconds * 1_000_000),
            attempt.address[:100],
            attempt.agent[:200],
        )
        made = Row(secrets.token_urlsafe(9), name, *place)
        logins.add_session(tx.session, made, digest(secret))
    note("logged in", name=name, address=attempt.address)
    return Login(secret, name, made.id, seconds)


def count_attempt(tx: Transaction, name: str, settings: Settings) -> None:
    """Count an attempt before it is known to fail: many at once get no more tries than one by one.

    Raises ``TooOften`` when there were too many.
    """
    tx.session.lock_name(f"login {name}")
    before = logins.attempts(tx.session, name)
    if before.locked_until > tx.now:
        until = datetime.fromtimestamp(before.locked_until / 1_000_000, UTC)
        message = (
            f"Expected at most {settings.login_failures} failed logins under one name, but there were more:"
            f" it is locked until {until:%H:%M:%S} UTC."
        )
        raise TooOften("login.locked", message, (before.locked_until - tx.now) / 1_000_000)
    failures = before.failures + 1 if tx.now - before.failed_at < DAY else 1
    is_last = failures >= settings.login_failures
    until_at = tx.now + round(settings.login_lock_minutes * _MINUTE) if is_last else 0
    logins.put_attempts(tx.session, name, Attempts(failures, tx.now, until_at))
    if is_last and people.fetch(tx.session, name) is not None:
        found = {"failures": failures, "until": moment(until_at).isoformat()}
        note_change(tx, "", ("login.locked", name), None, found)


def logout(store: Store, caller: Caller) -> None:
    """End the session that asks; nothing happens when there is none."""
    if caller.kind == "session":
        with store.transaction() as tx:
            if logins.end_session(tx.session, caller.id, caller.actor.name):
                tx.raise_epoch()


def sessions(store: Store, caller: Caller) -> tuple[LoginSession, ...]:
    """Where the person that asks is logged in."""
    with store.reading() as session:
        rows = logins.sessions(session, caller.actor.name)
    return tuple(_view(row, caller.id) for row in rows)


def end_session(store: Store, person: str, id: str, actor: Actor) -> None:
    """End a session of a person; raises ``NotFound``."""
    allow(
        policy.may_end_logins(actor, person), "session.forbidden",
        f"Expected to be allowed to end the sessions of {person}",
    )  # fmt: skip
    with store.transaction() as tx:
        if not logins.end_session(tx.session, id, person):
            raise NotFound(
                "session.unknown", f"Expected a session '{id[:60]}' of {person}, but there is none."
            )
        tx.raise_epoch()


def _view(row: Row, this: str) -> LoginSession:
    return LoginSession(
        row.id,
        moment(row.created_at),
        moment(row.seen_at),
        moment(row.expires_at),
        row.address,
        row.agent,
        row.id == this,
    )
