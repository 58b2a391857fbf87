"""What somebody wants of one instance: imperatives. ``actor`` is who; empty for Stepwell itself.

``key`` names the element instance, job, subscription or incident meant. Values are FEEL values by name.
"""

from msgspec import Struct

from stepwell.forms.outcome import Outcome

Values = dict[str, object]


class Command(Struct, frozen=True, gc=False, kw_only=True):
    """A wish. ``depth`` counts the causes since a person or a timer; ``actor`` stands in the history.

    ``foreground``: a person waits for what it brings about (R4); handed to what it causes.
    """

    actor: str = ""
    reason: str = ""
    depth: int = 0
    foreground: bool = False


class StartInstance(Command, frozen=True, gc=False):
    """Run the definition; from ``start_event`` if given, otherwise from its none start.

    ``called`` has the titles of records among the values, by their ids, for the caption.
    """

    instance_id: int
    definition_id: int
    values: Values
    start_event: str = ""
    business_key: str = ""
    calling_instance: int | None = None
    calling_key: int | None = None
    called: dict[str, str] = {}


class CancelInstance(Command, frozen=True, gc=False):
    """End the instance without going on anywhere."""


class SetVariables(Command, frozen=True, gc=False):
    """Give variables of a scope new values (a repair, or from outside)."""

    scope: int
    values: Values


class ClaimUserTask(Command, frozen=True, gc=False):
    """Take the task for ``assignee``."""

    key: int
    assignee: str


class ReleaseUserTask(Command, frozen=True, gc=False):
    """Give the task back to its candidates."""

    key: int


class ReassignUserTask(Command, frozen=True, gc=False):
    """Hand the task on: to ``assignee``, or to whoever of the candidates takes it (S6)."""

    key: int
    assignee: str = ""
    candidate_users: tuple[str, ...] = ()
    candidate_roles: tuple[str, ...] = ()


class PostponeUserTask(Command, frozen=True, gc=False):
    """Do the task later (S4): from ``start_at`` on, for ``duration`` microseconds, with a reminder or none.

    An empty ``assignee`` or ``title`` leaves what is there.
    """

    key: int
    start_at: int
    duration: int = 0
    remind_at: int | None = None
    in_calendar: bool = False
    assignee: str = ""
    title: str = ""


class RemindOfUserTask(Command, frozen=True, gc=False):
    """The time of the reminder ``key`` (a job) has come."""

    key: int


class CancelUserTask(Command, frozen=True, gc=False):
    """End the step without taking any flow out of it (O3)."""

    key: int


class OpenUserTask(Command, frozen=True, gc=False):
    """Work out the page and store it, unless that was done before (R4), for a reader of ``language`` in ``time_zone``.

    ``is_shown``: somebody will look at it, so that the page of an activity has to be as the activity is.
    """

    key: int
    language: str = ""
    time_zone: str = "UTC"
    is_shown: bool = True


class CompleteUserTask(Command, frozen=True, gc=False):
    """The person did it; ``values`` go into the process, ``outcome`` steers the flows behind the step. ``button`` is
    what was pressed on a page, ``activity_result`` the result with which its activity was completed at once (S7).
    """

    key: int
    values: Values
    outcome: Outcome | None = None
    button: str = ""
    activity_result: str = ""


class KeepRecordPage(Command, frozen=True, gc=False):
    """The record of the page was saved, and ``open_conditions`` are not met; ``values`` are those of the page now."""

    key: int
    record: str
    revision: int
    values: Values
    open_conditions: tuple[str, ...]


class FollowActivity(Command, frozen=True, gc=False):
    """The activity of the step was saved: the step becomes as it is, and may be done by that."""

    key: int
    values: Values


class PressButton(Command, frozen=True, gc=False):
    """A button of the page was pressed that does not end the step; it may throw a signal."""

    key: int
    button: str
    values: Values


class CompleteJob(Command, frozen=True, gc=False):
    """The worker did it. ``attempt`` is checked by the store against the job's row."""

    key: int
    values: Values
    attempt: int | None = None


class FailJob(Command, frozen=True, gc=False):
    """The worker could not do it. With ``error_code`` it is a BPMN error, otherwise a failed attempt."""

    key: int
    message: str
    error_code: str | None = None
    values: Values = {}
    attempt: int | None = None
    may_retry: bool = True


class FireTimer(Command, frozen=True, gc=False):
    """The timer's time has come."""

    key: int


class Continue(Command, frozen=True, gc=False):
    """Go on with work that was handed on by an earlier transaction (job ``key``)."""

    key: int


class CorrelateMessage(Command, frozen=True, gc=False):
    """A message reached the subscription ``key``."""

    key: int
    name: str
    values: Values


class CatchSignal(Command, frozen=True, gc=False):
    """A signal reached the subscription ``key``."""

    key: int
    name: str
    values: Values


class CompleteCall(Command, frozen=True, gc=False):
    """The child that call activity ``key`` started has completed."""

    key: int
    values: Values


class FailCall(Command, frozen=True, gc=False):
    """The child that call activity ``key`` started ended with a BPMN error; without a code: it was refused or cancelled."""

    key: int
    error_code: str
    message: str = ""
    values: Values = {}


class RetryIncident(Command, frozen=True, gc=False):
    """Let the stuck element try again; ``values`` take the place of those by these names in what it gave."""

    key: int
    values: Values = {}


class CompleteRecords(Command, frozen=True, gc=False):
    """The data step of job ``key`` is done: ``count`` records in this transaction, and what it gives."""

    key: int
    count: int
    result: object = None


class GoOnWithRecords(Command, frozen=True, gc=False):
    """A part of the data step of job ``key`` is done; ``args`` is what the job keeps for the rest."""

    key: int
    count: int
    args: bytes


class FailRecords(Command, frozen=True, gc=False):
    """The data step of job ``key`` can not be done; nothing of this part was."""

    key: int
    code: str
    message: str


class RecordChange(Struct, frozen=True):
    """What became of a record, such as ``contact/17``; ``values`` are those it has now, none if it is gone."""

    record: str
    kind: str
    fields: tuple[str, ...] = ()
    values: Values = {}


class CatchRecords(Command, frozen=True, gc=False):
    """Changes of records reached the subscription ``key``."""

    key: int
    changes: tuple[RecordChange, ...]


class MissRecords(Command, frozen=True, gc=False):
    """A change of a record can not be delivered to the subscription ``key``."""

    key: int
    code: str
    message: str
