"""API tokens: what a program sends in the place of the person whose it is."""

import secrets
from datetime import datetime
from typing import Literal, cast

from msgspec import Struct
from msgspec.structs import asdict

from stepwell.errors import Invalid, NotFound, Problem
from stepwell.identity import Actor
from stepwell.identity.policies import person as policy
from stepwell.services import cursors, given
from stepwell.services.allowing import allow, note
from stepwell.services.auditing import note_change
from stepwell.services.directory import DAY, Directory, digest
from stepwell.services.moments import moment, perhaps
from stepwell.store import Store, logins
from stepwell.store.logins import START, ApiTokenPlace
from stepwell.store.logins import ApiToken as Row

Scope = Literal["read", "act", "all"]
PREFIX = "stw_"  # so that a secret that got somewhere by mistake is recognised
MOST_DAYS = 3660


class ApiToken(Struct, frozen=True):
    """What may be known of an API token. ``scope``: ``read`` sees what the person sees, ``act`` also works as
    any participant does, ``all`` has all rights of the person.
    """

    id: str
    person: str
    name: str
    scope: Scope
    created_at: datetime
    expires_at: datetime | None = None
    seen_at: datetime | None = None


class ApiTokens(Struct, frozen=True):
    """API tokens, the oldest first; those of everybody by person. ``after`` asks for the next ones, None if there are none."""

    items: tuple[ApiToken, ...]
    after: str | None = None


class Page(Struct, frozen=True):
    """How many at once, and behind which place."""

    limit: int = 50
    after: str | None = None


class NewApiToken(ApiToken, frozen=True, kw_only=True):
    """A new one with its ``secret``, which is told only now."""

    secret: str


class Wanted(Struct, frozen=True):
    """What it is for, what it may do, and how many days it lives (None: for ever)."""

    name: str
    scope: Scope = "read"
    days: float | None = 90


def add(directory: Directory, person: str, wanted: Wanted, by: str = "") -> NewApiToken:
    """Make an API token of a person, who asks for it, or ``by`` somebody on the machine."""
    given.name(wanted.name, "name")
    days = wanted.days
    if days is not None and not 0 < days <= MOST_DAYS:
        message = f"Expected days from 0 to {MOST_DAYS}, but found {days}."
        raise Invalid("input.invalid", message, [Problem("number.out-of-range", message, field="days")])
    directory.person(person)
    secret = PREFIX + secrets.token_urlsafe(32)
    with directory.store.transaction() as tx:
        expires_at = None if days is None else tx.now + round(days * DAY)
        made = Row(secrets.token_urlsafe(9), person, wanted.name, wanted.scope, tx.now, expires_at)
        logins.add_api_token(tx.session, made, digest(secret))
        note_change(tx, by or person, ("api-token.added", person), None, _facts(made))
    note("API token made", person=person, name=wanted.name, scope=wanted.scope)
    return NewApiToken(**asdict(_view(made)), secret=secret)


def page(store: Store, person: str, asked: Page, actor: Actor) -> ApiTokens:
    """The API tokens of a person, or for administrators those of all (empty), by person; the oldest first.

    Raises ``Forbidden``, and ``Invalid`` for a wrong limit or ``after``.
    """
    allow(
        policy.may_see_logins(actor, person), "api-token.forbidden",
        f"Expected to be allowed to see the API tokens of {person or 'everybody'}",
    )  # fmt: skip
    count = cursors.limit(asked.limit)
    after = cursors.decode_like(asked.after, START) if asked.after else START
    with store.reading() as session:
        found = logins.api_tokens(session, person, count + 1, cast("ApiTokenPlace", after))
    last = found[count - 1] if len(found) > count else None
    more = cursors.encode((last.person, last.created_at, last.id)) if last else None
    return ApiTokens(tuple(map(_view, found[:count])), more)


def revoke(store: Store, id: str, actor: Actor) -> None:
    """Make an API token worthless at once; raises ``NotFound``, also for one of somebody else."""
    with store.transaction() as tx:
        found = logins.api_token(tx.session, id)
        if found is None or not policy.may_see_logins(actor, found.person):
            raise NotFound("api-token.unknown", f"Expected an API token '{id[:60]}', but there is none.")
        allow(
            policy.may_end_logins(actor, found.person), "api-token.forbidden",
            f"Expected to be allowed to revoke API tokens of {found.person}",
        )  # fmt: skip
        logins.revoke_api_token(tx.session, id)
        note_change(tx, actor, ("api-token.revoked", found.person), _facts(found), None)
        tx.raise_epoch()
    note("API token revoked", person=found.person, name=found.name, by=actor.name)


def _facts(row: Row) -> dict[str, object]:
    """What is noted of an API token: nothing of its secret."""
    expires = perhaps(row.expires_at)
    return {
        "id": row.id,
        "name": row.name,
        "scope": row.scope,
        "expires_at": None if expires is None else expires.isoformat(),
    }


def _view(row: Row) -> ApiToken:
    scope: Scope = row.scope  # type: ignore[assignment]
    return ApiToken(
        row.id,
        row.person,
        row.name,
        scope,
        moment(row.created_at),
        perhaps(row.expires_at),
        perhaps(row.seen_at),
    )
