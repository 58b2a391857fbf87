"""What a person may run: the list behind Run process, with favourites and what was started last."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from stepwell.errors import NotFound
from stepwell.identity import Actor
from stepwell.records.stored import fold
from stepwell.services import cursors, given
from stepwell.services.ids import shown
from stepwell.services.moments import perhaps
from stepwell.services.records.reading import load as load_record
from stepwell.store import Store
from stepwell.store.queries import processes as queries
from stepwell.store.queries.processes import ProcessView
from stepwell.store.session import Session

Which = Literal["all", "favourite", "recent"]


class Process(Struct, frozen=True):
    """The latest version of a process that one may run. ``parameter`` gets the record where it is offered on one."""

    definition_id: str
    process_id: str
    version: int
    name: str
    description: str
    is_favourite: bool
    last_started_at: datetime | None = None
    parameter: str = ""


class Processes(Struct, frozen=True):
    """Favourites first, then in the order of names; recent ones as they were started, the last one first."""

    items: tuple[Process, ...]


class Asked(Struct, frozen=True, kw_only=True):
    """Which processes: words in the name or id, and all, favourites, or what was started lately."""

    search: str = ""
    which: Which = "all"
    limit: int = 50


def runnable(store: Store, asked: Asked, actor: Actor) -> Processes:
    """The processes that the actor may run; raises ``Invalid`` for a wrong limit."""
    count = cursors.limit(asked.limit)
    words = [fold(word) for word in given.text(asked.search, "search").split()]
    with store.reading() as session:
        found = _shown(session, queries.runnable(session, actor), actor)
    if asked.which == "favourite":
        found = [process for process in found if process.is_favourite]
    elif asked.which == "recent":
        dated = [(process.last_started_at, process) for process in found if process.last_started_at]
        found = [process for _, process in sorted(dated, key=lambda pair: pair[0], reverse=True)]
    hits = [process for process in found if all(word in _text(process) for word in words)]
    return Processes(tuple(hits[:count]))


def on_record(store: Store, place: tuple[str, str], actor: Actor) -> Processes:
    """The processes offered on a record that the actor may run; raises ``NotFound`` for one that is not seen."""
    load_record(store, actor, *place)
    with store.reading() as session:
        return Processes(tuple(_shown(session, queries.runnable(session, actor, place[0]), actor)))


def set_favourite(store: Store, process_id: str, is_favourite: bool, actor: Actor) -> Process:
    """Let a process be one of the actor's favourites, or not; raises ``NotFound`` for one that may not be run."""
    given.name(actor.name, "actor")
    with store.transaction() as tx:
        known = [view for view in queries.runnable(tx.session, actor) if view.process_id == process_id]
        if not known:
            message = f"Expected a process that you may run, but {shown(process_id)} is none."
            raise NotFound("process.unknown", message)
        queries.set_favourite(tx.session, actor.name, process_id, is_favourite)
        return _shown(tx.session, known, actor)[0]


def _shown(session: Session, views: list[ProcessView], actor: Actor) -> list[Process]:
    favourites = queries.favourites(session, actor.name) if actor.name else set()
    recent = queries.recent(session, actor.name) if actor.name else {}
    found = [
        Process(
            str(view.definition_id), view.process_id, view.version, view.name, view.description, view.process_id in favourites,
            perhaps(recent.get(view.process_id)), view.parameter,
        )
        for view in views
    ]  # fmt: skip
    return sorted(found, key=lambda process: (not process.is_favourite, _text(process)))


def _text(process: Process) -> str:
    return fold(f"{process.name} {process.process_id}")
