"""Compiled definitions: few are kept, and nobody waits with a transaction open while one is made."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

import stepwell
from stepwell.engine.run import Settings
from stepwell.services import instances
from stepwell.services.catalogue import Catalogue
from stepwell.services.requests import Outcome
from stepwell.services.run import Corridor
from stepwell.store import Store
from stepwell.store.records.watchers import RecordStart
from tests.worker.office import process, user

OPEN = (
    "select 1 from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'"
)


def calls(name: str, called: str) -> bytes:
    return process(f'<bpmn:callActivity id="call" calledElement="{called}"/>', name=name)


class Shelf:
    """The store as a catalogue asks it; notes what is compiled, and whether a transaction is open then."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked: list[int] = []
        self.was_open = False

    def latest_definitions(self) -> dict[str, int]:
        return self.store.latest_definitions()

    def record_starts(self) -> list[RecordStart]:
        return self.store.record_starts()

    def definition_xml(self, definition_id: int) -> tuple[str, bytes]:
        self.asked.append(definition_id)
        self.was_open = self.was_open or is_open(self.store)
        return self.store.definition_xml(definition_id)

    def definition_pages(self, definition_id: int) -> dict[str, bytes]:
        return self.store.definition_pages(definition_id)


def is_open(store: Store) -> bool:
    """Whether a transaction is open right now."""
    if store.database.name == "sqlite":
        return bool(store.database.connection.in_transaction)  # type: ignore[attr-defined]
    with psycopg.connect(store.url) as other:
        return bool(other.execute(OPEN).fetchall())


@contextmanager
def cold(url: str, *files: bytes, size: int = 500) -> Iterator[tuple[Corridor, Shelf]]:
    """A corridor that has compiled nothing yet."""
    with stepwell.open(url) as engine:
        for file in files:
            engine.deploy(file)
        shelf = Shelf(engine.store)
        yield Corridor(engine.store, Catalogue(shelf, size), Settings()), shelf


def start(corridor: Corridor, *names: str) -> list[Outcome]:
    return corridor.execute([instances.start(name) for name in names])


def test_what_a_batch_needs_is_compiled_once_and_outside_of_transactions(database_url: str) -> None:
    files = (process(user(), name="a"), process(user(), name="b"), calls("c", "z"), process(user(), name="z"))
    with cold(database_url, *files) as (corridor, shelf):
        assert all(outcome.done for outcome in start(corridor, "a", "b", "a", "c", "nowhere")[:4])
        assert (sorted(shelf.asked), shelf.was_open) == ([1, 2, 3, 4], False)
        start(corridor, "a", "b", "c", "z")
        assert len(shelf.asked) == 4


def test_compiling_costs_no_id(database_url: str) -> None:
    with cold(database_url, process(user(), name="a"), calls("b", "a")) as (corridor, _):
        outcomes = start(corridor, "b", "a") + start(corridor, "a")
        assert [outcome.done.instance_id for outcome in outcomes if outcome.done] == [1, 3, 4]


def test_the_definition_whose_last_use_is_longest_ago_is_forgotten(database_url: str) -> None:
    files = [process(user(), name=name) for name in "abc"]
    with cold(database_url, *files, size=2) as (corridor, _):
        for name in "abac":
            start(corridor, name)
        assert list(corridor.catalogue.compiled) == [1, 3]


def test_a_batch_may_need_more_definitions_than_are_kept(database_url: str) -> None:
    files = (process(user(), name="a"), calls("b", "a"), calls("c", "b"))
    with cold(database_url, *files, size=1) as (corridor, shelf):
        assert all(outcome.done for outcome in start(corridor, *"abc"))
        assert (sorted(shelf.asked), len(corridor.catalogue.compiled)) == ([1, 2, 3], 1)


def test_a_definition_that_can_not_be_read_is_the_failure_of_who_needs_it(database_url: str) -> None:
    with cold(database_url, process(user(), name="a"), process(user(), name="b")) as (corridor, _):
        with corridor.store.transaction() as tx:
            tx.session.run("update deployment set xml = ? where id = 2", zlib.compress(b"<nothing/>"))
        good, bad = start(corridor, "a", "b")
        assert good.done
        assert "definition 2 (b) to be readable" in str(bad.error)
