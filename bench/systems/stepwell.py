"""The product as a library: any number of submitters over one engine, by its public face."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import stepwell
from bench import script
from stepwell.identity import STEPWELL, Role
from stepwell.services import instances, people, progress, roles, user_tasks
from stepwell.services.drivers import LoopDriver
from stepwell.services.requests import Done, Request

_OPEN = "select instance_id, key from user_task order by key, instance_id"
_NEWEST = "select instance_id, key from user_task order by instance_id desc, key desc limit ?"
_OF_INSTANCE = "select count(*) from user_task where instance_id = ?"
_ACTIVE = "select count(*) from process_instance where status = 'running'"


@dataclass(frozen=True)
class Start:
    """Which process to start, and its variables."""

    process_id: str
    values: Mapping[str, Any]


class Engine:
    """What the measures do with the product. A user task is named by its id, ``<instance>-<key>``."""

    def __init__(self, engine: stepwell.Engine) -> None:
        self._engine = engine

    def deploy(self, xml: str) -> None:
        """Makes a version of the model."""
        self._engine.deploy(xml.encode())

    def start_many(self, starts: Iterable[Start], submitters: int) -> script.Timing:
        """Starts instances; each submitter waits for its reply before its next start."""
        return self._submit((instances.start(each.process_id, each.values) for each in starts), submitters)

    def complete_many(self, tasks: Iterable[str], submitters: int) -> script.Timing:
        """Completes user tasks, in this order."""
        return self._submit((user_tasks.complete(task) for task in tasks), submitters)

    def start_until_open(self, start: Start, count: int) -> float:
        """Starts an instance and does its jobs until this many of its tasks are open; gives seconds."""
        began = perf_counter()
        done = self._engine.submit(instances.start(start.process_id, start.values))
        while self._read(_OF_INSTANCE, done.instance_id)[0][0] < count:
            self._engine.work()
        return perf_counter() - began

    def complete_in_turn(self, start: Start, count: int) -> list[float]:
        """Starts an instance of which one task is open at a time and completes them; gives seconds of each."""
        latencies = []
        done = self._engine.submit(instances.start(start.process_id, start.values))
        for _ in range(count):
            request = user_tasks.complete(self._only_task(done))
            began = perf_counter()
            done = self._engine.submit(request)
            latencies.append(perf_counter() - began)
        return latencies

    def start_some(self, start: Start, count: int) -> None:
        """Starts so many instances."""
        self.start_many([start] * count, 64)

    def open_page(self, task: str) -> None:
        """Opens the page of a user task."""
        self._engine.open_page(task)

    def open_tasks(self) -> list[str]:
        """Every open task: the first of each instance, then the second of each, and so on."""
        return _ids(self._read(_OPEN))

    def newest_tasks(self, count: int) -> list[str]:
        """Open tasks of the newest instance."""
        return _ids(self._read(_NEWEST, count))

    def inbox_page(self, user: str, roles: Sequence[str], size: int) -> int:
        """Reads the first page of a person's inbox; gives how many tasks it holds."""
        return len(self._engine.inbox(user, tuple(roles), size).items)

    def add_role(self, name: str) -> None:
        """Makes a role."""
        roles.add(self._engine.store, Role(name), STEPWELL)

    def add_person(self, name: str, password: str, role: str) -> None:
        """Makes a person of that role who can log in."""
        people.add(
            self._engine.store, people.NewPerson(name=name, password=password, roles=(role,)), STEPWELL
        )

    def has_record_type(self, name: str) -> bool:
        """Whether there is a record type of that name."""
        return any(found.name == name for found in self._engine.records.types())

    def put_record_type(self, definition: Mapping[str, Any]) -> None:
        """Makes a record type."""
        self._engine.records.put_type(definition)

    def import_records(self, type: str, text: str) -> None:
        """Imports a CSV file."""
        self._engine.records.import_csv(type, text)

    def records_page(self, type: str, asked: Mapping[str, Any]) -> tuple[int, str | None]:
        """Reads a page of records; gives how many it holds, and where it goes on."""
        page = self._engine.records.page(type, **asked)
        return len(page.items), page.after

    def sum_of(self, type: str, field: str) -> int:
        """The sum of a field over all records."""
        return int(str(self._engine.records.measure(type, "sum", field).value))

    def count_active(self) -> int:
        """How many instances have not ended."""
        return int(self._read(_ACTIVE)[0][0])

    def holds_instances(self) -> bool:
        """Whether there is any instance."""
        return bool(self._engine.instances(limit=1).items)

    def _only_task(self, done: Done) -> str:
        return progress.progress(done).user_tasks[0].id

    def _read(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._engine.store.reading() as session:
            return session.read(statement, *values)

    def _submit(self, requests: Iterator[Request], submitters: int) -> script.Timing:
        if submitters == 1:
            return script.one_caller(self._engine.submit, requests)
        return asyncio.run(_submit_side_by_side(self._engine.loop_driver(), requests, submitters))


@contextmanager
def opened(given: Mapping[str, Any]) -> Iterator[Engine]:
    """The engine over the database of a case; tables are made when they are missing."""
    with stepwell.open(given["url"] or f"sqlite:///{sqlite_path(given)}") as engine:
        yield Engine(engine)


def sqlite_path(given: Mapping[str, Any]) -> Path:
    """The file of a case."""
    return Path(given["folder"]) / "stepwell.db"


async def _submit_side_by_side(
    driver: LoopDriver, requests: Iterator[Request], submitters: int
) -> script.Timing:
    latencies: list[float] = []

    async def submitter() -> None:
        before = perf_counter()
        for request in requests:
            await driver.submit(request)
            after = perf_counter()
            latencies.append(after - before)
            before = after

    began = perf_counter()
    await asyncio.gather(*(submitter() for _ in range(submitters)))
    return script.Timing(perf_counter() - began, latencies)


def _ids(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    return [f"{instance}-{key}" for instance, key in rows]
