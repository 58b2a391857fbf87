"""Process definitions and the files they came in."""

import zlib
from collections.abc import Sequence

from msgspec import Struct

from stepwell.identity import STEPWELL, Actor
from stepwell.store import policies
from stepwell.store.queries.page import Where
from stepwell.store.session import Session
from stepwell.store.statements import NEWEST

_SELECT = (
    "select d.id, d.process_id, d.version, d.name, d.active, f.id, f.name, f.at, f.actor, d.description,"
    f" case when d.active = 1 and d.version = {NEWEST} then 1 else 0 end"
    " from definition d join deployment f on f.id = d.deployment_id"
)
_LATEST = f"d.version = {NEWEST}"
_ROLES = "select definition_id, kind, role from definition_role where definition_id in ({ids}) order by role"
_XML = (
    "select d.process_id, f.xml from definition d join deployment f on f.id = d.deployment_id where d.id = ?"
)

_PAGES = (
    "select p.name, p.content from definition d join deployment_page p on p.deployment_id = d.deployment_id"
    " where d.id = ? order by p.name"
)

_CURRENT = (
    "select d.process_id, f.name, f.xml from definition d join deployment f on f.id = d.deployment_id"
    f" where d.active = 1 and {_LATEST} order by d.process_id"
)


class DefinitionView(Struct, frozen=True):
    """A version of a process: ``file`` is the name it was deployed under, ``at`` when, ``actor`` by whom;
    ``is_current``: new instances run it.
    """

    id: int
    process_id: str
    version: int
    name: str
    active: bool
    deployment_id: int
    file: str
    at: int
    actor: str
    description: str = ""
    is_current: bool = True


class DefinitionFilter(Struct, frozen=True):
    """Which versions: of one process, only the latest ones, only those that the asking actor may run, and those
    before the id ``after``.
    """

    process_id: str | None = None
    only_latest: bool = False
    only_runnable: bool = False
    limit: int = 50
    after: int | None = None


def page(session: Session, asked: DefinitionFilter, actor: Actor = STEPWELL) -> list[DefinitionView]:
    """Definitions that the actor may see, the newest first."""
    where = Where()
    where.equal("d.process_id", asked.process_id)
    if asked.only_latest:
        where.add(_LATEST)
    if asked.only_runnable:
        where.add_condition(policies.definition_run(actor))
    where.add_condition(policies.definition_seen(actor))
    if asked.after is not None:
        where.add("d.id < ?", asked.after)
    found = session.read(f"{_SELECT}{where.text()} order by d.id desc limit ?", *where.values, asked.limit)
    return [_view(row) for row in found]


def fetch(session: Session, definition_id: int, actor: Actor = STEPWELL) -> DefinitionView | None:
    """One version by its id, if the actor may see it."""
    where = Where()
    where.add("d.id = ?", definition_id)
    where.add_condition(policies.definition_seen(actor))
    found = session.read(f"{_SELECT}{where.text()}", *where.values)
    return _view(found[0]) if found else None


def fetch_version(session: Session, process_id: str, version: int | None = None) -> DefinitionView | None:
    """A version of a process; the latest if none is named."""
    if version is None:
        found = session.read(f"{_SELECT} where d.process_id = ? and {_LATEST}", process_id)
    else:
        found = session.read(f"{_SELECT} where d.process_id = ? and d.version = ?", process_id, version)
    return _view(found[0]) if found else None


def roles(session: Session, ids: Sequence[int]) -> dict[int, dict[str, list[str]]]:
    """The roles that versions name, by version and kind (``run`` or ``see``), in the order of names."""
    found: dict[int, dict[str, list[str]]] = {}
    marks = ", ".join("?" * len(ids)) or "null"
    for id, kind, role in session.read(_ROLES.format(ids=marks), *ids):
        found.setdefault(id, {}).setdefault(kind, []).append(role)
    return found


def xml(session: Session, definition_id: int) -> tuple[str, bytes] | None:
    """The process id of a definition, and the file it came in."""
    found = session.read(_XML, definition_id)
    return (found[0][0], zlib.decompress(found[0][1])) if found else None


def current_files(session: Session) -> dict[str, tuple[str, bytes]]:
    """The name and the bytes of the file of each process that can be started, by process id."""
    return {row[0]: (row[1], zlib.decompress(row[2])) for row in session.read(_CURRENT)}


def pages(session: Session, definition_id: int) -> dict[str, bytes]:
    """The page schemas that the file of a definition names, as they were when it was deployed."""
    return {row[0]: zlib.decompress(row[1]) for row in session.read(_PAGES, definition_id)}


def _view(row: tuple[object, ...]) -> DefinitionView:
    return DefinitionView(*row[:4], row[4] == 1, *row[5:10], bool(row[10]))  # type: ignore[call-arg, arg-type]
