"""Several statements in one journey to PostgreSQL."""

from collections.abc import Iterator

import psycopg
import pytest

from stepwell.store.postgresql import journey
from stepwell.store.postgresql.journey import Journeys
from stepwell.store.postgresql.session import connect

ONE = ("select 1", ())
BROKEN = ("select 1 / 0", ())


@pytest.fixture
def journeys(postgresql_server: str) -> Iterator[Journeys]:
    with connect(postgresql_server, "") as connection:
        yield Journeys(connection)


def prepared(journeys: Journeys) -> int:
    (answer,) = journeys.make([("select count(*) from pg_prepared_statements", ())])
    count: int = answer.rows[0][0]
    return count


def test_answers_come_in_the_order_of_the_statements(journeys: Journeys) -> None:
    answers = journeys.make([ONE, ("select n from generate_series(2, 3) n", ())])
    assert [answer.rows for answer in answers] == [[(1,)], [(2,), (3,)]]


@pytest.mark.parametrize("value", [17, -(2**63), 0.1, "it's \"\\ ü", b"\x00\xff", None])
def test_a_value_comes_back_as_it_went(journeys: Journeys, value: object) -> None:
    kind = {int: "bigint", float: "double precision", bytes: "bytea"}.get(type(value), "text")
    assert journeys.make([(f"select ?::{kind}", (value,))])[0].rows == [(value,)]


def test_a_change_tells_how_many_rows_it_touched(journeys: Journeys) -> None:
    made = journeys.make([("create temp table t (n int)", ()), ("insert into t values (1), (2)", ())])
    assert made[1].touched == 2


def test_the_error_of_the_first_statement_that_fails_is_raised(journeys: Journeys) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        journeys.make([ONE, BROKEN, ("select nothing", ())])


def test_after_a_failure_the_connection_goes_on(journeys: Journeys) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        journeys.make([BROKEN, ONE])
    assert journeys.make([ONE])[0].rows == [(1,)]


def test_a_statement_that_can_not_be_prepared_is_tried_anew(journeys: Journeys) -> None:
    asked = ("select * from made_later", ())
    with pytest.raises(psycopg.errors.UndefinedTable):
        journeys.make([asked])
    journeys.make([("create temp table made_later (n int)", ())])
    assert journeys.make([asked])[0].rows == []


def test_a_statement_is_prepared_once(journeys: Journeys) -> None:
    before = prepared(journeys)
    journeys.make([ONE])
    journeys.make([ONE])
    assert prepared(journeys) == before + 1


def test_there_are_never_more_prepared_statements_than_the_limit(
    journeys: Journeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journey, "MOST_PREPARED", 10)
    for number in range(30):
        journeys.make([(f"select {number}", ())])
    assert prepared(journeys) <= 12


def test_more_than_the_network_takes_at_once_goes_there_and_back(journeys: Journeys) -> None:
    large = "x" * 3_000_000
    answers = journeys.make([("select length(?::text)", (large,)), ("select ?::text", (large,))])
    assert (answers[0].rows[0][0], len(answers[1].rows[0][0])) == (3_000_000, 3_000_000)


def test_a_connection_that_the_server_ends_is_told(postgresql_server: str) -> None:
    server = postgresql_server
    with connect(server, "") as connection, connect(server, "") as other:
        journeys = Journeys(connection)
        other.execute("select pg_terminate_backend(%s)", (connection.info.backend_pid,))
        with pytest.raises(psycopg.OperationalError):
            journeys.make([ONE])


def test_what_departed_goes_on_while_its_sender_waits_for_a_lock_of_it(
    journeys: Journeys, postgresql_server: str
) -> None:
    lock = ("select pg_advisory_xact_lock(17)", ())
    journeys.depart([lock, ("select length(?::bytea)", (bytes(60_000_000),))])
    with connect(postgresql_server, "-c lock_timeout=10s") as other:
        Journeys(other).make([lock])
    assert journeys.arrive()[1].rows == [(60_000_000,)]
