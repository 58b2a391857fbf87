"""Files beside records, and beside whatever else registers who may see and change it.

The contents are stored first, under a random name; then the row is kept. What is deleted vanishes at once
and is removed from its place later, as is what was uploaded and then taken by nothing for a day.
"""

import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct

from stepwell.connectors.files import Files, Stored
from stepwell.errors import Forbidden, NotFound
from stepwell.identity import Actor
from stepwell.identity.policies.record import narrower
from stepwell.records.naming import is_clean, shown
from stepwell.records.values import parse_reference
from stepwell.services import contents as contents_of
from stepwell.services.moments import moment
from stepwell.services.records.reading import find
from stepwell.services.records.viewer import Viewer, ask
from stepwell.services.records.work import Work
from stepwell.services.repeating import repeatable
from stepwell.store import Store
from stepwell.store.records import attachments as rows

DAY = 24 * 3600 * 1_000_000
PART = 200
LONGEST_NAME = 200
Doing = Literal["see", "change"]
Policy = Callable[[Viewer, str, Doing], None]
"""Raises ``NotFound`` or ``Forbidden`` unless the person may see, or add to, what the owner key names."""


class Attachment(Struct, frozen=True, kw_only=True):
    """One file. ``sha256`` is written in hexadecimal; ``owner`` is the public id of what it belongs to, empty
    for one that was only uploaded; ``field`` is the file field that holds it, empty for one beside the record.
    """

    id: str
    owner: str
    field: str
    name: str
    size: int
    sha256: str
    at: datetime
    actor: str


class Upload(Struct, frozen=True, kw_only=True):
    """A file that comes in: what its sender calls it, and what it is for (empty: to be named by a file field)."""

    name: str
    owner: str = ""
    key: str = ""


def _record(viewer: Viewer, owner: str, doing: Doing) -> None:
    """A record's files: who sees the record sees them, who may change it may add and delete them."""
    parsed = parse_reference(owner)
    if parsed is None:
        raise NotFound(
            "attachment.owner-unknown", f"Expected something that has files, but found {shown(owner)}."
        )
    table, row = find(viewer, parsed[0], parsed[1])
    access = viewer.access(table.type.name)
    if doing == "change" and not viewer.may(narrower(access.see, access.change), table.type, row):
        raise Forbidden("record.not-allowed", f"Expected the right to change '{owner}', but it is missing.")


def _step(viewer: Viewer, owner: str, doing: Doing) -> None:
    """A step's files: who sees what is in it sees them, and may add and delete them while it is open."""
    found = contents_of.seen(viewer.session, owner.partition("/")[2], viewer.actor)
    if doing == "change":
        contents_of.expect_open(found)


POLICIES: dict[str, Policy] = {"user-task": _step}
"""Who may see and change the files of other things than records, by the first part of their owner key."""


def expect_allowed(viewer: Viewer, owner: str, doing: Doing) -> None:
    """Raise ``NotFound`` or ``Forbidden`` unless the person may do this with the files of the owner."""
    POLICIES.get(owner.partition("/")[0], _record)(viewer, owner, doing)


async def upload(
    store: Store, files: Files, actor: Actor, given: Upload, pieces: AsyncIterator[bytes]
) -> Attachment:
    """Keep a file; raises ``NotFound``, ``Forbidden`` and ``Invalid``."""
    import asyncio

    id = secrets.token_hex(16)
    if given.owner:
        await asyncio.to_thread(
            ask, store, actor, lambda viewer: expect_allowed(viewer, given.owner, "change")
        )
    stored = await files.store(id, pieces)
    kept = False
    try:
        found = await asyncio.to_thread(_keep, store, actor, given, (id, stored))
        kept = found.id == id
    finally:
        if not kept:
            await asyncio.to_thread(files.remove, id)
    return found


def _keep(store: Store, actor: Actor, given: Upload, new: tuple[str, Stored]) -> Attachment:
    id, stored = new
    with store.transaction() as tx:
        if given.owner:
            expect_allowed(Work(tx, actor), given.owner, "change")
        row = rows.Attachment(
            id, given.owner, "", safe_name(given.name), stored.size, stored.sha256, tx.now, actor.name
        )

        def carry_out() -> Attachment:
            rows.insert(tx.session, row)
            return view(row)

        content = ("attachment", given.owner, given.name, stored.sha256.hex())
        return repeatable(tx, (actor.name, given.key), content, carry_out, Attachment)


def safe_name(given: str) -> str:
    """What a sender calls a file, without folders and what no file system or header can bear."""
    last = given.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable() and is_clean(sign)).strip(" .")
    return plain[:LONGEST_NAME] or "file"


def of(store: Store, actor: Actor, owner: str) -> tuple[Attachment, ...]:
    """The files of a thing, the oldest first."""

    def question(viewer: Viewer) -> tuple[Attachment, ...]:
        expect_allowed(viewer, owner, "see")
        return tuple(map(view, rows.of(viewer.session, owner)))

    return ask(store, actor, question)


def load(store: Store, actor: Actor, id: str) -> Attachment:
    """One file; raises ``NotFound``."""
    return ask(store, actor, lambda viewer: view(_found(viewer, id, "see")))


def contents(files: Files, found: Attachment) -> Iterator[bytes]:
    """What is in a file, piece by piece."""
    return files.pieces(found.id)


def remove(store: Store, actor: Actor, id: str) -> Attachment:
    """Delete a file; raises ``NotFound`` and ``Forbidden``."""
    with store.transaction() as tx:
        found = _found(Work(tx, actor), id, "change")
        if found.field:
            message = f"Expected a file beside the record, but {id} is the value of its field {found.field}."
            raise Forbidden("attachment.in-field", message)
        rows.mark(tx.session, id, tx.now)
    return view(found)


def _found(viewer: Viewer, id: str, doing: Doing) -> rows.Attachment:
    found = rows.fetch(viewer.session, id) if len(id) == 32 else None
    if found is not None and found.owner:
        expect_allowed(viewer, found.owner, doing)
    elif found is None or found.actor != viewer.actor.name:
        raise NotFound("attachment.unknown", f"Expected an attachment, but there is no {shown(id)}.")
    return found


def tidy(store: Store, files: Files) -> int:
    """Remove files that were deleted, and uploads that nothing took for a day; gives how many."""
    count = 0
    while ids := _gone(store):
        for id in ids:
            files.remove(id)
            with store.transaction() as tx:
                rows.forget(tx.session, id)
        count += len(ids)
    return count


def _gone(store: Store) -> list[str]:
    with store.reading() as session:
        return rows.gone(session, session.now() - DAY, PART)


def view(row: rows.Attachment) -> Attachment:
    """A file as people see it."""
    return Attachment(
        id=row.id, owner=row.owner, field=row.field, name=row.name, size=row.size, sha256=row.sha256.hex(),
        at=moment(row.at), actor=row.actor,
    )  # fmt: skip
