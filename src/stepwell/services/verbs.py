"""What each kind of request means within a batch."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from stepwell import feel
from stepwell.engine import commands as c
from stepwell.engine import deliveries as d
from stepwell.errors import Invalid, NotFound
from stepwell.services import schedules
from stepwell.services.batch import Batch, BusyError
from stepwell.services.requests import Deliver, Done, OnInstance, Publish, Request, Schedule, Start, Throw
from stepwell.store import Target, Transaction

NOTHING = Done()


def targets(tx: Transaction, requests: Sequence[Request]) -> list[Target]:
    """The rows that the requests of a batch are about."""
    found = []
    for request in requests:
        if isinstance(request, OnInstance):
            found.append(Target(request.instance_id, request.key, request.target))
        elif isinstance(request, Deliver):
            target = addressed(tx, request)
            if target is not None:
                found.append(target)
    return found


def addressed(tx: Transaction, request: Deliver) -> Target | None:
    """The row in the instance that a delivery is for."""
    delivery = d.decode(request.args)
    if isinstance(delivery, d.MessageArrived | d.SignalArrived):
        return Target(request.instance_id, delivery.key, "subscription")
    if isinstance(delivery, d.CallCompleted | d.CallFailed):
        return Target(request.instance_id, delivery.key, "element")
    if isinstance(delivery, d.CancelCalled):
        child = tx.called_instance(delivery.instance, delivery.key)
        return None if child is None else Target(child, 0, "element")
    return None


def once(verb: Callable[[Batch, Any], Done]) -> Callable[[Batch, Any], Done]:
    """With an idempotency key: do it once, answer a repetition as the first time."""

    def carry_out(batch: Batch, request: Request) -> Done:
        if not request.idempotency_key:
            return verb(batch, request)
        digest = hashlib.sha256(msgspec.msgpack.encode([type(request).__name__, repr(request)])).digest()
        known = batch.tx.recall(request.actor, request.idempotency_key)
        if known is None:
            done = verb(batch, request)
            reply = msgspec.msgpack.encode([done.instance_id, done.revision, done.at])
            batch.tx.remember(request.actor, request.idempotency_key, digest, reply)
            return done
        if known[0] != digest:
            message = f"Expected the idempotency key '{request.idempotency_key}' to come with the same request."
            raise Invalid("idempotency.other-request", message)
        instance_id, revision, at = msgspec.msgpack.decode(known[1])
        return Done(instance_id, revision, batch.tx.events(instance_id, revision), at, repeated=True)

    return carry_out


@once
def on_instance(batch: Batch, request: OnInstance) -> Done:
    if request.attempt is not None and not batch.tx.has_job(request.instance_id, request.key, request.attempt):
        raise NotFound("job.unknown", f"Expected job {request.instance_id}-{request.key} to be open.")
    return batch.decide(request.instance_id, request.command)


@once
def start(batch: Batch, request: Start) -> Done:
    number = request.definition_id
    if number is None:
        number = batch.catalogue.number(request.process_id)
    return batch.start(
        c.StartInstance(
            batch.tx.new_instance_ids(1)[0],
            number,
            request.values,
            request.start_event,
            request.business_key,
            actor=request.actor,
            depth=request.depth,
        )
    )


@once
def publish(batch: Batch, request: Publish) -> Done:
    batch.tx.put_message(
        request.name,
        request.correlation_key,
        feel.encode(request.values),
        message_id=request.message_id,
        seconds=request.seconds,
    )
    batch.pairs.add((request.name, request.correlation_key))
    return Done(at=batch.tx.now)


@once
def throw(batch: Batch, request: Throw) -> Done:
    batch.throw(request.name, request.values, 0)
    return Done(at=batch.tx.now)


def deliver(batch: Batch, request: Deliver) -> Done:
    """Carry out a delivery; if it is gone somebody else did."""
    target = addressed(batch.tx, request)
    if target is not None and target.instance_id in batch.busy:
        raise BusyError
    args = batch.tx.take_delivery(request.instance_id, request.key)
    if args is None:
        return NOTHING
    delivery = d.decode(args)
    return DELIVERIES[type(delivery)](batch, request.instance_id, delivery)


def message_arrived(batch: Batch, instance_id: int, delivery: d.MessageArrived) -> Done:
    """Give a message to who waited for it; if it waits no more, the message is free for another."""
    message = batch.tx.message(delivery.message)
    if message is None:
        return NOTHING
    batch.pairs.add((message.name, message.correlation_key))
    command = c.CorrelateMessage(delivery.key, message.name, values_of(message.data), depth=delivery.depth)
    try:
        done = batch.decide(instance_id, command)
    except NotFound:
        batch.tx.free_message(delivery.message)
        return NOTHING
    batch.tx.drop_message(delivery.message)
    return done


def message_starts(batch: Batch, _: int, delivery: d.MessageStarts) -> Done:
    message = batch.tx.message(delivery.message)
    if message is None:
        return NOTHING
    batch.tx.drop_message(delivery.message)
    return start_by_event(batch, delivery, values_of(message.data))


def start_by_event(batch: Batch, delivery: d.MessageStarts | d.SignalStarts, values: dict[str, object]) -> Done:
    request = Start(
        definition_id=delivery.definition_id, values=values, start_event=delivery.element, depth=delivery.depth
    )
    return start(batch, request)


def signal_arrived(batch: Batch, instance_id: int, delivery: d.SignalArrived) -> Done:
    command = c.CatchSignal(delivery.key, delivery.name, values_of(delivery.values), depth=delivery.depth)
    return batch.decide(instance_id, command)


def signal_starts(batch: Batch, _: int, delivery: d.SignalStarts) -> Done:
    return start_by_event(batch, delivery, values_of(delivery.values))


def signal_rest(batch: Batch, _: int, delivery: d.SignalRest) -> Done:
    batch.tx.throw_signal(
        delivery.name, delivery.values, delivery.depth, after=delivery.after, before=delivery.before
    )
    return NOTHING


def call_completed(batch: Batch, instance_id: int, delivery: d.CallCompleted) -> Done:
    command = c.CompleteCall(delivery.key, values_of(delivery.values), depth=delivery.depth)
    return batch.decide(instance_id, command)


def call_failed(batch: Batch, instance_id: int, delivery: d.CallFailed) -> Done:
    command = c.FailCall(
        delivery.key, delivery.code, delivery.message, values_of(delivery.values), depth=delivery.depth
    )
    return batch.decide(instance_id, command)


def cancel_called(batch: Batch, _: int, delivery: d.CancelCalled) -> Done:
    child = batch.tx.called_instance(delivery.instance, delivery.key)
    if child is None:
        return NOTHING
    return batch.decide(child, c.CancelInstance(reason="the call was ended", depth=delivery.depth))


def values_of(data: bytes) -> dict[str, object]:
    values = feel.decode(data) if data else {}
    return values if isinstance(values, dict) else {}


DELIVERIES: dict[type[d.Delivery], Callable[[Batch, int, Any], Done]] = {
    d.MessageArrived: message_arrived,
    d.MessageStarts: message_starts,
    d.SignalArrived: signal_arrived,
    d.SignalStarts: signal_starts,
    d.SignalRest: signal_rest,
    d.CallCompleted: call_completed,
    d.CallFailed: call_failed,
    d.CancelCalled: cancel_called,
}

VERBS: dict[type[Request], Callable[[Batch, Any], Done]] = {
    OnInstance: on_instance,
    Start: start,
    Publish: publish,
    Throw: throw,
    Deliver: deliver,
    Schedule: schedules.start_due,
}
