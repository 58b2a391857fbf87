"""Going on with a step from elsewhere: the open steps about a record, and those of a row in the process log (S9)."""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from stepwell.identity import Actor
from stepwell.records.values import reference
from stepwell.services.inboxes import InboxTask, person_of, principals, shown
from stepwell.services.records.reading import load as load_record
from stepwell.services.records.titles import connections_of
from stepwell.services.records.viewer import ask
from stepwell.store import Store
from stepwell.store.queries import continuing as queries

PER_RECORD = 20


class RecordTasks(Struct, frozen=True):
    """The open steps about a record that one can go on with, the newest first; ``has_more`` than are listed."""

    record: str
    items: tuple[InboxTask, ...]
    has_more: bool = False


class TasksOfRecords(Struct, frozen=True):
    """Records that have such steps."""

    items: tuple[RecordTasks, ...]


def of_record(store: Store, place: tuple[str, str], actor: Actor) -> RecordTasks:
    """The steps about one record; raises ``NotFound`` when the actor does not see it."""
    record = load_record(store, actor, *place).id
    found = _found(store, [record], actor, queries.MOST)
    return found.get(record) or RecordTasks(record, ())


def of_records(store: Store, type_name: str, ids: Iterable[int], actor: Actor) -> TasksOfRecords:
    """The steps about many records of a type, for the rows of a list; what the actor does not see is left out."""
    wanted = [reference(type_name, id) for id in dict.fromkeys(ids)]
    seen = ask(store, actor, lambda viewer: connections_of(viewer, wanted))
    found = _found(store, [name for name in wanted if name in seen], actor, PER_RECORD)
    return TasksOfRecords(tuple(found[name] for name in wanted if name in found))


def _found(store: Store, records: list[str], actor: Actor, most: int) -> dict[str, RecordTasks]:
    person = person_of(actor)
    by_record: dict[str, list[InboxTask]] = defaultdict(list)
    with store.reading() as session:
        names = principals(person) if actor.name else []
        now = session.now()
        for record, row in queries.of_records(session, records, names):
            by_record[record].append(shown(row, person, now))
    return {
        record: RecordTasks(record, tuple(tasks[:most]), len(tasks) > most)
        for record, tasks in by_record.items()
    }
