"""The history tells what the rows are, also after the early part of it was let go."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from stepwell.engine import events as e
from stepwell.engine.events import Checkpoint
from stepwell.engine.mapping import variables_set
from stepwell.engine.rows import Incident
from stepwell.store import Store, open_store
from stepwell.store.loading import Target
from stepwell.store.queries import history, instances
from tests.store.instances import NOW, Clock, change, deploy, start, subscribed, waiting_job, waiting_task


@contextmanager
def tampered(url: str) -> Iterator[Store]:
    """A store that need not be in order in the end."""
    store = open_store(url, clock=Clock())
    yield store
    store.close()


def full(store: Store) -> int:
    """An instance with a row in every table."""
    return start(
        store,
        variables_set(0, {"a": 1, "large": "x" * 20_000}),
        *waiting_task(1, candidate_roles=("clerks",)),
        *waiting_job(2),
        *subscribed("paid", key=4),
        e.ElementActivated(6, "Join", 0, "joining"),
        e.TokenArrived(6, "f1"),
        e.IncidentRaised(Incident(1, "Approve", "code", "Expected …", NOW)),
    )


@pytest.mark.parametrize(
    "statement",
    [
        "update process_instance set active = active + 1",
        "update element_instance set state = 'pending' where key = 1",
        "update user_task set title = 'other'",
        "update job set retries = 9",
        "update subscription set correlation_key = 'other'",
        "update incident set message = 'other'",
        "update waiting_flow set tokens = 9",
        "delete from variables where name = ''",
        "update variables set data = (select data from variables where name = '') where name = 'large'",
        "delete from inbox",
        "delete from history",
    ],
)
def test_a_row_that_was_tampered_with_is_found(database_url: str, statement: str) -> None:
    with tampered(database_url) as store:
        number = full(store)
        assert store.verify() == []
        with store.transaction() as tx:
            tx.session.run(statement)
        assert f"of instance {number}" in store.verify(number)[0]
        assert store.verify() == store.verify(number)


def test_a_stray_row_of_an_inbox_is_found(database_url: str) -> None:
    with tampered(database_url) as store:
        with store.transaction() as tx:
            tx.session.run("insert into inbox values ('user:anna', 5, 77, 3, null, null, 50)")
        assert store.verify() == ["Expected no task 3 of instance 77 in the inbox of user:anna but found one"]


def test_worker_columns_are_no_part_of_what_is_compared(database_url: str) -> None:
    with tampered(database_url) as store:
        full(store)
        with store.transaction() as tx:
            tx.session.run("update job set locked_by = 'w', locked_until = 5, attempt = 3")
        assert store.verify() == []


def test_early_history_of_a_running_instance_becomes_a_checkpoint(database_url: str) -> None:
    with tampered(database_url) as store:
        number = full(store)
        change(store, Target(number, 1), variables_set(0, {"a": 2}))
        with store.transaction() as tx:
            tx.session.run("update history set at = at - 1000")
        change(store, Target(number, 1), variables_set(0, {"a": 3}))
        assert store.trim_history(NOW).rows == 1
        with store.reading() as session:
            rows = history.page(session, number)
        assert [(row.revision, row.command) for row in rows] == [(2, "Checkpoint"), (3, "Test")]
        assert isinstance(rows[0].events[0], Checkpoint)
        assert store.verify() == []
        assert store.trim_history(NOW).rows == 0


def test_instances_that_ended_long_ago_go_with_all_their_rows(database_url: str) -> None:
    with tampered(database_url) as store:
        definition = deploy(store)
        events = (variables_set(0, {"a": 1}), e.InstanceEnded("completed", NOW - 5))
        old = start(store, *events, definition_id=definition)
        young = start(store, e.InstanceEnded("completed", NOW), definition_id=definition)
        assert store.trim_history(NOW).instances == 1
        with store.reading() as session:
            assert instances.fetch(session, old) is None
            assert instances.fetch(session, young) is not None
            assert session.read("select count(*) from history where instance_id = ?", old) == [(0,)]
            assert session.read("select count(*) from variables") == [(0,)]
