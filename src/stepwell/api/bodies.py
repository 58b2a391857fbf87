"""What callers send: the bodies of the commands. An unknown field is refused."""

from typing import Annotated, Any

from msgspec import Meta, Struct

_NO_NUL = r"^[^\u0000]*$"
Text = Annotated[str, Meta(max_length=255, pattern=_NO_NUL)]
Name = Annotated[str, Meta(min_length=1, max_length=255, pattern=r"^[^\u0000]*[^\u0000\s][^\u0000]*$")]
Reason = Annotated[str, Meta(max_length=1000, pattern=_NO_NUL)]
Given = Annotated[str, Meta(min_length=1, max_length=1000, pattern=r"^[^\u0000]*[^\u0000\s][^\u0000]*$")]
VARIABLE_NAME = {"minLength": 1, "maxLength": 255, "pattern": r"^[^\u0000#@][^\u0000]*$"}
VariableName = Annotated[str, Meta(min_length=1, max_length=255, pattern=VARIABLE_NAME["pattern"])]
Variables = dict[VariableName, Any]


class Body(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``actor`` is who does it, as the history will say; empty for nobody in particular."""

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
    """New values, and why. ``scope`` is the key of a living scope inside the instance, 0 the instance itself."""

    variables: Variables
    reason: Given
    scope: Annotated[int, Meta(ge=0, le=2**53)] = 0


class ClaimUserTask(Struct, frozen=True, forbid_unknown_fields=True):
    """Who takes the task."""

    user: Name


class ReleaseUserTask(Body, frozen=True):
    """Nothing but who does it."""


class CompleteUserTask(Awaited, frozen=True):
    """What the task brought; its outputs decide what becomes of it."""

    variables: Variables = {}


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
