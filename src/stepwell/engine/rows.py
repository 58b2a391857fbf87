"""The rows of one process instance: what the database holds and what the core changes.

A row is frozen; a change is a new object. Rows carry no instance id: a state holds one instance, the
store adds the id. Times are microseconds since 1970-01-01 UTC. Keys come from the instance's counter;
key 0 is the instance itself as a scope.
"""

from typing import Literal

from msgspec import Struct

ElementState = Literal[
    "pending", "active", "joining", "awaiting_reset", "terminating", "compensable", "compensating"
]
InstanceStatus = Literal["running", "terminating", "completed", "cancelled"]


class ProcessInstance(Struct, frozen=True, gc=False, array_like=True):
    """One run of a definition, and its outermost scope.

    ``active`` counts its living children, ``joining`` those of them that are gateways waiting for more
    tokens, ``waits`` the jobs and subscriptions that belong to the scope itself, ``incidents`` the open
    incidents anywhere in the instance. ``positions`` (element id to living instances) is kept only for
    elements from which an inclusive join can be reached, ``visits`` (element id to passes) only for
    entries of cycles. ``depth`` counts how many causes lie between a person or timer and this run.
    ``caption`` is how people call this run; empty if its process's name has to do.
    """

    id: int
    definition_id: int
    status: InstanceStatus = "running"
    revision: int = 0
    last_key: int = 0
    active: int = 0
    joining: int = 0
    waits: int = 0
    incidents: int = 0
    calling_instance: int | None = None
    calling_key: int | None = None
    positions: dict[str, int] | None = None
    visits: dict[str, int] | None = None
    starter: str = ""
    business_key: str = ""
    started_at: int = 0
    ended_at: int | None = None
    depth: int = 0
    caption: str = ""


class ElementInstance(Struct, frozen=True, gc=False, array_like=True):
    """One activation of an element; a scope when it has inner elements or rounds.

    ``filled`` is, for a joining gateway, the number of incoming flows with a token; ``data`` is the
    step's own small memory (plain JSON values).
    """

    key: int
    element: str
    scope: int
    state: ElementState = "active"
    active: int = 0
    joining: int = 0
    filled: int = 0
    waits: int = 0
    data: dict[str, object] | None = None
    positions: dict[str, int] | None = None
    visits: dict[str, int] | None = None


class TaskDetails(Struct, frozen=True, array_like=True):
    """What most user tasks do without.

    ``duration`` is the planned one in microseconds; ``foreground``: it opens by itself on the screen of its
    assignee; ``in_calendar``: it stands in the calendar, also without an activity; ``connections`` are the records
    that it is about, as ``contact/17``; ``delegations_left`` is how often an approval may still be handed on, -1
    any number of times. ``activity`` is the number of its activity, 0 if it has none, ``results`` those that it can be
    completed with, and ``done`` which half of a step that needs both its page and its activity is there (S7).
    ``is_opened``: its page is stored.
    """

    duration: int = 0
    remind_at: int | None = None
    in_calendar: bool = False
    foreground: bool = False
    connections: tuple[str, ...] = ()
    delegations_left: int = -1
    activity: int = 0
    results: tuple[str, ...] = ()
    done: Literal["", "page", "activity"] = ""
    is_opened: bool = False


NO_DETAILS = TaskDetails()
PAGE = "@page"
"""The name under which the scope of a user task keeps its page."""
DONE = "@done"
"""The name under which it keeps what one half of a step gave that needs its page and its activity."""


class UserTask(Struct, frozen=True, gc=False, array_like=True):
    """A work item for a person; its key is that of its element instance."""

    key: int
    element: str
    title: str
    created_at: int
    assignee: str = ""
    candidate_users: tuple[str, ...] = ()
    candidate_roles: tuple[str, ...] = ()
    priority: int = 50
    due_at: int | None = None
    start_at: int | None = None
    kind: str = "plain"
    details: TaskDetails = NO_DETAILS


class Job(Struct, frozen=True, gc=False, array_like=True):
    """Work for a machine: a connector's job, a timer, or the continuation of the instance.

    ``type`` is ``timer``, ``reminder``, ``continue`` or the type of a connector; ``retries`` are the attempts left
    after the present one; ``args`` are encoded values; ``backoff`` seconds pass before the next attempt
    and double each time; ``timeout`` seconds is how long one attempt may take.
    """

    key: int
    element_key: int
    element: str
    type: str
    due_at: int
    retries: int = 0
    timeout: float = 60.0
    backoff: float = 10.0
    args: bytes = b""
    repeat: str = ""
    failures: int = 0
    error: str = ""


class Subscription(Struct, frozen=True, gc=False, array_like=True):
    """An element that waits for a message (by name and correlation key), a signal (by name) or a record.

    Of a record ``name`` is its type and ``correlation_key`` its number, empty for any record of the type; ``args`` says
    which changes count (``stepwell.engine.record_signal``).
    """

    key: int
    element_key: int
    element: str
    kind: Literal["message", "signal", "record"]
    name: str
    correlation_key: str = ""
    created_at: int = 0
    args: bytes = b""


class Incident(Struct, frozen=True, gc=False, array_like=True):
    """A stuck element that a person can repair; its key is that of the element instance (0: the instance).

    ``phase`` says what a retry does again: enter the element, leave it (with the encoded ``values`` X
    """

    key: int
    element: str
    code: str
    message: str
    raised_at: int
    phase: Literal["enter", "leave", "join", "job", "open"] = "enter"
    values: bytes = b""

    @property
    def result(self) -> bytes:
        """What the element gave and could not be taken over, encoded; empty if there is nothing."""
        return self.values if self.phase == "leave" else b""


class WaitingFlow(Struct, frozen=True, gc=False, array_like=True):
    """Tokens that wait under a joining gateway (or for ``startQuantity``) on one incoming flow."""

    gateway_key: int
    flow: str
    tokens: int
