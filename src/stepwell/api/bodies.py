"""What callers send: the bodies of the commands. An unknown field is refused."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from stepwell.identity import Right
from stepwell.identity.role import Kind
from stepwell.identity.user import Digest
from stepwell.services.api_tokens import MOST_DAYS, Scope
from stepwell.services.passwords import LONGEST, SHORTEST
from stepwell.services.people import EMAIL, LANGUAGE, LOGIN_NAME
from stepwell.services.roles import NAME

_NO_NUL = r"^[^\u0000]*$"
Text = Annotated[str, Meta(max_length=255, pattern=_NO_NUL)]
Name = Annotated[str, Meta(min_length=1, max_length=255, pattern=r"^[^\u0000]*[^\u0000\s][^\u0000]*$")]
Reason = Annotated[str, Meta(max_length=1000, pattern=_NO_NUL)]
Given = Annotated[str, Meta(min_length=1, max_length=1000, pattern=r"^[^\u0000]*[^\u0000\s][^\u0000]*$")]
Secret = Annotated[str, Meta(max_length=1000, pattern=_NO_NUL)]
NewSecret = Annotated[str, Meta(min_length=SHORTEST, max_length=LONGEST, pattern=_NO_NUL)]
LoginName = Annotated[str, Meta(max_length=100, pattern=LOGIN_NAME)]
Email = Annotated[str, Meta(max_length=255, pattern=EMAIL)]
Language = Annotated[str, Meta(pattern=LANGUAGE)]
RoleName = Annotated[str, Meta(max_length=100, pattern=NAME)]
LISTED_TEXT = {"maxLength": 255, "pattern": _NO_NUL}
LISTED_NAME = {"minLength": 1, "maxLength": 255, "pattern": r"^[^\u0000]*[^\u0000\s][^\u0000]*$"}
VARIABLE_NAME = {"minLength": 1, "maxLength": 255, "pattern": r"^[^\u0000#@][^\u0000]*$"}
VariableName = Annotated[str, Meta(min_length=1, max_length=255, pattern=VARIABLE_NAME["pattern"])]
Variables = dict[VariableName, Any]
VariableType = Literal[
    "any", "text", "number", "integer", "boolean", "date", "time", "date-time", "duration", "list", "context"
]


class Body(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``actor`` is in whose name it is done, as the history will say. Only who has the token of the installation
    may name somebody; a person acts for themselves.
    """

    actor: Text = ""


class Awaited(Body, frozen=True, kw_only=True):
    """With ``foreground`` the answer comes when everything that the command brought about waits, system
    steps and jobs included, or after ``wait`` seconds; what is not done by then goes on by itself.
    """

    foreground: bool = False
    wait: Annotated[float, Meta(ge=0, le=30)] = 10.0


class StartInstance(Awaited, frozen=True):
    """Which process to start, and what it is given. Without ``version`` it is the latest one."""

    process_id: Name
    variables: Variables = {}
    business_key: Text = ""
    version: Annotated[int, Meta(ge=1, le=2**53)] | None = None


class CancelInstance(Body, frozen=True):
    """Why the instance is to end."""

    reason: Reason = ""


class SetVariables(Body, frozen=True):
    """New values, and why. ``scope`` is the key of a living scope inside the instance, 0 the instance itself. A variable
    with one of the ``types`` is kept as such: so text becomes a date, a time or a duration.
    """

    variables: Variables
    reason: Given
    types: dict[VariableName, VariableType] = {}
    scope: Annotated[int, Meta(ge=0, le=2**53)] = 0


class ClaimUserTask(Body, frozen=True):
    """Who takes the task; empty for who asks."""

    user: Text = ""


Ids = Annotated[list[Name], Meta(min_length=1, max_length=200)]


class ClaimMany(Body, frozen=True):
    """Which tasks, and who takes them; empty for who asks."""

    ids: Ids
    user: Text = ""


class ReleaseMany(Body, frozen=True):
    """Which tasks go back to those to whom they are offered."""

    ids: Ids


class ReassignMany(Body, frozen=True):
    """Which tasks, and whom all of them are handed to: somebody, or candidates; and why."""

    ids: Ids
    assignee: Text = ""
    users: Annotated[list[Name], Meta(max_length=200)] = []
    roles: Annotated[list[Name], Meta(max_length=200)] = []
    comment: Reason = ""


class PostponeMany(Body, frozen=True):
    """Which tasks, and when all of them are done: from ``start_at`` on, for so many minutes, with a reminder or none.
    An empty ``assignee`` leaves whoever has them.
    """

    ids: Ids
    start_at: datetime
    duration: Annotated[float, Meta(ge=0, le=366 * 24 * 60)] = 0
    remind_at: datetime | None = None
    in_calendar: bool = False
    assignee: Text = ""


class CompleteMany(Body, frozen=True):
    """Which tasks, and the same answer for all of them: the ``values`` of their page and the ``button`` that is pressed;
    plain tasks have no page and give ``variables``.
    """

    ids: Ids
    variables: Variables = {}
    values: dict[str, Any] = {}
    button: Text = ""


class StartMany(Body, frozen=True):
    """The records, as ``contact/17``, each of which gets an instance, and what all of these are given."""

    records: Ids
    variables: Variables = {}


class SetFavourite(Body, frozen=True):
    """Whether it is a favourite from now on."""

    is_favourite: bool


class ReleaseUserTask(Body, frozen=True):
    """Nothing but who does it."""


class CompleteUserTask(Awaited, frozen=True):
    """What was done: the ``values`` of the page by the keys of its fields, and the ``button`` that was pressed (empty: the
    one that completes the step). A plain task has no page and gives ``variables``; its outputs decide what becomes
    of them. ``revision`` is that of the record over which the values were typed: after a conflict the one that the
    answer showed, otherwise it need not be said.
    """

    variables: Variables = {}
    values: dict[str, Any] = {}
    button: Text = ""
    revision: Annotated[int, Meta(ge=1, le=2**53)] | None = None


class OpenUserTask(Body, frozen=True):
    """Nothing but who opens it."""


class SaveDraft(Body, frozen=True):
    """What was typed so far, by the keys of the page's fields, right or wrong."""

    values: dict[str, Any]


class ExaminePage(Body, frozen=True):
    """What was typed so far; ``part`` is the tab or step of the page that is left, counted from 1 (null: all of it)."""

    values: dict[str, Any]
    part: Annotated[int, Meta(ge=1, le=1000)] | None = None


class ReassignUserTask(Body, frozen=True):
    """Whom it is handed to: somebody, or candidates of whom the first who takes it has it; and why."""

    assignee: Text = ""
    users: Annotated[list[Name], Meta(max_length=200)] = []
    roles: Annotated[list[Name], Meta(max_length=200)] = []
    comment: Reason = ""


class PostponeUserTask(Body, frozen=True):
    """When it is done: from ``start_at`` on, for so many minutes of ``duration``, with a reminder or none. An empty
    ``assignee`` or ``title`` leaves what is there.
    """

    start_at: datetime
    duration: Annotated[float, Meta(ge=0, le=366 * 24 * 60)] = 0
    remind_at: datetime | None = None
    in_calendar: bool = False
    assignee: Text = ""
    title: Annotated[str, Meta(max_length=500, pattern=_NO_NUL)] = ""


class CancelUserTask(Body, frozen=True):
    """Why the step ends without going on."""

    reason: Reason = ""


class AddComment(Body, frozen=True):
    """What one has to say about the step."""

    text: Annotated[str, Meta(min_length=1, max_length=10_000, pattern=r"^[^\u0000]*[^\u0000\s][^\u0000]*$")]


class PutPresence(Body, frozen=True):
    """Whether one has the step open."""

    is_here: bool = True


class ReadNotifications(Body, frozen=True):
    """Which notifications: those about a user task, empty for all."""

    about: Text = ""


class PostponeNotification(Body, frozen=True):
    """When the notification comes back: within a year."""

    until: datetime


class PublishMessage(Body, frozen=True):
    """A message; it waits ``seconds`` for a receiver. The same ``message_id`` is accepted once meanwhile."""

    name: Name
    key: Text = ""
    variables: Variables = {}
    message_id: Text = ""
    seconds: Annotated[float, Meta(ge=0, le=366 * 24 * 3600)] = 3600.0


class ThrowSignal(Body, frozen=True):
    """A signal for everybody who waits for its name now."""

    name: Name
    variables: Variables = {}


class RetryIncident(Body, frozen=True):
    """Why the element may try again: what was repaired. ``values`` replace those in the result that it gave."""

    reason: Reason = ""
    values: Variables = {}


class Nothing(Body, frozen=True):
    """Nothing to say."""


class LogIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A login name and its password."""

    name: Text
    password: Secret


class ChangePassword(Body, frozen=True):
    """One's own password as it is, and as it shall be."""

    old: Secret
    new: NewSecret


class ChangeSettings(Body, frozen=True):
    """What a person sets otherwise; what is not said stays."""

    opens_steps: bool | None = None
    shows_popups: bool | None = None
    digest: Digest | None = None
    language: Language | None = None
    time_zone: Text | None = None


class AddApiToken(Body, frozen=True):
    """What it is for, what it may do, and after how many days it runs out (null: never)."""

    name: Name
    scope: Scope = "read"
    days: Annotated[int, Meta(ge=1, le=MOST_DAYS)] | None = 90


class AddPerson(Body, frozen=True):
    """Who comes. Without a password only an API token can be used."""

    name: LoginName
    display_name: Text = ""
    email: Email = ""
    manager: Text = ""
    time_zone: Text = "UTC"
    language: Language = "en"
    roles: Annotated[list[Name], Meta(max_length=200)] = []
    password: NewSecret | None = None


class ChangePerson(Body, frozen=True):
    """What changes about a person; what is not said stays."""

    display_name: Text | None = None
    email: Email | None = None
    manager: Text | None = None
    time_zone: Text | None = None
    language: Language | None = None


class SetPassword(Body, frozen=True):
    """A new password of somebody."""

    password: NewSecret


class AddRole(Body, frozen=True):
    """A new role: where it stands (``parent`` empty: at the top), and what rights it gives."""

    name: RoleName
    label: Text = ""
    kind: Kind = "organisational"
    parent: Text = ""
    rights: frozenset[Right] = frozenset()


class ChangeRole(Body, frozen=True):
    """What changes about a role; what is not said stays. ``rights`` are all that it gives from now on. With ``seen``,
    the rights that it gave when they were chosen, only what differs is given or taken.
    """

    label: Text | None = None
    kind: Kind | None = None
    parent: Text | None = None
    rights: frozenset[Right] | None = None
    seen: frozenset[Right] | None = None


class ChangeMembers(Body, frozen=True):
    """Login names."""

    people: Annotated[list[Name], Meta(min_length=1, max_length=1000)]
