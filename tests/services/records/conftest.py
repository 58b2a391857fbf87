"""A small company on each kind of database: accounts, contacts, cases, and people who may do this and that."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

import stepwell
from stepwell.config import Settings
from stepwell.errors import Conflict, Invalid
from stepwell.identity import STEPWELL, Actor
from stepwell.library import Engine
from stepwell.services.records import reading, record_types, requests
from stepwell.services.records.reading import ListAsked
from stepwell.services.records.record_types import Change, Put
from tests.store.instances import Clock

ADA = Actor("ada", roles=frozenset({"Sales"}), time_zone="Europe/Berlin")
BOB = Actor("bob", roles=frozenset({"Sales"}))
EVE = Actor("eve")
STATUS: dict[str, Any] = {"name": "status", "kind": "lookup"}
ACCOUNT: dict[str, Any] = {
    "name": "account",
    "key": "name",
    "fields": [
        {"name": "name", "type": "text", "required": True, "unique": True},
        {"name": "city", "type": "text", "indexed": True},
        {"name": "parent", "type": "link", "to": "account", "on_delete": "clear"},
    ],
}
CASE: dict[str, Any] = {
    "name": "case",
    "title": "subject",
    "owner": "owner",
    "fields": [
        {"name": "subject", "type": "text", "required": True},
        {"name": "number", "type": "integer", "unique": True},
        {"name": "amount", "type": "money", "minimum": 0},
        {"name": "due", "type": "date_time"},
        {"name": "day", "type": "date"},
        {"name": "is_urgent", "type": "yes_no"},
        {"name": "note", "type": "long_text"},
        {"name": "status", "type": "lookup", "to": "status", "default": "open"},
        {"name": "account", "type": "link", "to": "account"},
        {"name": "others", "type": "links", "on_delete": "clear"},
        {"name": "owner", "type": "text", "holds": "person"},
        {"name": "paper", "type": "file"},
        {"name": "tax", "type": "calculated", "formula": "amount * 0.19", "result": "money"},
    ],
}


@dataclass
class Shop:
    """An engine, and what people do with its records."""

    engine: Engine
    clock: Clock

    def define(self, definition: dict[str, Any], **more: Any) -> Put:
        return record_types.put(self.engine.store, definition, Change(actor=STEPWELL, **more))

    def do(self, request: Any) -> Any:
        return json.loads(self.engine.submit(request).answer)

    def add(self, type: str, by: Actor = STEPWELL, **values: Any) -> Any:
        return self.do(requests.add(by, type, values))

    def change(self, record: Any, by: Actor = STEPWELL, revision: int | None = None, **values: Any) -> Any:
        return self.do(requests.change(by, place(record), values, revision))

    def delete(self, record: Any, by: Actor = STEPWELL, revision: int | None = None) -> int:
        return int(self.do(requests.delete(by, place(record), revision))["deleted"])

    def load(self, record: Any, by: Actor = STEPWELL) -> Any:
        return reading.load(self.engine.store, by, *place(record))

    def titles(self, type: str, by: Actor = STEPWELL, **asked: Any) -> list[str]:
        """The titles of the records in a list."""
        found = reading.page(self.engine.store, by, ListAsked(type=type, **asked))
        return [record.title for record in found.items]

    def history(self, record: Any, by: Actor = STEPWELL) -> Any:
        return reading.history_page(self.engine.store, by, place(record), None, 50).items

    def refused(self, request: Any) -> list[tuple[str, str]]:
        """The fields and rules of what is wrong with a request."""
        with pytest.raises(Invalid) as refused:
            self.engine.submit(request)
        return [(problem.field, problem.rule) for problem in refused.value.problems]

    def conflict(self, request: Any) -> Conflict:
        with pytest.raises(Conflict) as refused:
            self.engine.submit(request)
        return refused.value

    def give(self, type: str, *rights: Any) -> None:
        record_types.put_rights(self.engine.store, type, rights, Change(actor=STEPWELL))


def place(record: Any) -> tuple[str, str]:
    """The type and id of a record, or of its public id."""
    id = record if isinstance(record, str) else record["id"]
    type, _, number = id.partition("/")
    return type, number


@pytest.fixture
def empty(database_url: str) -> Iterator[Shop]:
    """A shop without any record type."""
    clock = Clock()
    settings = Settings(database_url=database_url)
    with stepwell.open(database_url, clock=clock, settings=settings, upgrade=False) as engine:
        yield Shop(engine, clock)


@pytest.fixture
def shop(empty: Shop) -> Shop:
    """A shop with its record types and two codes of the status."""
    for definition in (STATUS, ACCOUNT, CASE):
        empty.define(definition)
    for code in ("open", "shut"):
        empty.add("status", code=code, label=code.title())
    return empty
