"""What can be asked of the corridor in ``run.py``: a request is data, what came of it is an outcome."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from stepwell.services.trail import Trail

from stepwell.engine.commands import Command, Continue, FailJob, FireTimer, RemindOfUserTask
from stepwell.engine.data_step import is_data_step
from stepwell.engine.event import Event
from stepwell.engine.record_work import READ
from stepwell.engine.rows import Job
from stepwell.identity import STEPWELL, Actor
from stepwell.store.deliveries import Delivery, delivery_of
from stepwell.store.jobs import DELIVERY, SCHEDULE, ClaimedJob

Values = dict[str, object]


class Request(Struct, frozen=True, gc=False, kw_only=True):
    """A wish. ``by`` is who, and what is judged; ``idempotency_key`` makes a repetition answer as the first
    time (24 hours).

    ``foreground``: somebody waits for everything that it brings about (see ``stepwell.services.trail``), and
    ``awaited_by`` is who.
    """

    by: Actor = STEPWELL
    idempotency_key: str = ""
    foreground: bool = False
    awaited_by: str = ""

    @property
    def actor(self) -> str:
        """The name that the history will say."""
        return self.by.name


class OnInstance(Request, frozen=True, gc=False):
    """A command on one instance; ``target`` and ``key`` say which row it is about."""

    instance_id: int
    command: Command
    key: int = 0
    target: Literal["element", "job", "subscription"] = "element"
    attempt: int | None = None


class Start(Request, frozen=True, gc=False):
    """Start a process: its latest version, unless ``definition_id`` says which."""

    process_id: str = ""
    values: Values = {}
    definition_id: int | None = None
    start_event: str = ""
    business_key: str = ""
    depth: int = 0


class Publish(Request, frozen=True, gc=False):
    """Publish a message; it waits ``seconds`` for a receiver. ``message_id`` is accepted once meanwhile."""

    name: str
    correlation_key: str = ""
    values: Values = {}
    message_id: str = ""
    seconds: float = 3600.0


class Throw(Request, frozen=True, gc=False):
    """Throw a signal to everybody who waits for it now."""

    name: str
    values: Values = {}


class Deliver(Request, frozen=True, gc=False):
    """Carry out a delivery, row ``key``: something from one instance for another one, or for none."""

    delivery: Delivery
    key: int

    @property
    def instance_id(self) -> int:
        return self.delivery.instance_id


class PerformStep(Request, frozen=True, gc=False):
    """Carry out the data step of a job, or the next slice of it."""

    instance_id: int
    key: int
    attempt: int


class StartDue(Request, frozen=True, gc=False):
    """A start schedule is due: a job of no instance."""

    job: Job


class PutOffDue(Request, frozen=True, gc=False):
    """A delivery or schedule, which no state holds, could not be carried out because of ``message``."""

    claimed: ClaimedJob
    message: str


class SettleDigest(Request, frozen=True, gc=False):
    """The digest of a job was sent, or nothing was to be said. ``failure``: it could not be sent, and ``may_retry`` says
    whether another attempt may go better.
    """

    claimed: ClaimedJob
    failure: str = ""
    may_retry: bool = False


class Done(Struct, frozen=True, gc=False):
    """What came of a request: the instance (0: none), its revision, the events, and in the foreground its trail.

    ``answer`` is JSON that is kept for repetitions as it is: of a request that changes no instance.
    """

    instance_id: int = 0
    revision: int = 0
    events: Sequence[Event] = ()
    at: int = 0
    repeated: bool = False
    trail: "Trail | None" = None
    answer: bytes = b""


class Outcome(Struct, frozen=True, gc=False):
    """Either ``done`` or the ``error`` that the caller gets.

    ``retry`` asks for another batch; the error then is for when that was asked too often.
    """

    done: Done | None = None
    error: Exception | None = None
    retry: bool = False


def request_for(claimed: ClaimedJob) -> Request | None:
    """What a claimed job asks of the corridor; None if it is work for a connector."""
    job = claimed.job
    if job.type == "timer":
        return OnInstance(claimed.instance_id, FireTimer(job.key), job.key, "job", claimed.attempt)
    if job.type == "reminder":
        return OnInstance(claimed.instance_id, RemindOfUserTask(job.key), job.key, "job", claimed.attempt)
    if job.type == "continue":
        return OnInstance(claimed.instance_id, Continue(job.key), job.key, "job", claimed.attempt)
    if is_data_step(job) and job.type != READ:
        return PerformStep(instance_id=claimed.instance_id, key=job.key, attempt=claimed.attempt)
    if job.type == DELIVERY:
        return Deliver(delivery_of(claimed), job.key)
    if job.type == SCHEDULE:
        return StartDue(job)
    return None


def failure_of(claimed: ClaimedJob, message: str) -> Request:
    """What to ask of the corridor when the request for one of Stepwell's own jobs raised something."""
    job = claimed.job
    if job.key < 0:
        return PutOffDue(claimed, message)
    failure = FailJob(job.key, message, attempt=claimed.attempt)
    return OnInstance(claimed.instance_id, failure, job.key, "job", claimed.attempt)
