from msgspec import msgpack
from msgspec.structs import replace

from stepwell import feel
from stepwell.engine import joins, loops
from stepwell.engine.agenda import begin, drain
from stepwell.engine.commands import RetryIncident, Values
from stepwell.engine.events import CycleEntered, IncidentResolved, JobCreated
from stepwell.engine.flow import complete, go_on
from stepwell.engine.incidents import attempt, attempt_leave, unstick
from stepwell.engine.paging import OPEN, open_page, reopened
from stepwell.engine.rows import Incident, Job
from stepwell.engine.run import At, Run
from stepwell.engine.scopes import expect_living
from stepwell.errors import Conflict, NotFound


def the_incident(run: Run, command: RetryIncident) -> Incident:
    """The open incident with this key, which keeps a result if the command has something to put into it."""
    found = f"{run.state.instance.id}-{command.key}"
    run.state.load_waits((command.key,))
    is_known = command.key == 0 or run.state.element(command.key) is not None
    if not is_known or not run.state.has_incident(command.key):
        raise NotFound("incident.unknown", f"Expected incident {found} to be open, but it is not.")
    expect_living(run, command.key)
    incident: Incident = run.state.incidents[command.key]
    if command.values and not incident.result:
        message = f"Expected incident {found} to keep a result to put values into, but it keeps none; set variables."
        raise Conflict("incident.keeps-nothing", message)
    return incident


def retry(run: Run, command: RetryIncident) -> None:
    """Let the stuck element try again what it could not do."""
    incident = the_incident(run, command)
    run.emit(IncidentResolved(command.key))
    if incident.phase == "join":
        run.touched.add(command.key)
        run.rejoin.add(command.key)
    elif incident.phase == "leave":
        leave_again(run, incident, command.values)
    elif incident.phase == OPEN:
        at = run.at(incident.key)
        open_page(run, at, reopened(run, run.state.user_tasks[incident.key]))
    elif incident.phase == "job":
        job = msgpack.decode(incident.values, type=Job)
        run.emit(JobCreated(replace(job, key=run.state.next_key(), due_at=run.now, failures=0, error="")))
    else:
        enter_again(run, incident)
    drain(run)


def leave_again(run: Run, incident: Incident, values: Values) -> None:
    at = run.at(incident.key)
    if loops.is_body(run.state.elements[incident.key]):
        attempt_leave(run, at, loops.finish)
    elif incident.result:
        complete(run, at, replaced(feel.decode(incident.result), values))
    else:
        attempt_leave(run, at, go_on)


def replaced(kept: object, values: Values) -> object:
    """What an element gave, with the values of a repair in it."""
    return kept | values if isinstance(kept, dict) else values or kept


def enter_again(run: Run, incident: Incident) -> None:
    at = run.at(incident.key)
    was_stuck = unstick(run, incident.key)
    row = run.state.elements[incident.key]
    if incident.code == "repetitions.exceeded":
        run.emit(CycleEntered(row.scope, row.element, 0))
    if loops.is_body(row):
        attempt(run, at, lambda run, at: loops.advance(run, at.key))
    elif row.state == "joining":
        gather_again(run, at)
    elif was_stuck:
        begin(run, at)
    else:
        attempt(run, at, step_again, anew=False)


def gather_again(run: Run, at: At) -> None:
    """More tokens may have come meanwhile: the gateway goes on with every complete set."""
    while at.key in run.state.elements and not run.state.has_incident(at.key):
        ready = joins.complete_set(run, at.element, run.state.elements[at.key])
        if ready is None:
            return
        begin(run, ready)


def step_again(run: Run, at: At) -> None:
    """Everything around the step was set up before (its job failed): only its own work begins anew."""
    at.element.step.enter(run, at)
