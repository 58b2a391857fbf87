"""Who changed who may do what: noted in the transaction of the change, read by administrators. Never a secret."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from stepwell.identity import Actor
from stepwell.identity.policies import person as policy
from stepwell.services import cursors, given
from stepwell.services.allowing import allow
from stepwell.services.moments import micros, moment
from stepwell.store import Store, audit
from stepwell.store.audit import AuditFilter
from stepwell.store.transaction import Transaction

Facts = Mapping[str, Any]


class AuditEntry(Struct, frozen=True):
    """One change: who did what to whom or what, and what it was and is. ``actor`` is empty for Stepwell itself."""

    id: str
    at: datetime
    actor: str
    action: str
    subject: str
    before: Any = None
    after: Any = None


class AuditPage(Struct, frozen=True):
    """Changes, the newest first; ``after`` asks for the next ones, None if there are none."""

    items: tuple[AuditEntry, ...]
    after: str | None = None


class Filter(Struct, frozen=True, kw_only=True):
    """Which changes. ``action`` is a whole one (``role.changed``) or its first part (``role``)."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 50
    after: str | None = None


def note_change(
    tx: Transaction, actor: Actor | str, what: tuple[str, str], before: Facts | None, after: Facts | None
) -> None:
    """Keep that an actor did something (action, subject), and which facts about it changed; nothing if none did."""
    was, becomes = _changed(before, after)
    if before is not None and after is not None and was == becomes:
        return
    name = actor if isinstance(actor, str) else actor.name
    audit.add(tx.session, tx.now, name, (*what, _text(was), _text(becomes)))


def _changed(before: Facts | None, after: Facts | None) -> tuple[Facts | None, Facts | None]:
    """Of a thing that was there and stays, only what differs."""
    if before is None or after is None:
        return before, after
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def _text(facts: Facts | None) -> str:
    return "" if facts is None else msgspec.json.encode(facts, order="deterministic").decode()


def page(store: Store, asked: Filter, actor: Actor) -> AuditPage:
    """Changes, the newest first, for those who administer."""
    allow(policy.may_see_audit(actor), "audit.forbidden", "Expected to be allowed to see who changed rights")
    count = cursors.limit(asked.limit)
    place = cursors.decode(asked.after, 1)
    wanted = AuditFilter(
        actor=given.asked(asked.actor, "actor"),
        action=given.asked(asked.action, "action"),
        subject=given.asked(asked.subject, "subject"),
        since=None if asked.since is None else micros(asked.since),
        until=None if asked.until is None else micros(asked.until),
        limit=count + 1,
        after=None if place is None else place[0],
    )
    with store.reading() as session:
        found = audit.page(session, wanted)
    more = cursors.encode((found[count - 1].id,)) if len(found) > count else None
    return AuditPage(tuple(map(_view, found[:count])), more)


def _view(row: audit.Entry) -> AuditEntry:
    before, after = (msgspec.json.decode(text) if text else None for text in (row.was, row.becomes))
    return AuditEntry(str(row.id), moment(row.at), row.actor, row.action, row.subject, before, after)
