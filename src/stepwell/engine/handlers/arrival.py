"""What reaches an instance from another one: messages, signals, the ends of called children."""

from stepwell.engine import loops
from stepwell.engine.agenda import drain
from stepwell.engine.commands import CatchSignal, Command, CompleteCall, CorrelateMessage, FailCall
from stepwell.engine.flow import complete
from stepwell.engine.incidents import raise_incident
from stepwell.engine.rows import ElementInstance, Subscription
from stepwell.engine.run import Run, Stuck
from stepwell.engine.scopes import expect_living
from stepwell.engine.throwing import throw_error
from stepwell.engine.waits import caught
from stepwell.errors import Conflict, NotFound

KINDS: dict[type[Command], str] = {CorrelateMessage: "message", CatchSignal: "signal"}


def catch(run: Run, command: CorrelateMessage | CatchSignal) -> None:
    """A message or signal came to who waited for it."""
    row = the_subscription(run, command.key, KINDS[type(command)])
    caught(run, row.element, row.element_key, command.values or None, command.key)
    drain(run)


def the_subscription(run: Run, key: int, kind: str) -> Subscription:
    """The subscription with this key, which still waits for something of this kind."""
    row: Subscription | None = run.state.subscriptions.get(key)
    found = f"{run.state.instance.id}-{key}"
    if row is None:
        raise NotFound(
            "subscription.gone", f"Expected subscription {found} to wait, but it does not any more."
        )
    if row.kind != kind:
        raise Conflict("subscription.other-kind", f"Expected subscription {found} to be for a {kind}.")
    expect_living(run, row.element_key)
    return row


def the_call(run: Run, key: int) -> ElementInstance:
    """The call activity that waits for its child."""
    row = run.state.element(key)
    if row is None or not is_calling(run, row):
        found = f"{run.state.instance.id}-{key}"
        raise NotFound("call.gone", f"Expected call {found} to wait, but it does not any more.")
    expect_living(run, key)
    return row


def is_calling(run: Run, row: ElementInstance) -> bool:
    is_call = run.definition.elements[row.element].tag == "callActivity"
    return is_call and not loops.is_body(row) and not run.state.has_incident(row.key)


def complete_call(run: Run, command: CompleteCall) -> None:
    the_call(run, command.key)
    complete(run, run.at(command.key), command.values)
    drain(run)


def fail_call(run: Run, command: FailCall) -> None:
    row = the_call(run, command.key)
    if not command.error_code:
        raise_incident(run, command.key, refused(row, command.message))
        return
    try:
        throw_error(run, command.key, command.error_code, command.message, command.values)
    except Stuck as problem:
        raise_incident(run, command.key, problem)
    drain(run)


def refused(row: ElementInstance, message: str) -> Stuck:
    return Stuck(
        "call.refused", f"Expected the process called by {row.element} to complete, but it did not: {message}"
    )
