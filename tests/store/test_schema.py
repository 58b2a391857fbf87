"""Migrations lead to the tables that the code knows."""

import warnings

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from stepwell.store import columns, migrate
from stepwell.store.schema import SEQUENCES, metadata
from stepwell.store.store import REVISION


def engine_url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")


@pytest.mark.filterwarnings("ignore:autogenerate skipping", "ignore:Skipped unsupported reflection")
def test_a_migrated_database_has_the_tables_of_the_schema(database_url: str) -> None:
    engine = create_engine(engine_url(database_url))
    with engine.connect() as connection, warnings.catch_warnings():
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
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
