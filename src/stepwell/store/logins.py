"""Where people are logged in, their API tokens, and failed attempts to log in.

A secret is never kept, only the SHA-256 of it: secrets are random and long, so nobody can guess them from it.
"""

from msgspec import Struct

from stepwell.store.session import Session

HOUR = 3600 * 1_000_000
ApiTokenPlace = tuple[str, int, str]  # person, when it was made, and its id
START: ApiTokenPlace = ("", 0, "")

_SESSION = "select id, person, created_at, seen_at, expires_at, address, agent from login_session"
_ADD_SESSION = (
    "insert into login_session (id, hash, person, created_at, seen_at, expires_at, address, agent)"
    " values (?, ?, ?, ?, ?, ?, ?, ?)"
)
_TOUCH_SESSION = "update login_session set seen_at = ? where id = ?"
_KEYS = "select id, person, name, scope, created_at, expires_at, seen_at from api_token"
_PAGE_OF_KEYS = f"{_KEYS} where (person, created_at, id) > (?, ?, ?) order by person, created_at, id limit ?"
_PAGE_OF_PERSON = f"{_KEYS} where person = ? and (created_at, id) > (?, ?) order by created_at, id limit ?"
_KEEP = "insert into api_token (id, hash, person, name, scope, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?)"
_TOUCH_KEY = "update api_token set seen_at = ? where id = ?"
_ATTEMPTS = "select failures, failed_at, locked_until from login_attempt where name = ?"
_PUT_ATTEMPTS = (
    "insert into login_attempt (name, failures, failed_at, locked_until) values (?, ?, ?, ?) on conflict (name)"
    " do update set failures = excluded.failures, failed_at = excluded.failed_at, locked_until = excluded.locked_until"
)
SWEEP = {
    "session": "delete from login_session where expires_at < ?",
    "attempt": "delete from login_attempt where failed_at < ? and locked_until < ?",
}


class LoginSession(Struct, frozen=True):
    """A browser in which a person is logged in: since when, when it was last seen, until when at most."""

    id: str
    person: str
    created_at: int
    seen_at: int
    expires_at: int
    address: str = ""
    agent: str = ""


class ApiToken(Struct, frozen=True):
    """What a program of a person sends in place of a password; ``expires_at`` None: never."""

    id: str
    person: str
    name: str
    scope: str
    created_at: int
    expires_at: int | None = None
    seen_at: int | None = None


class Attempts(Struct, frozen=True):
    """Failed attempts to log in under a name since the last success."""

    failures: int = 0
    failed_at: int = 0
    locked_until: int = 0


def add_session(session: Session, made: LoginSession, digest: bytes) -> None:
    """Keep a new session by the hash of its secret."""
    place = (made.created_at, made.seen_at, made.expires_at, made.address, made.agent)
    session.run(_ADD_SESSION, made.id, digest, made.person, *place)


def session_of(session: Session, digest: bytes) -> LoginSession | None:
    """The session of a secret, whether or not it has run out."""
    found = session.read(f"{_SESSION} where hash = ?", digest)
    return LoginSession(*found[0]) if found else None


def sessions(session: Session, person: str) -> list[LoginSession]:
    """Where a person is logged in."""
    found = session.read(f"{_SESSION} where person = ? order by id limit 1000", person)
    return [LoginSession(*row) for row in found]


def touch_session(session: Session, id: str, now: int) -> None:
    """Note that a session was seen."""
    session.run(_TOUCH_SESSION, now, id)


def end_session(session: Session, id: str, person: str) -> bool:
    """Forget one session of a person; False if it is none."""
    return bool(session.run("delete from login_session where id = ? and person = ?", id, person))


def end_sessions(session: Session, person: str, but: str = "") -> int:
    """Forget all sessions of a person, or all but one; gives how many."""
    return session.run("delete from login_session where person = ? and id != ?", person, but)


def add_api_token(session: Session, made: ApiToken, digest: bytes) -> None:
    """Keep a new API token by the hash of its secret."""
    session.run(_KEEP, made.id, digest, made.person, made.name, made.scope, made.created_at, made.expires_at)


def api_token_of(session: Session, digest: bytes) -> ApiToken | None:
    """The API token of a secret, whether or not it has run out."""
    found = session.read(f"{_KEYS} where hash = ?", digest)
    return ApiToken(*found[0]) if found else None


def api_token(session: Session, id: str) -> ApiToken | None:
    """An API token by its public id."""
    found = session.read(f"{_KEYS} where id = ?", id)
    return ApiToken(*found[0]) if found else None


def api_tokens(session: Session, person: str, limit: int, after: ApiTokenPlace = START) -> list[ApiToken]:
    """The API tokens of a person (empty: of everybody, by person) behind a place, the oldest first."""
    if person:
        found = session.read(_PAGE_OF_PERSON, person, *after[1:], limit)
    else:
        found = session.read(_PAGE_OF_KEYS, *after, limit)
    return [ApiToken(*row) for row in found]


def revoke_api_tokens(session: Session, person: str) -> None:
    """Forget all API tokens of a person."""
    session.run("delete from api_token where person = ?", person)


def touch_api_token(session: Session, id: str, now: int) -> None:
    """Note that an API token was used."""
    session.run(_TOUCH_KEY, now, id)


def revoke_api_token(session: Session, id: str) -> None:
    """Forget an API token."""
    session.run("delete from api_token where id = ?", id)


def attempts(session: Session, name: str) -> Attempts:
    """What failed under a name, whether or not there is such a person."""
    found = session.read(_ATTEMPTS, name)
    return Attempts(*found[0]) if found else Attempts()


def put_attempts(session: Session, name: str, found: Attempts) -> None:
    """Keep how often it failed under a name."""
    session.run(_PUT_ATTEMPTS, name, found.failures, found.failed_at, found.locked_until)


def forget_attempts(session: Session, name: str) -> None:
    """Begin to count anew."""
    session.run("delete from login_attempt where name = ?", name)


def sweep(session: Session, now: int) -> int:
    """Delete sessions that ran out, and attempts older than a day; gives how many rows."""
    day = 24 * HOUR
    return session.run(SWEEP["session"], now) + session.run(SWEEP["attempt"], now - day, now)
