"""What a session of PostgreSQL holds back travels in few statements, and means the same."""

from collections.abc import Iterator

import pytest

from stepwell.store.columns import layout
from stepwell.store.postgresql.held import packed
from stepwell.store.postgresql.session import SAVE, PostgresqlSession
from stepwell.store.writes import Write

PAPER = layout("paper", 1, "id:int text:text")
NOTE = layout("note", 1, "id:int text:text")
INSERT_PAPER, INSERT_NOTE = Write("insert", PAPER), Write("insert", NOTE)
UPDATE_PAPER = Write("update", PAPER, (1,))
DELETE_PAPER = Write("delete", PAPER)
TABLE = "create temp table {} (id bigint primary key, text text)"


@pytest.fixture
def session(postgresql_server: str) -> Iterator[PostgresqlSession]:
    found = PostgresqlSession(postgresql_server, "")
    for name in ("paper", "note"):
        found.connection.execute(TABLE.format(name).encode())
    found.connection.execute(b"create temp table counter (name text, value bigint)")
    found.connection.execute(b"create temp sequence record_id")
    found.begin()
    yield found
    found.rollback()
    found.connection.close()


def texts(session: PostgresqlSession) -> dict[int, str]:
    return dict(session.read("select id, text from paper"))


def fail_inside(session: PostgresqlSession, *, asks: bool) -> None:
    """Write a row within a savepoint, and fail; with or without asking for something before."""
    with session.savepoint():
        session.write([(INSERT_PAPER, [(2, "b")])])
        if asks:
            texts(session)
        raise LookupError


def test_rows_of_the_same_statement_travel_together_past_other_tables() -> None:
    found = packed([(INSERT_PAPER, [(1, "a")]), (INSERT_NOTE, [(1, "n")]), (INSERT_PAPER, [(2, "b")])])
    assert [values for _, values in found] == [["{1, 2}", '{"a","b"}'], ["{1}", '{"n"}']]


@pytest.mark.parametrize("between", [(UPDATE_PAPER, [(1, "c")]), (DELETE_PAPER, [(1,)]), SAVE])
def test_they_do_not_pass_what_concerns_their_own_table_or_can_be_taken_back(between: object) -> None:
    found = packed([(INSERT_PAPER, [(1, "a")]), between, (INSERT_PAPER, [(2, "b")])])  # type: ignore[list-item]
    assert len(found) == 3


def test_changes_of_rows_keep_their_order() -> None:
    assert len(packed([(UPDATE_PAPER, [(1, "a")]), (UPDATE_PAPER, [(1, "b")])])) == 2


def test_what_is_held_back_is_left_as_it_is() -> None:
    rows = [(1, "a")]
    packed([(INSERT_PAPER, rows), (INSERT_PAPER, [(2, "b")])])
    assert rows == [(1, "a")]


def test_what_was_held_back_is_there_for_who_reads(session: PostgresqlSession) -> None:
    session.write([(INSERT_PAPER, [(1, "a")])])
    session.write([(UPDATE_PAPER, [(1, "b")])])
    session.write([(INSERT_PAPER, [(2, "c")])])
    assert texts(session) == {1: "b", 2: "c"}


@pytest.mark.parametrize("asks", [False, True])
def test_what_fails_in_a_savepoint_takes_back_what_it_wrote_and_no_more(
    session: PostgresqlSession, asks: bool
) -> None:
    session.write([(INSERT_PAPER, [(1, "a")])])
    with pytest.raises(LookupError):
        fail_inside(session, asks=asks)
    session.write([(INSERT_PAPER, [(3, "c")])])
    assert texts(session) == {1: "a", 3: "c"}


def test_what_stays_and_was_not_sent_yet_needs_no_savepoint(session: PostgresqlSession) -> None:
    with session.savepoint():
        session.write([(INSERT_PAPER, [(1, "a")])])
    with session.savepoint():
        session.write([(INSERT_PAPER, [(2, "b")])])
    assert len(packed(session._held)) == 1
    assert texts(session) == {1: "a", 2: "b"}


def test_who_asks_for_numbers_again_and_again_gets_them_in_order_with_few_journeys(
    session: PostgresqlSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    read = session.read
    monkeypatch.setattr(session, "read", lambda *given: asked.append(given) or read(*given))
    drawn = [number for _ in range(60) for number in session.numbers("record_id", 1)]
    assert drawn == list(range(1, 61))
    assert len(asked) == 3


def test_a_transaction_that_asks_once_draws_no_more_than_it_needs(session: PostgresqlSession) -> None:
    assert session.numbers("record_id", 3) == [1, 2, 3]
    session.rollback()
    session.begin()
    assert session.numbers("record_id", 1) == [4]


def test_numbers_of_other_sequences_are_drawn_one_by_one(session: PostgresqlSession) -> None:
    session.connection.execute(b"create temp sequence other")
    for _ in range(3):
        session.numbers("other", 1)
    assert session.read("select last_value from other") == [(3,)]
