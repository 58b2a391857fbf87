"""How a data step went, and changes of records that reach who waits for them."""

from stepwell.engine import data_step, user_records
from stepwell.engine.agenda import drain
from stepwell.engine.commands import CatchRecords, CompleteRecords, FailRecords, GoOnWithRecords, MissRecords
from stepwell.engine.events import JobDone
from stepwell.engine.flow import complete as complete_element
from stepwell.engine.handlers.arrival import the_subscription
from stepwell.engine.handlers.machine import kept_job, the_job
from stepwell.engine.incidents import raise_incident
from stepwell.engine.record_events import JobWentOn, RecordsTouched
from stepwell.engine.rows import Job, Subscription
from stepwell.engine.run import Run, Stuck
from stepwell.engine.throwing import is_caught, throw_error
from stepwell.engine.waits import caught
from stepwell.errors import Conflict


def the_data_step(run: Run, key: int) -> Job:
    """The open job of a data step."""
    job = the_job(run, key)
    if not data_step.is_data_step(job):
        found = f"{run.state.instance.id}-{key}"
        raise Conflict("job.other-type", f"Expected job {found} to be a data step, but it is {job.type}.")
    return job


def complete(run: Run, command: CompleteRecords) -> None:
    """Without outputs the result is the variable that is called as the step."""
    job = the_data_step(run, command.key)
    touched(run, job, command.count)
    run.emit(JobDone(command.key))
    at = run.at(job.element_key)
    result = command.result if at.element.outputs else {job.element: command.result}
    complete_element(run, at, result)
    drain(run)


def go_on(run: Run, command: GoOnWithRecords) -> None:
    """A slice is done; the job keeps where the next one begins."""
    job = the_data_step(run, command.key)
    touched(run, job, command.count)
    run.emit(JobWentOn(job.key, run.now, command.args))


def touched(run: Run, job: Job, count: int) -> None:
    verb = job.type.rpartition(".")[2]
    record_type = data_step.asked_of(job).record_type
    run.emit(RecordsTouched(job.element_key, job.element, verb, record_type, count))


def fail(run: Run, command: FailRecords) -> None:
    """It can not be done: a BPMN error if the author catches it, otherwise an incident.

    The incident of a step that is half done keeps the job, so that a retry goes on from there; another retry
    evaluates everything anew.
    """
    job = the_data_step(run, command.key)
    run.emit(JobDone(command.key))
    if is_caught(run, job.element_key, command.code):
        throw_error(run, job.element_key, command.code, command.message, {})
    else:
        raise_incident(run, job.element_key, Stuck(command.code, command.message), *kept_job(job))
    drain(run)


def catch(run: Run, command: CatchRecords) -> None:
    """Changes of records came to who waited for them; whoever goes on with the first misses the others. A step becomes
    as who saved the record (the actor) wants it.
    """
    row = the_subscription(run, command.key, "record")
    if is_for_step(run, row):
        user_records.record_changed(run, row, command)
        drain(run)
        return
    for change in command.changes:
        if row.key not in run.state.subscriptions or run.state.is_ending(row.element_key):
            break
        caught(run, row.element, row.element_key, {"record": change.record, "change": change.kind}, row.key)
        drain(run)


def is_for_step(run: Run, row: Subscription) -> bool:
    """Whether a user task itself waits for the record, not an event at it."""
    return run.definition.elements[row.element].tag == "userTask"


def miss(run: Run, command: MissRecords) -> None:
    """A change can not be delivered: the instance goes on waiting, and a person gets to know."""
    row = the_subscription(run, command.key, "record")
    message = f"Expected a change of '{row.name}' to reach {row.element}, but: {command.message}"
    raise_incident(run, 0, Stuck(command.code, message), "join")
