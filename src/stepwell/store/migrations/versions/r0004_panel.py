"""Inboxes that know when a task is due, when it starts and how urgent it is; the records that tasks are about, and
on which processes are offered; favourite processes.
"""

import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PART = 10_000
EXTENSION = "{urn:stepwell:bpmn:1}runFrom"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
INBOX = sa.table(
    "inbox", *map(sa.column, ("principal", "created_at", "instance_id", "key", "due_at", "start_at", "priority"))
)  # fmt: skip
OFFER = sa.table("definition_record_type", *map(sa.column, ("definition_id", "record_type", "parameter")))
RECORD = sa.table("user_task_record", *map(sa.column, ("record", "instance_id", "key")))
TASKS = sa.text(
    "select instance_id, key, created_at, assignee, details, due_at, start_at, priority from user_task"
    " where (instance_id, key) > (:instance_id, :key) order by instance_id, key limit :part"
)


def upgrade() -> None:
    op.drop_table("inbox")  # all of it follows from the tasks
    op.create_table(
        "inbox",
        *(keyed(name, kind) for name, kind in KEY.items()),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("start_at", sa.BigInteger(), nullable=True),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name="inbox_pkey"),
        sqlite_with_rowid=False,
    )
    index("inbox_due", "due_at", "due_at is not null")
    index("inbox_priority", "priority", "priority != 50")
    op.create_table(
        "user_task_record",
        *(keyed(name, kind) for name, kind in RECORD_KEY.items()),
        sa.PrimaryKeyConstraint(*RECORD_KEY, name="user_task_record_pkey"),
        sqlite_with_rowid=False,
    )
    fill()
    op.create_table(
        "definition_record_type",
        keyed("definition_id", sa.BigInteger()),
        keyed("record_type", sa.Text()),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("definition_id", "record_type", name="definition_record_type_pkey"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "definition_record_type_record_type", "definition_record_type", ["record_type", "definition_id"]
    )
    fill_offers()
    op.create_table(
        "favourite_process",
        keyed("person", sa.Text()),
        keyed("process_id", sa.Text()),
        sa.PrimaryKeyConstraint("person", "process_id", name="favourite_process_pkey"),
        sqlite_with_rowid=False,
    )


KEY = {
    "principal": sa.Text(),
    "created_at": sa.BigInteger(),
    "instance_id": sa.BigInteger(),
    "key": sa.BigInteger(),
}
RECORD_KEY = {"record": sa.Text(), "instance_id": sa.BigInteger(), "key": sa.BigInteger()}


def keyed(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, autoincrement=False)


def index(name: str, column: str, where: str) -> None:
    columns = ["principal", column, "created_at", "instance_id", "key"]
    op.create_index(name, "inbox", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def fill() -> None:
    """Put every open task where it belongs, some thousands at a time."""
    connection = op.get_bind()
    place = {"instance_id": 0, "key": -1}
    while tasks := connection.execute(TASKS, {**place, "part": PART}).mappings().all():
        details = {id(task): unpacked(task["details"]) for task in tasks}
        shown = [
            row(task, name) for task in tasks for name in inboxes(task["assignee"], *details[id(task)][:2])
        ]
        about = [
            {"record": record, "instance_id": task["instance_id"], "key": task["key"]}
            for task in tasks
            for record in dict.fromkeys(connections(details[id(task)]))
        ]
        connection.execute(sa.insert(INBOX), shown)
        if about:
            connection.execute(sa.insert(RECORD), about)
        place = {name: tasks[-1][name] for name in place}


def fill_offers() -> None:
    """Processes deployed before say in their files on which records they are offered."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "select d.id, d.process_id, f.xml from definition d join deployment f on f.id = d.deployment_id"
        )
    ).all()
    rows = [
        {"definition_id": id, "record_type": record_type, "parameter": parameter}
        for id, process_id, xml in found
        for record_type, parameter in offers_of(process_id, zlib.decompress(xml)).items()
    ]
    if rows:
        connection.execute(sa.insert(OFFER), rows)


def offers_of(process_id: str, xml: bytes) -> dict[str, str]:
    """The record types on which a process of a file is offered, and the parameter that gets the record."""
    return {
        said.get("recordType", ""): said.get("parameter", "")
        for process in ET.fromstring(xml).iter(f"{BPMN}process")  # noqa: S314 - it was checked when it came
        if process.get("id") == process_id
        for said in process.iterfind(f"{BPMN}extensionElements/{EXTENSION}")
        if said.get("recordType") and said.get("parameter")
    }


def row(task: Any, name: str) -> dict[str, Any]:
    columns = ("created_at", "instance_id", "key", "due_at", "start_at", "priority")
    return {"principal": name, **{column: task[column] for column in columns}}


def unpacked(details: bytes | None) -> list[Any]:
    """The candidate users and roles of a task, then what else it has."""
    return msgspec.msgpack.decode(details) if details else [[], [], []]


def connections(details: list[Any]) -> list[str]:
    more = details[2]
    return list(more[4]) if len(more) > 4 else []


def inboxes(assignee: str, users: list[str], roles: list[str]) -> Iterator[str]:
    """Who has the task, else to whom it is offered, else everybody; and from whom it was taken."""
    candidates = dict.fromkeys([*(f"user:{name}" for name in users), *(f"role:{name}" for name in roles)])
    if assignee:
        yield f"user:{assignee}"
        yield from (f"taken:{name}" for name in candidates if name != f"user:{assignee}")
    else:
        yield from candidates or ["*"]
