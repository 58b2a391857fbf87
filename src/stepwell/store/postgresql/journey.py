"""Statements that travel to the server together and are answered together.

The driver's own pipeline sends each statement off alone, and the server wakes up for each; here a whole
journey leaves in one piece. Every statement is prepared when it is first met.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

import psycopg
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult
from psycopg.waiting import Ready, Wait

from stepwell.store.tuples import Tuple

MOST_PREPARED = 1000
TEXT, BINARY = 0, 1
OIDS: dict[type, int] = {
    int: 20,
    float: 701,
    bytes: 17,
    str: 0,
    type(None): 0,
}  # 0: what the statement expects

_INDEX = re.compile(r"\{by \w+\}")
Connection = psycopg.Connection[tuple[Any, ...]]
Request = tuple[str, Sequence[Any]]
Kinds = tuple[type, ...]
Prepared = tuple[str, Kinds, bytes]


class Answer(NamedTuple):
    """The rows of a statement, and how many it touched."""

    rows: list[Tuple]
    touched: int


class Journeys:
    """The way to the server and back, for one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Transformer(connection)
        self._names: dict[tuple[str, Kinds], bytes] = {}
        self._prepared: list[Prepared | None] = []
        self._numbers = count(1)

    def make(self, requests: Sequence[Request]) -> list[Answer]:
        """Carry out statements in order; raises the driver's error for the first that fails."""
        self.depart(requests)
        return self.arrive()

    def depart(self, requests: Sequence[Request]) -> None:
        """Send statements, all of them; ``arrive`` has to come before anything else is asked of the connection.

        What is left unsent is carried out by nobody while its sender does something else, and the locks of the
        transaction stay.
        """
        if len(self._names) > MOST_PREPARED:
            self._connection.execute(b"deallocate all")
            self._names.clear()
        pgconn = self._connection.pgconn
        try:
            pgconn.enter_pipeline_mode()
            self._prepared = [self._send(pgconn, *request) for request in requests]
            pgconn.pipeline_sync()
            if pgconn.flush():
                self._connection.wait(_flushed(pgconn))
        except BaseException:
            self._connection.close()
            raise

    def arrive(self) -> list[Answer]:
        """Wait for the answers to what was sent; raises the driver's error for the first that fails."""
        pgconn = self._connection.pgconn
        try:
            results = self._connection.wait(_results(pgconn))
            pgconn.exit_pipeline_mode()
        except BaseException:
            self._connection.close()
            raise
        return [self._answer(result) for result in self._expect_done(results, self._prepared)]

    def _send(self, pgconn: PGconn, statement: str, values: Sequence[Any]) -> Prepared | None:
        """Gives what had to be prepared first."""
        kinds = tuple(map(type, values))
        name = self._names.get((statement, kinds))
        new = None
        if name is None:
            name = b"s%d" % next(self._numbers)
            pgconn.send_prepare(name, _text(statement), [OIDS.get(kind, 0) for kind in kinds])
            new = (statement, kinds, name)
        formats = [BINARY if kind is bytes else TEXT for kind in kinds]
        pgconn.send_query_prepared(name, list(map(_sent, values)), formats, BINARY)
        return new

    def _expect_done(self, results: list[PGresult], prepared: Sequence[Prepared | None]) -> list[PGresult]:
        """The results of the statements themselves; remembers which of them are prepared from now on."""
        found = iter(results)
        answers = []
        failed = None
        for new in prepared:
            for is_preparing in (True, False) if new else (False,):
                result = next(found)
                if result.status == ExecStatus.FATAL_ERROR:
                    failed = failed or result
                elif is_preparing and new and result.status == ExecStatus.COMMAND_OK:
                    self._names[new[0], new[1]] = new[2]
            answers.append(result)
        if failed is not None:
            raise error_from_result(failed)
        return answers

    def _answer(self, result: PGresult) -> Answer:
        if not result.ntuples:
            return Answer([], result.command_tuples or 0)
        self._rows.set_pgresult(result)
        return Answer(self._rows.load_rows(0, result.ntuples, tuple), result.ntuples)


@lru_cache(maxsize=1024)
def _text(statement: str) -> bytes:
    """The statement in the server's style of parameters."""
    first, *others = _INDEX.sub("", statement).split("?")
    return (first + "".join(f"${number}{part}" for number, part in enumerate(others, 1))).encode()


def _sent(value: Any) -> bytes | None:
    if value is None or type(value) is bytes:
        return value
    return str(value).encode()


def _flushed(pgconn: PGconn) -> PQGen[None]:
    """Send what is waiting; takes answers in meanwhile, for a server that can not answer does not read."""
    while pgconn.flush():
        if (yield Wait.RW) & Ready.R:
            pgconn.consume_input()


def _results(pgconn: PGconn) -> PQGen[list[PGresult]]:
    """Send what is waiting and take results until those of the whole journey are there."""
    yield from _flushed(pgconn)
    found: list[PGresult] = []
    ends = 0
    while True:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        ends = 0 if result else ends + 1
        if ends > 1:
            raise psycopg.OperationalError("the connection ended before the answer was complete")
        if result is None:
            continue
        if result.status == ExecStatus.PIPELINE_SYNC:
            return found
        found.append(result)
