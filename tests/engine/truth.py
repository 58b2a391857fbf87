"""What must be true of an instance's rows after every command, worked out from the rows themselves."""

from collections import Counter
from typing import Any

from msgspec.structs import replace

from stepwell.engine.definition import ProcessDefinition
from stepwell.engine.event import Event
from stepwell.engine.rows import ElementInstance
from stepwell.engine.state import State
from stepwell.store.history import decode_events, encode_events

Rows = dict[str, Any]


def rows_of(state: State) -> Rows:
    """A copy of every row in memory, to compare."""
    return {
        "process_instance": dict(state.instances),
        "element_instance": dict(state.elements),
        "waiting_flow": dict(state.flows),
        "user_task": dict(state.user_tasks),
        "job": dict(state.jobs),
        "subscription": dict(state.subscriptions),
        "incident": dict(state.incidents),
        "variables": {scope: dict(table) for scope, table in state.variables.items() if table},
    }


class Fold:
    """The rows that the history gives: every event applied to nothing, after it was written and read."""

    def __init__(self) -> None:
        self.state = State()
        self.revision = 0

    def add(self, events: list[Event]) -> None:
        if events:
            self.revision += 1
        for event in decode_events(*encode_events(events)):
            event.apply(self.state)
        self.state.journal.clear()

    def rows(self) -> Rows:
        found = rows_of(self.state)
        row = replace(self.state.instance, revision=self.revision, last_key=self.state.last_key)
        return {**found, "process_instance": {0: row}}


def check_counters(definition: ProcessDefinition, rows: Rows) -> None:
    """Every counter is what counting gives."""
    instance = rows["process_instance"][0]
    elements: dict[int, ElementInstance] = rows["element_instance"]
    waits = Counter(row.key for table in ("user_task", "incident") for row in rows[table].values())
    waits += Counter(row.element_key for table in ("job", "subscription") for row in rows[table].values())
    assert instance.incidents == len(rows["incident"]), "incidents"
    assert set(waits) <= {0, *elements}, f"waits of nobody: {waits}"
    assert {place[0] for place in rows["waiting_flow"]} <= set(elements), "tokens of nobody"
    assert set(rows["variables"]) <= {0, *elements}, "variables of nobody"
    for key, row in [(0, instance), *elements.items()]:
        inside = [child for child in elements.values() if child.scope == key]
        assert row.active == len(inside), f"active of {key}: {row}"
        assert row.joining == sum(child.state == "joining" for child in inside), f"joining of {key}: {row}"
        assert row.waits == waits[key], f"waits of {key}: {row} {waits[key]}"
        assert (row.positions or {}) == positions(definition, row, inside), f"positions of {key}: {row}"
        if key:
            filled = sum(place[0] == key for place in rows["waiting_flow"])
            assert row.filled == filled, f"filled of {key}: {row}"


def positions(definition: ProcessDefinition, row: Any, inside: list[ElementInstance]) -> dict[str, int]:
    """Where the children of a scope are, as far as an inclusive join can be reached from there."""
    name = getattr(row, "element", "")
    counted = [
        child.element
        for child in inside
        if child.element != name and definition.elements[child.element].counted
    ]
    return dict(Counter(counted))


def check_alive(definition: ProcessDefinition, rows: Rows) -> None:
    """Nothing hangs silently (R7): whatever is there waits for somebody, or has somebody who waits inside."""
    instance = rows["process_instance"][0]
    if instance.status not in ("running", "terminating"):
        assert not rows["element_instance"], "an ended instance with elements"
        assert not [
            name for name in ("user_task", "job", "subscription", "incident", "waiting_flow") if rows[name]
        ]
        return
    assert instance.active or instance.waits, "a running instance with nothing to do"
    continued = {job.element_key for job in rows["job"].values() if job.type == "continue"}
    rest = [row for row in rows["element_instance"].values() if not ends_with(rows, row, continued)]
    pending = [row for row in rest if row.state == "pending"]
    assert not pending or 0 in continued, "pending elements that nobody enters"
    for row in rest:
        if row.state == "terminating":
            assert row.key in continued, f"an end that nobody goes on with: {row}"
        elif row.state == "active" and not row.active:
            is_call = definition.elements[row.element].tag == "callActivity"
            assert row.waits or is_call, f"nothing to wait for: {row}"
    check_joins(rows, rest)


def ends_with(rows: Rows, row: ElementInstance, continued: set[int]) -> bool:
    """Whether a scope around is being ended, by a job that is there."""
    while row.scope:
        row = rows["element_instance"][row.scope]
        if row.state == "terminating" and row.key in continued:
            return True
    return bool(rows["process_instance"][0].status == "terminating" and 0 in continued)


def check_joins(rows: Rows, rest: list[ElementInstance]) -> None:
    """A scope in which only joining gateways are left has an incident that says so."""
    for row in (rows["process_instance"][0], *rest):
        gateways = [
            child for child in rest if child.scope == getattr(row, "key", 0) and child.state == "joining"
        ]
        if gateways and row.active == len(gateways):
            assert row.waits or any(gateway.waits for gateway in gateways), (
                f"waits for ever in silence: {row}"
            )
