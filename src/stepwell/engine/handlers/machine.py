from collections.abc import Iterable

from msgspec import msgpack

from stepwell import feel
from stepwell.engine import loops, scopes, timing
from stepwell.engine.agenda import BACKGROUND, begin, drain
from stepwell.engine.commands import CompleteJob, Continue, FailJob, FireTimer
from stepwell.engine.data_step import has_begun, is_data_step
from stepwell.engine.events import ElementChanged, JobDone, JobPutOff
from stepwell.engine.flow import complete as complete_element
from stepwell.engine.incidents import attempt, raise_incident
from stepwell.engine.rows import ElementInstance, Job
from stepwell.engine.run import Run, Stuck
from stepwell.engine.throwing import throw_error
from stepwell.engine.waits import caught
from stepwell.errors import Conflict, NotFound

LONGEST_WAIT = 24 * 3600  # seconds between two attempts
OWN = ("timer", "reminder", "continue")  # types of jobs that no connector does
OWN_ATTEMPTS = 5  # after which what keeps raising is an incident


def open_job(run: Run, key: int) -> Job:
    """The job with this key, still to be done."""
    job: Job | None = run.state.jobs.get(key)
    if job is None:
        found = f"{run.state.instance.id}-{key}"
        raise NotFound("job.unknown", f"Expected job {found} to be open, but it is not.")
    return job


def the_job(run: Run, key: int, type: str = "") -> Job:
    """The open job with this key: of this type of our own, otherwise a connector's."""
    job = open_job(run, key)
    found = f"{run.state.instance.id}-{key}"
    if type != (job.type if job.type in OWN else ""):
        raise Conflict("job.other-type", f"Expected job {found} to be of another type, but it is {job.type}.")
    if type != "continue":
        scopes.expect_living(run, job.element_key)
    return job


def complete(run: Run, command: CompleteJob) -> None:
    job = the_job(run, command.key)
    run.emit(JobDone(command.key))
    complete_element(run, run.at(job.element_key), command.values)
    drain(run)


def fail(run: Run, command: FailJob) -> None:
    """A BPMN error goes to who catches it; a failed attempt is made again later, at last an incident."""
    if open_job(run, command.key).type in OWN:
        fail_own(run, command)
        return
    job = the_job(run, command.key)
    if command.error_code is not None:
        throw(run, command, job)
    elif job.retries > 0 and command.may_retry:
        wait = round(backoff(job) * 1_000_000)
        message = kept(command.message)
        run.emit(JobPutOff(command.key, run.now + wait, job.retries - 1, job.failures + 1, message))
    else:
        run.emit(JobDone(command.key))
        attempts = job.failures + 1
        message = (
            f"Expected job {job.type} of {job.element} to succeed, "
            f"but attempt {attempts} failed: {command.message[:1000]}"
        )
        phase, values = kept_job(job)
        raise_incident(run, job.element_key, Stuck("job.failed", message), phase, values)


def kept_job(job: Job) -> tuple[str, bytes]:
    """How an incident goes on with a job that failed: a data step that is half done from where it was."""
    if is_data_step(job) and has_begun(job):
        return "job", msgpack.encode(job)
    return "enter", b""


def kept(message: str) -> str:
    """What the row of a job keeps of it; columns of PostgreSQL can not keep NUL."""
    return message[:1000].replace("\0", "␀")


def fail_own(run: Run, command: FailJob) -> None:
    """A timer or continuation raised what nobody foresaw: later again, at last an incident that keeps the job."""
    job = open_job(run, command.key)
    attempts = job.failures + 1
    if attempts < OWN_ATTEMPTS or run.state.has_incident(job.element_key):
        due_at = run.now + round(backoff(job) * 1_000_000)
        run.emit(JobPutOff(job.key, due_at, job.retries, attempts, kept(command.message), job.repeat))
        return
    run.emit(JobDone(job.key))
    what = f"the {job.type} of {job.element or 'the instance'}"
    message = f"Expected {what} to be carried out, but attempt {attempts} failed: {kept(command.message)}"
    raise_incident(run, job.element_key, Stuck("job.failed", message), "job", msgpack.encode(job))


def backoff(job: Job) -> float:
    """Seconds until the next attempt: twice as long each time, at most a day."""
    doubled = 2.0 ** min(job.failures, 64)
    return min(job.backoff * doubled, LONGEST_WAIT)


def throw(run: Run, command: FailJob, job: Job) -> None:
    run.emit(JobDone(command.key))
    try:
        throw_error(run, job.element_key, command.error_code or "", command.message, command.values)
    except Stuck as problem:
        raise_incident(run, job.element_key, problem)
    drain(run)


def fire(run: Run, command: FireTimer) -> None:
    """A timer that repeats waits for its next time, unless its coming ends what it belongs to."""
    job = the_job(run, command.key, "timer")
    following = timing.next_due(job.repeat, job.due_at, run.now) if job.repeat else None
    if following is not None:
        run.emit(JobPutOff(command.key, following[0], 0, repeat=following[1]))
    else:
        run.emit(JobDone(command.key))
    caught(run, job.element, job.element_key, None)
    drain(run)


def go_on(run: Run, command: Continue) -> None:
    """Take up what an earlier transaction handed on."""
    job = the_job(run, command.key, "continue")
    run.emit(JobDone(command.key))
    if job.element_key == 0:
        go_on_instance(run, job)
    else:
        row = run.state.elements[job.element_key]
        if run.state.is_ending(row.scope):
            return
        if row.state == "terminating":
            scopes.go_on_terminating(run, row)
        elif loops.is_body(row):
            attempt(run, run.at(row.key), lambda run, at: loops.advance(run, at.key))
    drain(run)


def go_on_instance(run: Run, job: Job) -> None:
    if run.state.instance.status == "terminating":
        ending = feel.decode(job.args)
        assert isinstance(ending, dict)
        scopes.cancel_instance(run, str(ending["status"]), str(ending["reason"]))
        return
    limit = run.settings.budget
    rows = run.state.pending(limit + 1)
    if len(rows) > limit:
        run.parked = "budget"
    begin_all(run, [row for row in rows[:limit] if row.data != BACKGROUND])
    drain(run)
    run.foreground = False
    begin_all(run, [row for row in rows[:limit] if row.data == BACKGROUND])


def begin_all(run: Run, rows: Iterable[ElementInstance]) -> None:
    """Enter elements that were pending, unless something has ended them meanwhile."""
    for row in rows:
        if row.key in run.state.elements and not run.state.is_ending(row.scope):
            run.emit(ElementChanged(row.key, "active"))
            begin(run, run.at(row.key))
