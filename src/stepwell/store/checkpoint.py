"""All rows of an instance at one revision, packed: where reading the history can begin."""

import msgspec
from msgspec import Struct

from stepwell.engine.events import Checkpoint
from stepwell.engine.rows import (
    ElementInstance,
    Incident,
    Job,
    ProcessInstance,
    Subscription,
    UserTask,
    WaitingFlow,
)
from stepwell.engine.state import State, Table
from stepwell.engine.values import Values
from stepwell.store.history import HistoryRow, decode_hook, encode_hook, ext_hook


class _Rows(Struct, frozen=True, array_like=True):
    instance: ProcessInstance
    elements: list[ElementInstance]
    flows: list[WaitingFlow]
    user_tasks: list[UserTask]
    jobs: list[Job]
    subscriptions: list[Subscription]
    incidents: list[Incident]
    variables: list[tuple[int, Values]]


_encode = msgspec.msgpack.Encoder(enc_hook=encode_hook).encode
_decode = msgspec.msgpack.Decoder(_Rows, ext_hook=ext_hook, dec_hook=decode_hook).decode


def make(state: State) -> Checkpoint:
    """The event that says what all rows are."""
    rows = _Rows(
        state.instance,
        list(state.elements.values()),
        list(state.flows.values()),
        list(state.user_tasks.values()),
        list(state.jobs.values()),
        list(state.subscriptions.values()),
        list(state.incidents.values()),
        [(scope, Values(dict(table))) for scope, table in state.variables.items() if table],
    )
    return Checkpoint(_encode(rows))


def restore(event: Checkpoint) -> State:
    """The state that a checkpoint describes."""
    rows = _decode(event.rows)
    state = State(rows.instance)
    for element in rows.elements:
        state.adopt(element)
    state.flows.update({(flow.gateway_key, flow.flow): flow for flow in rows.flows})
    state.user_tasks.update({row.key: row for row in rows.user_tasks})
    state.jobs.update({row.key: row for row in rows.jobs})
    state.subscriptions.update({row.key: row for row in rows.subscriptions})
    state.incidents.update({row.key: row for row in rows.incidents})
    for scope, values in rows.variables:
        state.variables[scope] = table = Table("variables", state.journal, scope)
        table.update(values.map)
    return state


def fold(rows: list[HistoryRow]) -> State | None:
    """The state that the history tells of, from its last checkpoint or its beginning; None without one."""
    state: State | None = None
    for row in rows:
        for event in row.events:
            if isinstance(event, Checkpoint):
                state = restore(event)
            else:
                state = state or State()
                event.apply(state)
        if state is not None:
            state.instances[0] = msgspec.structs.replace(
                state.instance, revision=row.revision, last_key=state.last_key
            )
            state.journal.clear()
    return state
