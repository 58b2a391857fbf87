"""Hot statements go along indexes, never through a whole table."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from stepwell.store import jobs, messages, migrate, statements
from stepwell.store.deliveries import SIGNALLED
from stepwell.store.queries import user_tasks
from stepwell.store.sqlite.session import _text
from stepwell.store.sqlite.statements import INSTANCES, text
from stepwell.store.writes import ORDER

LOADS = {
    name: text
    for name, text in vars(statements).items()
    if isinstance(text, str) and ("{pairs}" in text and name.isupper() and not name.startswith("_"))
}
OTHERS = {
    "children": statements.CHILDREN_OF_INSTANCE,
    "pending": statements.PENDING,
    "value": statements.VALUE,
    "outputs": statements.OUTPUTS,
    "instances": INSTANCES,
    **{f"claim {work}": jobs.CLAIM["sqlite"].format(work=mine, skip="") for work, mine in jobs.WORK.items()},
    **{f"next due {work}": text for work, text in jobs.NEXT_DUE.items()},
    "extend": jobs.EXTEND["sqlite"],
    "signal": SIGNALLED,
    "free message": messages._OLDEST,
    "waiting": messages._WAITING,
    "inbox": user_tasks._inbox("sqlite", 3),
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    migrate.upgrade(f"sqlite:///{tmp_path / 'stepwell.db'}")
    connection = sqlite3.connect(tmp_path / "stepwell.db")
    yield connection
    connection.close()


def scans(connection: sqlite3.Connection, statement: str) -> list[str]:
    """The steps of the plan that go through a whole table."""
    text = _text(statement, 1)
    values = [None] * max(text.count("?"), 30)
    while True:
        try:
            plan = connection.execute(f"explain query plan {text}", values).fetchall()
            break
        except sqlite3.ProgrammingError:
            values.pop()
    tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
    aliases = {"t", "f", "p", "s", "j", "i", "d", *tables}
    return [
        row[3]
        for row in plan
        if row[3].startswith("SCAN") and row[3].split()[1] in aliases and "INDEX" not in row[3]
    ]


@pytest.mark.parametrize("name", [*LOADS, *OTHERS])
def test_a_hot_statement_scans_no_table(connection: sqlite3.Connection, name: str) -> None:
    found = scans(connection, (LOADS | OTHERS)[name])
    assert [step for step in found if step != "SCAN i"] == []


@pytest.mark.parametrize("write", [write for write in ORDER if write.verb != "insert"], ids=str)
def test_a_write_finds_its_row_by_key(connection: sqlite3.Connection, write: object) -> None:
    assert scans(connection, text(write)) == []  # type: ignore[index]


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (statements.CHILDREN, "element_instance_scope"),
        (statements.JOINING, "element_instance_unsettled"),
        (statements.PENDING, "element_instance_unsettled"),
        (statements.JOBS_OF, "job_element"),
        (statements.SUBSCRIPTIONS_OF, "subscription_element"),
        *((jobs.NEXT_DUE[work], f"job_due_{work}") for work in jobs.WORK),
        *(
            (jobs.CLAIM["sqlite"].format(work=mine, skip=""), f"job_due_{work}")
            for work, mine in jobs.WORK.items()
        ),
        (messages._WAITING, "subscription_name"),
    ],
)
def test_a_statement_uses_its_index(connection: sqlite3.Connection, statement: str, index: str) -> None:
    text = _text(statement, 1)
    plan = connection.execute(f"explain query plan {text}", [None] * text.count("?")).fetchall()
    assert index in " ".join(row[3] for row in plan)
