"""The fixed statements that save rows, described once; each database has its own text for them."""

from dataclasses import dataclass
from typing import Literal

from stepwell.store import columns
from stepwell.store.columns import Layout

Verb = Literal["insert", "put", "add", "update", "delete"]


@dataclass(frozen=True, eq=False, slots=True)
class Write:
    """A statement for many rows, each given as a tuple of the layout's columns in order.

    ``put`` inserts or replaces, ``add`` inserts what is not there yet. ``update`` changes the columns at the places ``sets``; ``guard`` is the
    column that must still have the value that follows in the tuple. ``delete`` takes the first ``keys``
    columns. ``also`` is added to what an update sets.
    """

    verb: Verb
    layout: Layout
    sets: tuple[int, ...] = ()
    guard: str = ""
    also: str = ""


def _update(layout: Layout, names: str = "", *, guard: str = "", also: str = "") -> Write:
    """An update of the named columns; of all but the key if none is named."""
    wanted = names.split() or layout.names[layout.keys :]
    return Write("update", layout, tuple(map(layout.names.index, wanted)), guard, also)


_COUNTERS = "revision last_key active joining waits incidents positions visits"
_SCOPE = columns.VARIABLES._replace(keys=2)
_JOB = columns.JOB._replace(columns=columns.JOB.columns + columns.JOB_WORKER.columns)

DELETE_INBOX = Write("delete", columns.INBOX)
DELETE_TASK_RECORD = Write("delete", columns.TASK_RECORD)
DELETE_USER_TASK = Write("delete", columns.USER_TASK)
DELETE_JOB = Write("delete", columns.JOB)
DELETE_SUBSCRIPTION = Write("delete", columns.SUBSCRIPTION)
DELETE_INCIDENT = Write("delete", columns.INCIDENT)
DELETE_FLOW = Write("delete", columns.WAITING_FLOW)
DELETE_VALUE = Write("delete", columns.VARIABLES)
DELETE_SCOPE = Write("delete", _SCOPE)
DELETE_ELEMENT = Write("delete", columns.ELEMENT_INSTANCE)

UPDATE_INSTANCE = _update(columns.PROCESS_INSTANCE, _COUNTERS, guard="revision")
UPDATE_STATUS = _update(columns.PROCESS_INSTANCE, f"status ended_at {_COUNTERS}", guard="revision")
UPDATE_ELEMENT = _update(columns.ELEMENT_INSTANCE, "state active joining filled waits data positions visits")
UPDATE_USER_TASK = _update(columns.USER_TASK)
UPDATE_JOB = _update(columns.JOB, also="locked_by = null, locked_until = null")

INSERT_INSTANCE = Write("insert", columns.PROCESS_INSTANCE)
INSERT_ELEMENT = Write("insert", columns.ELEMENT_INSTANCE)
PUT_VARIABLES = Write("put", columns.VARIABLES)
PUT_FLOW = Write("put", columns.WAITING_FLOW)
INSERT_USER_TASK = Write("insert", columns.USER_TASK)
INSERT_INBOX = Write("insert", columns.INBOX)
INSERT_TASK_RECORD = Write("insert", columns.TASK_RECORD)
ADD_PARTICIPATION = Write("add", columns.PARTICIPATION)
INSERT_JOB = Write("insert", _JOB)
PUT_SUBSCRIPTION = Write("put", columns.SUBSCRIPTION)
PUT_INCIDENT = Write("put", columns.INCIDENT)
INSERT_HISTORY = Write("insert", columns.HISTORY)
ANSWER_KEY = _update(columns.IDEMPOTENCY_KEY)

ORDER = (
    DELETE_INBOX, DELETE_TASK_RECORD, DELETE_USER_TASK, DELETE_JOB, DELETE_SUBSCRIPTION, DELETE_INCIDENT, DELETE_FLOW,
    DELETE_VALUE, DELETE_SCOPE, DELETE_ELEMENT, UPDATE_INSTANCE, UPDATE_STATUS, UPDATE_ELEMENT, UPDATE_USER_TASK, UPDATE_JOB,
    INSERT_INSTANCE, INSERT_ELEMENT, PUT_VARIABLES, PUT_FLOW, INSERT_USER_TASK, INSERT_INBOX,
    INSERT_TASK_RECORD, ADD_PARTICIPATION, INSERT_JOB, PUT_SUBSCRIPTION, PUT_INCIDENT, INSERT_HISTORY,
)  # fmt: skip
EVERY = (*ORDER, ANSWER_KEY)
