"""Hot statements go along indexes, never through a whole table."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from stepwell.identity import Actor
from stepwell.store import digests, jobs, logins, messages, migrate, people, policies, statements
from stepwell.store.deliveries import SIGNALLED
from stepwell.store.people import PersonFilter
from stepwell.store.queries import continuing, inbox, incidents, instances, processes, user_tasks
from stepwell.store.queries.inbox import InboxFilter
from stepwell.store.queries.incidents import IncidentFilter
from stepwell.store.queries.instances import InstanceFilter
from stepwell.store.queries.user_tasks import UserTaskFilter
from stepwell.store.sqlite.session import SqliteSession, _text
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
    **{
        f"inbox by {order} {number}": inbox._statement(inbox.Asked("sqlite", walk, 3, True))
        for order, walks in inbox.WALKS.items()
        for number, walk in enumerate(walks)
    },
    "overdue": inbox._overdue(3),
}


WALKS = [
    (inbox.WALKS["due"][0], "inbox_due"),
    (inbox.WALKS["priority"][0], "inbox_priority"),
    (inbox.WALKS["priority"][2], "inbox_priority"),
]


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
        *((inbox._statement(inbox.Asked("sqlite", walk, 1, True)), index) for walk, index in WALKS),
        (inbox._overdue(1), "inbox_due"),
        *((one, "job_digest") for one in (digests.FIND, digests.FORGET, digests.PLAN)),
    ],
)
def test_a_statement_uses_its_index(connection: sqlite3.Connection, statement: str, index: str) -> None:
    text = _text(statement, 1)
    plan = connection.execute(f"explain query plan {text}", [None] * text.count("?")).fetchall()
    assert index in " ".join(row[3] for row in plan)


MANY = Actor("ada", frozenset(f"role{number}" for number in range(50)))
QUERIES: dict[str, Callable[[Any], object]] = {
    "instances": lambda session: instances.page(session, InstanceFilter(), MANY),
    "running": lambda session: instances.page(session, InstanceFilter(status="running"), MANY),
    "of a process": lambda session: instances.page(session, InstanceFilter(process_id="order"), MANY),
    "of a starter": lambda session: instances.page(session, InstanceFilter(starter="bob"), MANY),
    "of a key": lambda session: instances.page(session, InstanceFilter(business_key="A-1"), MANY),
    "an instance": lambda session: instances.fetch(session, 17, MANY),
    "called": lambda session: instances.called(session, 17, MANY),
    "tasks": lambda session: user_tasks.page(session, UserTaskFilter(), MANY),
    "tasks of somebody": lambda session: user_tasks.page(session, UserTaskFilter(assignee="bob"), MANY),
    "tasks of an instance": lambda session: user_tasks.page(session, UserTaskFilter(instance_id=17), MANY),
    "inbox": lambda session: inbox.page(session, InboxFilter(principals=MANY.principals)),
    "inbox by due": lambda session: inbox.page(session, InboxFilter(principals=MANY.principals, order="due")),
    "processes of a record": lambda session: processes.runnable(session, MANY, "contact"),
    "tasks of records": lambda session: continuing.of_records(session, ["contact/1"] * 9, MANY.principals),
    "tasks of instances": lambda session: continuing.of_instances(session, [1, 2, 3], MANY.principals),
    "a task": lambda session: user_tasks.fetch(session, 17, 3, MANY),
    "incidents": lambda session: incidents.page(session, IncidentFilter(), MANY),
    "an incident": lambda session: incidents.fetch(session, 17, 3, MANY),
    "seen": lambda session: policies.sees_instance(session, MANY, 17),
    "session": lambda session: logins.session_of(session, b""),
    "API token": lambda session: logins.api_token_of(session, b""),
    "members": lambda session: people.page(session, PersonFilter(role="clerks")),
}


class Planner(SqliteSession):
    """Keeps the plan of what it is asked, and finds nothing."""

    plan: ClassVar[list[str]] = []

    def read(self, statement: str, *values: Any) -> list[Any]:
        found = self.connection.execute(f"explain query plan {statement}", values).fetchall()
        self.plan[:] = [row[3] for row in found]
        return []


@pytest.mark.parametrize("name", QUERIES)
def test_what_a_person_of_many_roles_sees_is_found_along_indexes(
    connection: sqlite3.Connection, name: str
) -> None:
    planner = Planner(connection)
    QUERIES[name](planner)
    read_whole = [step for step in planner.plan if step.startswith("SCAN")]
    tables = [step for step in read_whole if not re.match(r"SCAN (\(|part\d+|v|i|CONSTANT|SUBQUERY)", step)]
    assert planner.plan
    assert tables == []


@pytest.mark.parametrize("order", inbox.WALKS)
def test_an_inbox_is_read_in_its_order_without_sorting(connection: sqlite3.Connection, order: Any) -> None:
    for walk in inbox.WALKS[order]:
        merged = inbox._merged(inbox.Asked("sqlite", walk, 3, True))
        plan = connection.execute(f"explain query plan {merged}", [None] * merged.count("?")).fetchall()
        assert [row[3] for row in plan if "TEMP B-TREE" in row[3]] == []
