"""Migrations lead to the tables that the code knows."""

import warnings
import zlib
from typing import Any

import msgspec
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from stepwell.store import columns, migrate
from stepwell.store.schema import SEQUENCES, metadata
from stepwell.store.store import REVISION


def engine_url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")


def is_ours(found: Any, *_: object) -> bool:
    """Whether a table, or what belongs to one, is of the schema: those of record types are not."""
    return not getattr(found, "table", found).name.startswith("rec_")


@pytest.mark.filterwarnings("ignore:autogenerate skipping", "ignore:Skipped unsupported reflection")
def test_a_migrated_database_has_the_tables_of_the_schema(database_url: str) -> None:
    engine = create_engine(engine_url(database_url))
    with engine.connect() as connection, warnings.catch_warnings():
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    migrate.upgrade(database_url)
    assert migrate.revision(database_url) == migrate.newest() == REVISION


def test_an_empty_database_has_no_revision(empty_database_url: str) -> None:
    assert migrate.revision(empty_database_url) is None


def test_migrations_leave_the_tables_of_records_alone(database_url: str) -> None:
    engine = create_engine(engine_url(database_url))
    with engine.begin() as connection:
        connection.exec_driver_sql("create table rec_contact (id integer)")
    migrate.upgrade(database_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from rec_contact").scalar() == 0
    engine.dispose()


@pytest.mark.parametrize("layout", columns.STATE, ids=lambda layout: layout.name)
def test_the_columns_of_a_layout_are_those_of_its_table(layout: columns.Layout) -> None:
    assert (
        tuple(column.name for column in metadata.tables[layout.name].columns)[: len(layout.names)]
        == layout.names
    )


def test_every_sequence_has_its_counter_on_sqlite(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    engine = create_engine(engine_url(empty_database_url))
    with engine.connect() as connection:
        names = {row[0] for row in connection.exec_driver_sql("select name from counter")}
    engine.dispose()
    assert names == ({"epoch", *SEQUENCES} if engine.dialect.name == "sqlite" else {"epoch"})


SAID = b"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:s="urn:stepwell:bpmn:1">
<bpmn:process id="other"/><bpmn:process id="order"><bpmn:documentation>Sells.</bpmn:documentation><bpmn:extensionElements>
<s:process runBy="sellers, clerks" seenBy="auditors, auditors"/></bpmn:extensionElements></bpmn:process>
</bpmn:definitions>"""


def test_what_was_there_before_people_is_seen_by_who_has_it(empty_database_url: str) -> None:
    """Processes said in their files who may run and see them, and inboxes who has a step."""
    engine = create_engine(engine_url(empty_database_url))
    with engine.connect() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in (
            "insert into definition values (7, 'order', 1, 3, 'Order', 1)",
            (
                "insert into process_instance values"
                " (5, 7, 'running', 1, 1, 1, 0, 0, 0, null, null, null, null, 'ada', '', 1, null, 0, '')"
            ),
            "insert into inbox values ('role:clerks', 1, 5, 1)",
            "insert into inbox values ('*', 1, 5, 2)",
        ):
            connection.exec_driver_sql(statement)
        deployment = text("insert into deployment values (3, 'f', 1, '', :xml, :sha256)")
        connection.execute(deployment, {"xml": zlib.compress(SAID), "sha256": b"x"})
        connection.commit()
    migrate.upgrade(empty_database_url)
    with engine.connect() as connection:
        roles = connection.exec_driver_sql("select kind, role from definition_role order by kind, role").all()
        seen = connection.exec_driver_sql(
            "select instance_id, principal from participation order by principal"
        ).all()
    engine.dispose()
    assert [tuple(row) for row in roles] == [("run", "clerks"), ("run", "sellers"), ("see", "auditors")]
    assert [tuple(row) for row in seen] == [(5, "role:auditors"), (5, "role:clerks")]


OFFERED = SAID.replace(
    b'<s:process runBy="sellers, clerks"',
    b'<s:runFrom recordType="contact" parameter="who"/><s:process runBy="sellers"',
)
BEFORE = (
    "insert into definition values (7, 'order', 1, 3, 'Order', 1)",
    "insert into user_task values (5, 1, 'a', 'A', 10, 'ada', null, 50, null, null, 'plain')",
    "insert into user_task values (5, 2, 'a', 'A', 11, '', null, 50, null, null, 'plain')",
)
TASK = text(
    "insert into user_task values (5, :key, 'a', 'A', 12, :assignee, :details, 70, 20, 15, 'question')"
)


def test_what_was_there_before_the_panel_stands_in_its_inboxes(empty_database_url: str) -> None:
    details = msgspec.msgpack.encode([["ben"], ["clerks"], [0, None, False, False, ["contact/17"]]])
    old = msgspec.msgpack.encode([[], ["clerks"], [0, None]])
    engine = create_engine(engine_url(empty_database_url))
    with engine.connect() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
        deployment = text("insert into deployment values (3, 'f', 1, '', :xml, :sha256)")
        connection.execute(deployment, {"xml": zlib.compress(OFFERED), "sha256": b"x"})
        connection.execute(TASK, {"key": 3, "assignee": "", "details": old})
        connection.execute(TASK, {"key": 4, "assignee": "ada", "details": details})
        connection.commit()
    migrate.upgrade(empty_database_url)
    with engine.connect() as connection:
        inbox = connection.exec_driver_sql(
            "select key, principal, created_at, due_at, start_at, priority from inbox order by key, principal"
        ).all()
        records = connection.exec_driver_sql("select * from user_task_record").all()
        offers = connection.exec_driver_sql("select * from definition_record_type").all()
        descriptions = connection.exec_driver_sql("select description from definition").all()
    engine.dispose()
    assert [tuple(row) for row in inbox] == [
        (1, "user:ada", 10, None, None, 50),
        (2, "*", 11, None, None, 50),
        (3, "role:clerks", 12, 20, 15, 70),
        (4, "taken:role:clerks", 12, 20, 15, 70),
        (4, "taken:user:ben", 12, 20, 15, 70),
        (4, "user:ada", 12, 20, 15, 70),
    ]
    assert [tuple(row) for row in records] == [("contact/17", 5, 4)]
    assert [tuple(row) for row in offers] == [(7, "contact", "who")]
    assert descriptions == [("Sells.",)]


def test_what_was_typed_before_belongs_to_who_typed_it(empty_database_url: str) -> None:
    engine = create_engine(engine_url(empty_database_url))
    with engine.connect() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
        kept = text("insert into draft values (5, :key, 10, :actor, :data)")
        connection.execute(kept, {"key": 1, "actor": "ada", "data": b"{}"})
        connection.execute(kept, {"key": 2, "actor": "", "data": b"[]"})
        connection.commit()
    migrate.upgrade(empty_database_url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("select instance_id, key, person, at, data from draft").all()
    engine.dispose()
    assert [(*row[:4], bytes(row[4])) for row in found] == [(5, 1, "ada", 10, b"{}")]


PERSON = text(
    "insert into person values (:name, '', 'a@example.org', :active, '', 'UTC', 'en', :settings, '', '', 1)"
)


def test_who_had_chosen_a_digest_before_there_were_any_gets_one_planned(empty_database_url: str) -> None:
    engine = create_engine(engine_url(empty_database_url))
    with engine.connect() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0010")
        for name, digest, active in (
            ("ada", "daily", 1),
            ("ben", "none", 1),
            ("eve", "weekly", 0),
            ("joe", "weekly", 1),
        ):
            settings = msgspec.msgpack.encode({"opens_steps": True, "digest": digest})
            connection.execute(PERSON, {"name": name, "active": active, "settings": settings})
        connection.commit()
    migrate.upgrade(empty_database_url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "select element, type, key < 0, due_at from job order by element"
        ).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [("ada", "digest", True, 0), ("joe", "digest", True, 0)]
