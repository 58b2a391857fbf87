"""Saved views: lists that a person keeps, for themselves or for everybody.

The subject is the name of a record type, or of another list of the web app, whose views are not looked into.
"""

import re
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from stepwell.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from stepwell.identity import Actor
from stepwell.records.naming import is_clean, shown
from stepwell.services.moments import moment
from stepwell.services.records.reading import ListAsked, rows_of
from stepwell.services.records.viewer import Viewer, ask
from stepwell.services.records.work import Work
from stepwell.services.repeating import repeatable
from stepwell.store import Store
from stepwell.store.records import views as rows

MOST = 100
LONGEST_LABEL = 200
LARGEST = 20_000
SUBJECT = re.compile(r"[a-z][a-z0-9_-]{0,59}\Z")


class ViewContent(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a view shows: columns, filter, order, words searched for; ``more`` is the web app's own."""

    columns: tuple[str, ...] = ()
    filter: Any = None
    sort: tuple[str, ...] = ()
    search: str = ""
    more: dict[str, Any] = {}


class SavedView(Struct, frozen=True, kw_only=True):
    """A list that somebody keeps; a shared one is everybody's to see."""

    id: str
    subject: str
    label: str
    owner: str
    shared: bool
    content: ViewContent
    changed_at: datetime
    may_change: bool


class Given(Struct, frozen=True, kw_only=True):
    """A view as it is to be."""

    label: str
    content: ViewContent
    shared: bool = False


class Removed(Struct, frozen=True):
    """The id of what is no more."""

    id: str


def page(store: Store, actor: Actor, subject: str) -> tuple[SavedView, ...]:
    """The views of a subject that are the person's or shared, the person's own first."""

    def question(viewer: Viewer) -> tuple[SavedView, ...]:
        if subject in viewer.known.types:
            viewer.type(subject)
        return tuple(_view(actor, row) for row in rows.of(viewer.session, subject, actor.name))

    return ask(store, actor, question)


def add(store: Store, actor: Actor, subject: str, given: Given, key: str = "") -> SavedView:
    """Keep a new view; raises ``Invalid`` with everything that its subject can not show."""
    with store.transaction() as tx:
        work = Work(tx, actor)
        _check(work, subject, given)

        def carry_out() -> SavedView:
            if rows.count(tx.session, subject, actor.name) >= MOST:
                raise Conflict(
                    "view.too-many", f"Expected at most {MOST} views of '{subject}' for one person."
                )
            row = rows.SavedView(
                0, subject, actor.name, given.shared, given.label.strip(), _packed(given.content), tx.now
            )
            return _view(actor, msgspec.structs.replace(row, id=rows.insert(tx.session, row)))

        content = ("view", subject, given.label, given.shared, _packed(given.content))
        return repeatable(tx, (actor.name, key), content, carry_out, SavedView)


def change(store: Store, actor: Actor, id: str, given: Given) -> SavedView:
    """Let a view be another one; only its owner and those who administer may."""
    with store.transaction() as tx:
        row = _own(rows.fetch(tx.session, _number(id)), actor, id)
        _check(Work(tx, actor), row.subject, given)
        changed = msgspec.structs.replace(
            row,
            shared=given.shared,
            label=given.label.strip(),
            content=_packed(given.content),
            changed_at=tx.now,
        )
        rows.update(tx.session, changed)
    return _view(actor, changed)


def remove(store: Store, actor: Actor, id: str) -> Removed:
    """Forget a view; only its owner and those who administer may."""
    with store.transaction() as tx:
        row = _own(rows.fetch(tx.session, _number(id)), actor, id)
        rows.delete(tx.session, row.id)
    return Removed(id)


def _check(work: Work, subject: str, given: Given) -> None:
    """Whether the subject can show it: for records its filter, columns and order are tried."""
    problems = []
    if not SUBJECT.match(subject):
        problems.append(
            Problem(
                "view.subject", f"Expected the name of a list, but found {shown(subject)}.", field="subject"
            )
        )
    if not given.label.strip() or len(given.label) > LONGEST_LABEL or not is_clean(given.label):
        message = f"Expected a label of at most {LONGEST_LABEL} characters, but found {shown(given.label)}."
        problems.append(Problem("view.label", message, field="label"))
    packed = _packed(given.content)
    if len(packed) > LARGEST or not is_clean(packed):
        problems.append(
            Problem("view.too-large", f"Expected a view of at most {LARGEST} bytes.", field="content")
        )
    if problems:
        raise Invalid("view.invalid", "Expected a view that can be kept, but it has problems.", problems)
    if subject in work.known.types:
        content = given.content
        columns = content.columns or None
        rows_of(
            work, ListAsked(type=subject, filter=content.filter, sort=content.sort, columns=columns, limit=1)
        )


def _own(found: rows.SavedView | None, actor: Actor, id: str) -> rows.SavedView:
    """A view that the person may change."""
    is_mine = found is not None and actor.name and found.owner == actor.name
    may = is_mine or actor.may("administer")
    if found is None or not (may or found.shared):
        raise NotFound("view.unknown", f"Expected a saved view, but there is no {shown(id)}.")
    if not may:
        raise Forbidden("view.not-own", f"Expected a view of your own, but {id} is that of '{found.owner}'.")
    return found


def _number(id: str) -> int:
    return int(id) if id.isascii() and id.isdigit() and len(id) <= 18 else 0


def _packed(content: ViewContent) -> str:
    return msgspec.json.encode(content).decode()


def _view(actor: Actor, row: rows.SavedView) -> SavedView:
    may = actor.may("administer") or (bool(actor.name) and row.owner == actor.name)
    return SavedView(
        id=str(row.id), subject=row.subject, label=row.label, owner=row.owner, shared=row.shared,
        content=msgspec.json.decode(row.content, type=ViewContent), changed_at=moment(row.changed_at), may_change=may,
    )  # fmt: skip
