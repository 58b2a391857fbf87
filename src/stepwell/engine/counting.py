"""Keeping the counters of scopes while element instances and their waits come and go."""

from msgspec.structs import replace

from stepwell.engine.rows import DONE, PAGE, ElementInstance, UserTask
from stepwell.engine.state import State
from stepwell.feel import MISSING


def count_child(state: State, child: ElementInstance, change: int, counted: bool) -> None:
    """Keep the counters of the child's scope: living children, joining ones, positions."""
    row = state.scope_row(child.scope)
    active = row.active + change
    if child.state != "joining" and not counted:
        state.put_scope(child.scope, replace(row, active=active))
        return
    joining = row.joining + (change if child.state == "joining" else 0)
    positions = row.positions
    if counted:
        positions = dict(positions or ())
        left = positions.get(child.element, 0) + change
        if left:
            positions[child.element] = left
        else:
            positions.pop(child.element, None)
    state.put_scope(child.scope, replace(row, active=active, joining=joining, positions=positions or None))


def count_waits(state: State, key: int, change: int) -> None:
    row = state.scope_row(key)
    state.put_scope(key, replace(row, waits=row.waits + change))


def count_incident(state: State, key: int, change: int) -> None:
    count_waits(state, key, change)
    instance = state.instance
    state.instances.put(0, replace(instance, incidents=instance.incidents + change))


def remove_element(state: State, key: int, counted: bool) -> None:
    """Take an element instance out, with all that belongs to it."""
    row: ElementInstance = state.elements[key]
    if row.waits:
        drop_waits(state, key)
    for name in list(state.variables.get(key, ())):
        state.variables[key].drop(name)
    if row.state == "joining":
        state.joins.drop((row.scope, row.element))
        for place in [place for place in state.flows if place[0] == key]:
            state.flows.drop(place)
    state.elements.drop(key)
    count_child(state, row, -1, counted)


def forget_kept(state: State, task: UserTask) -> None:
    """Let go of what a user task keeps, which is loaded only when somebody needs it."""
    names = (PAGE, DONE) if task.details.done else (PAGE,) if task.details.is_opened else ()
    for name in names:
        if state.kept(task.key, name) is not MISSING:
            state.local(task.key).drop(name)


def drop_waits(state: State, key: int) -> None:
    state.load_waits((key,))
    if key in state.user_tasks:
        forget_kept(state, state.user_tasks[key])
        state.user_tasks.drop(key)
    if key in state.incidents:
        state.incidents.drop(key)
        instance = state.instance
        state.instances.put(0, replace(instance, incidents=instance.incidents - 1))
    for table in (state.jobs, state.subscriptions):
        for row in [row for row in table.values() if row.element_key == key]:
            table.drop(row.key)
