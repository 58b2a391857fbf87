"""The tables of an instance's state, column by column.

The order is that of the fields of the row types (after the instance id), so that rows and tuples turn
into each other without a thought. The schema and the hot statements of both databases are made from it.
"""

from typing import Literal, NamedTuple

Type = Literal["integer", "text", "blob", "float"]


class Column(NamedTuple):
    """A column; ``nullable`` columns are null where there is nothing to say."""

    name: str
    type: Type
    nullable: bool = False


class Layout(NamedTuple):
    """A table: its columns, of which the first ``keys`` are the primary key."""

    name: str
    keys: int
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def layout(name: str, keys: int, columns: str) -> Layout:
    """``columns`` are words ``name:type``, with a question mark behind nullable ones."""
    return Layout(name, keys, tuple(map(_column, columns.split())))


def _column(word: str) -> Column:
    name, kind = word.rstrip("?").split(":")
    types: dict[str, Type] = {"int": "integer", "text": "text", "blob": "blob", "float": "float"}
    return Column(name, types[kind], word.endswith("?"))


PROCESS_INSTANCE = layout(
    "process_instance",
    1,
    "id:int definition_id:int status:text revision:int last_key:int active:int joining:int waits:int"
    " incidents:int calling_instance:int? calling_key:int? positions:blob? visits:blob? starter:text"
    " business_key:text started_at:int ended_at:int? depth:int caption:text",
)
ELEMENT_INSTANCE = layout(
    "element_instance",
    2,
    "instance_id:int key:int element:text scope:int state:text active:int joining:int filled:int waits:int"
    " data:blob? positions:blob? visits:blob?",
)
VARIABLES = layout("variables", 3, "instance_id:int scope:int name:text data:blob")
WAITING_FLOW = layout("waiting_flow", 3, "instance_id:int gateway_key:int flow:text tokens:int")
USER_TASK = layout(
    "user_task",
    2,
    "instance_id:int key:int element:text title:text created_at:int assignee:text details:blob?"
    " priority:int due_at:int? start_at:int? kind:text",
)
INBOX = layout(
    "inbox",
    4,
    "principal:text created_at:int instance_id:int key:int due_at:int? start_at:int? priority:int",
)
TASK_RECORD = layout("user_task_record", 3, "record:text instance_id:int key:int")
PARTICIPATION = layout("participation", 2, "instance_id:int principal:text")
JOB = layout(
    "job",
    2,
    "instance_id:int key:int element_key:int element:text type:text due_at:int retries:int timeout:float"
    " backoff:float args:blob repeat:text failures:int error:text",
)
JOB_WORKER = layout("job", 0, "locked_by:text? locked_until:int? attempt:int")
SUBSCRIPTION = layout(
    "subscription",
    2,
    "instance_id:int key:int element_key:int element:text kind:text name:text correlation_key:text"
    " created_at:int args:blob",
)
INCIDENT = layout(
    "incident",
    2,
    "instance_id:int key:int element:text code:text message:text raised_at:int phase:text data:blob",
)
HISTORY = layout(
    "history",
    2,
    "instance_id:int revision:int at:int actor:text command:text reason:text format:int events:blob",
)
IDEMPOTENCY_KEY = layout("idempotency_key", 2, "principal:text key:text hash:blob reply:blob at:int")

STATE = (
    PROCESS_INSTANCE, ELEMENT_INSTANCE, VARIABLES, WAITING_FLOW, USER_TASK, INBOX, TASK_RECORD, PARTICIPATION, JOB,
    SUBSCRIPTION, INCIDENT, HISTORY,
)  # fmt: skip
