"""Inline steps: carried out on the open transaction when everything else of a command waits."""

from functools import partial
from typing import TYPE_CHECKING, Any

from stepwell import feel
from stepwell.engine import data_step
from stepwell.engine.commands import Command, CompleteRecords, FailRecords
from stepwell.engine.decide import resume
from stepwell.engine.definition import ProcessDefinition
from stepwell.engine.record_work import READ, Records
from stepwell.engine.rows import Job
from stepwell.engine.run import Run
from stepwell.engine.state import State
from stepwell.errors import Rejection
from stepwell.services.inline.asking import worker_of
from stepwell.services.inline.reading import TooMuchError, read, told
from stepwell.services.inline.touching import NoRoomError, Touching
from stepwell.services.records.viewer import Viewer
from stepwell.services.records.work import Work
from stepwell.store.records.history import Cause

if TYPE_CHECKING:
    from stepwell.services.batch import Batch


def go_on(batch: "Batch", state: State, run: Run, found: list[Job]) -> None:
    """Carry out the inline steps that a command made, in the order of their keys, and what follows from them.

    What this transaction has no room for stays a job.
    """
    waiting = list(found)
    while waiting:
        waiting.sort(key=lambda job: job.key)
        job = waiting.pop(0)
        if state.jobs.get(job.key) is not job or state.is_ending(job.element_key):
            continue
        command = tried(batch, state, run, job)
        if command is None:
            batch.made_work = True
            continue
        seen = len(run.events)
        resume(run, command)
        waiting += batch.follow_all(state, run, seen)


def tried(batch: "Batch", state: State, run: Run, job: Job) -> Command | None:
    """Carry out a step; one that breaks stays a job too, and becomes an incident when it was tried often enough."""
    try:
        return perform(batch, state, run.definition, job)
    except batch.spoilers:
        raise
    except Exception as error:  # noqa: BLE001 - it is taken back, and what the command did before it stays
        import structlog

        place = f"{state.instance.id}-{job.key}"
        structlog.get_logger().error("data step failed", exc_info=error, job=place, element=job.element)
        return None


def perform(batch: "Batch", state: State, definition: ProcessDefinition, job: Job) -> Command | None:
    """Carry out a step, as far as this transaction goes; None if it is for a later one."""
    if batch.budget.is_used_up:
        batch.budget.left += 1
        return None
    batch.budget.steps += 1
    step: Any = definition.elements[job.element].step
    depth = data_step.asked_of(job).depth
    try:
        with batch.tx.session.savepoint():
            return carry_out(batch, state, job, step.records)
    except (TooMuchError, NoRoomError):
        return None
    except batch.spoilers:
        raise
    except Rejection as error:
        return FailRecords(job.key, error.code, told(error), depth=depth)
    except feel.FeelError as error:
        return FailRecords(job.key, "expression.failed", str(error), depth=depth)


def carry_out(batch: "Batch", state: State, job: Job, records: Records) -> Command:
    asked = data_step.asked_of(job)
    actor = worker_of(asked, partial(batch.directory.actor, session=batch.tx.session))
    if job.type == READ:
        viewer = Viewer(batch.tx.session, batch.tx.known_records, actor, batch.tx.now)
        result, count = read(viewer, asked)
        return CompleteRecords(job.key, count, result, depth=asked.depth)
    batch.tx.limit_waits()
    work = Work(batch.tx, actor, Cause(actor.name, state.instance.id, job.element))
    limits = batch.budget.limits
    work.most, work.slice = limits.records, batch.pace.of(limits)
    command = Touching(work, job, records, batch.budget.has_room).carry_out()
    batch.budget.has_slice |= asked.phase == "touch"
    batch.budget.records += len(work.changes)
    batch.change(work.changes, asked.depth)
    return command
