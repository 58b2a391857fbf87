"""What each kind of request means within a batch."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from stepwell import bpmn, feel
from stepwell.engine import commands as c
from stepwell.engine import deliveries as d
from stepwell.engine.handlers.machine import backoff, kept
from stepwell.engine.state import State
from stepwell.errors import Conflict, NotFound, Rejection
from stepwell.services import judging, record_signals
from stepwell.services.batch import Batch, BusyError, SpoiledError
from stepwell.services.digests.settling import settle
from stepwell.services.done_tasks import told_who
from stepwell.services.inline.going_on import perform
from stepwell.services.pages.completing import complete_task
from stepwell.services.pages.drafting import SaveDraft, save_draft
from stepwell.services.pages.pressed import CompleteTask
from stepwell.services.records.verbs import RECORD_VERBS
from stepwell.services.requests import (
    Deliver,
    Done,
    OnInstance,
    PerformStep,
    Publish,
    PutOffDue,
    Request,
    SettleDigest,
    Start,
    StartDue,
    Throw,
)
from stepwell.services.run_from import referring
from stepwell.services.schedules import Due, next_starts
from stepwell.store import lookups, notifications
from stepwell.store.deliveries import Delivery, SignalArgs, Slice, message_args, signal_args
from stepwell.store.jobs import PutOff
from stepwell.store.loading import Target
from stepwell.store.messages import Message
from stepwell.store.transaction import Transaction
from stepwell.store.tuples import unpack

NOTHING = Done()


def targets(tx: Transaction, requests: Sequence[Request]) -> list[Target]:
    """The rows that the requests of a batch are about."""
    found = []
    for request in requests:
        if isinstance(request, OnInstance):
            needs_page = isinstance(request, CompleteTask)
            found.append(Target(request.instance_id, request.key, request.target, needs_page))
        elif isinstance(request, PerformStep):
            found.append(Target(request.instance_id, request.key, "job"))
        elif isinstance(request, Deliver):
            target = addressed(tx, request)
            if target is not None:
                found.append(target)
    return found


def addressed(tx: Transaction, request: Deliver) -> Target | None:
    """The row in the instance that a delivery is for."""
    found = request.delivery
    if found.kind in ("message", "signal", "record"):
        return Target(found.instance_id, found.subject, "subscription")
    if found.kind != "command":
        return None
    delivery = d.decode(found.args)
    if isinstance(delivery, d.CallCompleted | d.CallFailed):
        return Target(found.instance_id, delivery.key)
    if isinstance(delivery, d.CancelCalled):
        child = lookups.called_instance(tx.session, delivery.instance, delivery.key)
        return None if child is None else Target(child)
    return None


def on_instance(batch: Batch, request: OnInstance) -> Done:
    if request.attempt is not None and not batch.tx.has_job(
        request.instance_id, request.key, request.attempt
    ):
        raise NotFound("job.unknown", f"Expected job {request.instance_id}-{request.key} to be open.")
    judging.of_instance(batch, request)
    try:
        return batch.decide(request.instance_id, request.command)
    except Rejection as error:
        raise told_who(batch.tx.session, request, error) from None


def complete(batch: Batch, request: CompleteTask) -> Done:
    judging.of_instance(batch, request)
    try:
        return complete_task(batch, request)
    except Rejection as error:
        raise told_who(batch.tx.session, request, error) from None


def start(batch: Batch, request: Start) -> Done:
    number = request.definition_id
    if number is None:
        number = batch.catalogue.number(request.process_id)
    definition = batch.catalogue.definition(number)
    judging.start(definition, request.by)
    return batch.start(
        c.StartInstance(
            batch.new_instance_id(),
            number,
            referring(definition, request.values),
            request.start_event,
            request.business_key,
            actor=request.actor,
            depth=request.depth,
            foreground=request.foreground,
        )
    )


def publish(batch: Batch, request: Publish) -> Done:
    judging.publish(request.by)
    expires_at = batch.tx.now + round(request.seconds * 1_000_000)
    message = Message(
        request.name, request.correlation_key, feel.encode(request.values), expires_at, request.message_id
    )
    if batch.tx.put_message(message) is None:
        raise Conflict(
            "message.repeated",
            f"Expected message id '{request.message_id}' to be new, but it was accepted before.",
        )
    batch.pairs.add((request.name, request.correlation_key))
    return Done(at=batch.tx.now)


def throw(batch: Batch, request: Throw) -> Done:
    judging.publish(request.by)
    batch.throw(request.name, request.values, 0)
    return Done(at=batch.tx.now)


def deliver(batch: Batch, request: Deliver) -> Done:
    """Carry out a delivery; if it is gone somebody else did."""
    target = addressed(batch.tx, request)
    if target is not None and target.instance_id in batch.busy:
        raise BusyError
    if batch.tx.take_delivery(request.instance_id, request.key) is None:
        return NOTHING
    try:
        return DELIVERIES[request.delivery.kind](batch, request.delivery)
    except (Rejection, *batch.spoilers):
        raise
    except Exception as error:
        raise SpoiledError from error  # the delivery was taken: it has to be there again


def message_arrived(batch: Batch, found: Delivery) -> Done:
    """Give a message to who waited for it; if it waits no more, the message is free for another."""
    args = message_args(found.args)
    state = batch.states.get(found.instance_id)
    if state is None or not is_waiting(state, found.subject):
        place = batch.tx.free_message(args.message)
        batch.pairs |= {place} if place else set()
        return NOTHING
    waiting = state.subscriptions[found.subject]
    batch.pairs.add((waiting.name, waiting.correlation_key))
    values = batch.tx.take_message(args.message)
    if values is None:
        return NOTHING
    command = c.CorrelateMessage(
        found.subject, args.name, values_of(values), depth=args.depth, foreground=batch.trail is not None
    )
    return batch.decide(found.instance_id, command)


def is_waiting(state: State, key: int) -> bool:
    """Whether the subscription is there and nothing around it is being ended."""
    row = state.subscriptions.get(key)
    return row is not None and state.instance.status == "running" and not state.is_ending(row.element_key)


def message_starts(batch: Batch, found: Delivery) -> Done:
    args = message_args(found.args)
    values = batch.tx.take_message(args.message)
    return NOTHING if values is None else start_by_event(batch, found, values, args.depth)


def start_by_event(batch: Batch, found: Delivery, values: bytes, depth: int) -> Done:
    request = Start(
        definition_id=found.subject, values=values_of(values), start_event=found.element, depth=depth
    )
    return start(batch, request)


def signal_arrived(batch: Batch, found: Delivery) -> Done:
    args = signal_args(found.args)
    command = c.CatchSignal(found.subject, args.name, values_of(args.values), depth=args.depth)
    return batch.decide(found.instance_id, command)


def signal_starts(batch: Batch, found: Delivery) -> Done:
    args = signal_args(found.args)
    return start_by_event(batch, found, args.values, args.depth)


def records_arrived(batch: Batch, found: Delivery) -> Done:
    """Changes of records that nobody waits for any more are of no use to anybody."""
    state = batch.states.get(found.instance_id)
    if state is None or not is_waiting(state, found.subject):
        return NOTHING
    return record_signals.arrived(batch, found)


def perform_step(batch: Batch, request: PerformStep) -> Done:
    """Carry out a data step, or a slice of it, that an earlier transaction left to this one."""
    state = batch.state(request.instance_id)
    job = state.jobs.get(request.key)
    is_last = batch.tx.has_job(request.instance_id, request.key, request.attempt)
    if job is None or not is_last or state.instance.status != "running" or state.is_ending(job.element_key):
        raise NotFound("job.unknown", f"Expected job {request.instance_id}-{request.key} to be open.")
    command = perform(batch, state, batch.catalogue.definition(state.instance.definition_id), job)
    if command is None:
        raise BusyError  # others of this batch have done as much as one transaction may
    return batch.decide(request.instance_id, replace(command, foreground=request.foreground))


def command_arrived(batch: Batch, found: Delivery) -> Done:
    """What another instance has for this one."""
    delivery = d.decode(found.args)
    depth = delivery.depth
    if isinstance(delivery, d.CallCompleted):
        foreground = batch.trail is not None
        command: c.Command = c.CompleteCall(
            delivery.key, values_of(delivery.values), depth=depth, foreground=foreground
        )
    elif isinstance(delivery, d.CallFailed):
        values = values_of(delivery.values)
        command = c.FailCall(
            delivery.key,
            delivery.code,
            delivery.message,
            values,
            depth=depth,
            foreground=batch.trail is not None,
        )
    elif isinstance(delivery, d.CancelCalled):
        child = batch.called(delivery.instance, delivery.key)
        if child is None:
            return NOTHING
        return batch.decide(child, c.CancelInstance(reason="the call was ended", depth=depth))
    elif isinstance(delivery, d.RecordsRest):
        record_signals.tell_any(batch, delivery)
        return NOTHING
    else:
        signal = SignalArgs(delivery.name, delivery.values, depth, delivery.reached)
        batch.signals.append((signal, Slice(delivery.after, delivery.before)))
        return NOTHING
    return batch.decide(found.instance_id, command)


def start_due(batch: Batch, request: StartDue) -> Done:
    """Start what a schedule says, and let its job wait for the next time."""
    job = request.job
    definition = batch.catalogue.definition(job.element_key)
    trigger = next(found for found in bpmn.start_triggers(definition) if found.element == job.element)
    due = next_starts(trigger, Due(0, job.due_at, job.repeat), batch.tx.now)
    if due.due_at is None:
        if batch.tx.take_delivery(0, job.key) is None:
            return NOTHING
    elif not batch.tx.put_off(0, job.key, PutOff(due.due_at, due.repeat)):
        return NOTHING
    for _ in range(due.starts):
        start(batch, Start(definition_id=job.element_key, start_event=job.element))
    batch.made_work = True
    return Done(at=batch.tx.now)


def put_off_due(batch: Batch, request: PutOffDue) -> Done:
    """Let a delivery or schedule that failed come again later, each time twice as late, at most a day."""
    job = request.claimed.job
    due_at = batch.tx.now + round(backoff(job) * 1_000_000)
    later = PutOff(due_at, job.repeat, job.failures + 1, kept(request.message))
    batch.made_work = batch.tx.put_off(request.claimed.instance_id, job.key, later) or batch.made_work
    return NOTHING


def notification_back(batch: Batch, found: Delivery) -> Done:
    """Tell somebody again what they put off until now, unless they changed their mind meanwhile."""
    row = notifications.fetch(batch.tx.session, found.subject)
    if row is not None and row.read_at is None and row.shown_at == unpack(found.args):
        batch.notices.append(row)
    return NOTHING


def values_of(data: bytes) -> dict[str, object]:
    values = feel.decode(data) if data else {}
    return values if isinstance(values, dict) else {}


DELIVERIES: dict[str, Callable[[Batch, Delivery], Done]] = {
    "command": command_arrived,
    "message": message_arrived,
    "signal": signal_arrived,
    "record": records_arrived,
    "start_message": message_starts,
    "start_signal": signal_starts,
    "notification": notification_back,
    "start_record": record_signals.start,
}

VERBS: dict[type[Request], Callable[[Batch, Any], Done]] = {
    OnInstance: on_instance,
    Start: start,
    Publish: publish,
    Throw: throw,
    Deliver: deliver,
    StartDue: start_due,
    PutOffDue: put_off_due,
    SettleDigest: settle,
    CompleteTask: complete,
    SaveDraft: save_draft,
    PerformStep: perform_step,
    **RECORD_VERBS,
}
