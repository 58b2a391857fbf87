"""Deciding a command: guards, then events, each of which has already changed the state when it is emitted.

Pure: the time is an argument, keys come from the instance's counter, nothing outside is touched.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from stepwell.engine import commands as c
from stepwell.engine.definition import ProcessDefinition
from stepwell.engine.handlers import arrival, incident, instance, machine, records, user_task
from stepwell.engine.run import Run, Settings
from stepwell.engine.state import State
from stepwell.errors import Conflict

HANDLERS: dict[type[c.Command], Callable[[Run, Any], None]] = {
    c.StartInstance: instance.start,
    c.CancelInstance: instance.cancel,
    c.SetVariables: instance.set_variables,
    c.ClaimUserTask: user_task.claim,
    c.ReleaseUserTask: user_task.release,
    c.ReassignUserTask: user_task.reassign,
    c.PostponeUserTask: user_task.postpone,
    c.RemindOfUserTask: user_task.remind,
    c.OpenUserTask: user_task.open_task,
    c.PressButton: user_task.press,
    c.CancelUserTask: user_task.cancel,
    c.CompleteUserTask: user_task.complete,
    c.FollowActivity: user_task.follow_activity,
    c.KeepRecordPage: user_task.keep_record_page,
    c.CompleteJob: machine.complete,
    c.FailJob: machine.fail,
    c.FireTimer: machine.fire,
    c.Continue: machine.go_on,
    c.CorrelateMessage: arrival.catch,
    c.CatchSignal: arrival.catch,
    c.CompleteCall: arrival.complete_call,
    c.FailCall: arrival.fail_call,
    c.RetryIncident: incident.retry,
    c.CompleteRecords: records.complete,
    c.GoOnWithRecords: records.go_on,
    c.FailRecords: records.fail,
    c.CatchRecords: records.catch,
    c.MissRecords: records.miss,
}

OF_MACHINES = (c.CompleteJob, c.FailJob, c.Continue, c.CompleteRecords, c.GoOnWithRecords, c.FailRecords)
"""They go on with what caused the instance."""


def decide(
    definition: ProcessDefinition,
    state: State,
    command: c.Command,
    now: int,
    settings: Settings,
    spent: int = 0,
) -> Run:
    """What happens because of ``command``: the events of the run; the state has changed accordingly.

    ``now`` is in microseconds since 1970 UTC; ``spent`` is what this transaction has used of its budget
    before (a called child goes on with its caller's). Raises ``Rejection`` when the command does not fit (nothing
    has changed). On any other exception nothing has changed either.
    """
    mark = len(state.journal)
    key = state.last_key
    run = Run(definition, state, now, settings)
    run.activations = spent
    run.actor = command.actor
    run.depth = command.depth
    run.foreground = command.foreground
    try:
        if not isinstance(command, c.StartInstance):
            check_running(state, command)
            if isinstance(command, OF_MACHINES):
                run.depth = max(command.depth, state.instance.depth)
        HANDLERS[type(command)](run, command)
    except BaseException:
        state.undo_to(mark)
        state.last_key = key
        raise
    if run.events:
        row = state.instance
        state.instances.put(0, replace(row, revision=row.revision + 1, last_key=state.last_key))
    return run


def resume(run: Run, command: c.Command) -> None:
    """Go on with a run that was decided, with what came of an action that is part of the same transaction.

    Its events follow those before, as if all were one command. Nothing may be kept if it raises anything.
    """
    run.parked = ""
    HANDLERS[type(command)](run, command)
    state = run.state
    state.instances.put(0, replace(state.instance, last_key=state.last_key))


def check_running(state: State, command: c.Command) -> None:
    row = state.instance
    if row.status == "running" or (row.status == "terminating" and isinstance(command, c.Continue)):
        return
    name = type(command).__name__
    raise Conflict("instance.ended", f"Expected instance {row.id} to run, but it is {row.status} ({name}).")
