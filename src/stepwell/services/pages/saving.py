"""Pages whose values belong to a record: that of the step (K2), or its activity (K1, S7). Saved in one transaction
with what the step becomes by it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec.structs import replace

from stepwell import forms
from stepwell.engine import commands as c
from stepwell.engine.paging import PAGE_FIELDS
from stepwell.errors import Invalid, Problem
from stepwell.forms.check import refusal
from stepwell.forms.kinds.activity import RESULT
from stepwell.forms.outcome import Outcome
from stepwell.identity import STEPWELL
from stepwell.records.shipped import ACTIVITY, COMPLETED
from stepwell.records.types import RecordType
from stepwell.records.values import parse_reference, reference
from stepwell.services.activities import step_work
from stepwell.services.batch import Batch
from stepwell.services.moments import moment
from stepwell.services.pages.conditions import open_conditions
from stepwell.services.pages.pressed import CompleteTask, Pressed, command_of
from stepwell.services.records import writing
from stepwell.services.records.presenting import feel_values
from stepwell.services.records.viewer import Viewer
from stepwell.services.records.work import Work
from stepwell.services.records.writing import Given
from stepwell.services.requests import Done
from stepwell.store.records.history import Cause
from stepwell.store.records.table import Row

EMPTY: tuple[object, ...] = (None, "", [])


@contextmanager
def together(batch: Batch) -> Iterator[list[Work]]:
    """What is written inside and what is decided by it count both or not at all; ``works`` bring the changes."""
    batch.tx.limit_waits()
    told = len(batch.changes), len(batch.reached)
    try:
        with batch.tx.session.savepoint():
            yield []
    except BaseException:
        del batch.changes[told[0] :], batch.reached[told[1] :]
        raise


def decide(batch: Batch, request: CompleteTask, works: list[Work], command: c.Command) -> Done:
    """Decide what follows from a save. Who begins to wait by that is told of later saves only."""
    for work in works:
        batch.change(work.changes)
    return batch.decide(request.instance_id, command)


# -- the page of a record -----------------------------------------------------------------------------------


def save_record(batch: Batch, request: CompleteTask, pressed: Pressed) -> Done:
    """Save what is valid with the rights of the person; done when the record meets the conditions.

    Raises ``Invalid`` with what is wrong in the fields of the page, ``Conflict`` (``record.outdated``) when somebody
    saved since the revision that the page showed.
    """
    with together(batch) as works:
        work = Work(batch.tx, request.by, Cause(request.actor, request.instance_id, pressed.task.element))
        works.append(work)
        name, row = _saved(work, request, pressed)
        activity = _complete_activity(batch, request, pressed, works)
        reader = replace(STEPWELL, language=request.by.language)
        viewer = Viewer(batch.tx.session, batch.tx.known_records, reader, batch.tx.now)
        left = open_conditions(viewer, name, row["id"], pressed.kept["conditions"])
        if left:
            values = _as_saved(work, pressed, (name, row))
            place = reference(name, row["id"])
            page = c.KeepRecordPage(request.key, place, row["revision"], values, left, actor=request.actor)
            return decide(batch, request, works, page)
        outcome = _outcome(pressed, name, row)
        command = replace(command_of(request, pressed, outcome), values={}, activity_result=activity)
        return decide(batch, request, works, command)


def _saved(work: Work, request: CompleteTask, pressed: Pressed) -> tuple[str, Row]:
    place = parse_reference(pressed.kept["record"])
    name = place[0] if place else pressed.record_type
    values = _changed(work.table(name).type if place else work.writable_table(name).type, pressed)
    revision = None
    if place is not None:
        revision = pressed.kept["revision"] if request.revision is None else request.revision
    given = Given(values, place[1] if place else 0, revision)
    return name, _written(work, name, given, {})


def _changed(record_type: RecordType, pressed: Pressed) -> dict[str, Any]:
    """What was typed, without what is worked out and what is as it was; of a new record without what is empty and was so
    from the beginning.
    """
    is_new, begun = not pressed.kept["record"], pressed.kept["values"]
    found = {}
    for name, value in pressed.checked.values.items():
        field = record_type.field(name)
        if field is None or field.type == "calculated":
            continue
        before = begun.get(name)
        if any(one not in EMPTY for one in (value, before)) if is_new else value != before:
            is_one = field.type == "file" and isinstance(value, list)
            found[name] = (value[0] if value else None) if is_one else value
    return found


def _written(work: Work, name: str, given: Given, keys: Mapping[str, str]) -> Row:
    """The record as it is now; problems name the fields of the page."""
    try:
        [row] = writing.save(work, name, [given])
    except Invalid as refused:
        raise refusal([_of_page(problem, keys) for problem in refused.problems]) from None
    return row


def _of_page(problem: Problem, keys: Mapping[str, str]) -> Problem:
    return replace(problem, field=keys.get(problem.field, problem.field))


def _as_saved(work: Work, pressed: Pressed, saved: tuple[str, Row]) -> dict[str, Any]:
    """The values of the page after a save: what was not changed on it is as others saved it meanwhile."""
    name, row = saved
    table, before = work.known.tables[name], pressed.kept["values"]
    now = feel_values(table, row)
    others = {field: now[field] for field in before.keys() - _changed(table.type, pressed) if field in now}
    page = forms.stored(pressed.kept["schema"].encode())
    begun = forms.begin(page, before | others, moment(work.now))
    shown: dict[str, Any] = before | pressed.fields | {field: begun[field] for field in others}
    return shown


def _outcome(pressed: Pressed, name: str, row: Row) -> Outcome:
    """The code of the lookup that steers the flows, as it is after the save; and the record."""
    field = pressed.kept["outcome"]
    code = pressed.taken.outcome.value if not field else row[field]
    return Outcome(code, {**pressed.taken.outcome.details, "record": reference(name, row["id"])})


# -- activities ---------------------------------------------------------------------------------------------


def save_page(batch: Batch, request: CompleteTask, pressed: Pressed) -> Done:
    """Complete a step of another kind whose activity gets its result by the same save (S7)."""
    with together(batch) as works:
        result = _complete_activity(batch, request, pressed, works)
        command = replace(command_of(request, pressed, pressed.taken.outcome), activity_result=result)
        return decide(batch, request, works, command)


def save_activity(batch: Batch, request: CompleteTask, pressed: Pressed) -> Done:
    """Save the activity of a step on its page: completed with a result, or as it is until later."""
    begun, typed = pressed.kept["values"], pressed.checked.values
    touched = {
        field: typed[key]
        for key, field in PAGE_FIELDS.items()
        if key in typed and typed[key] != begun.get(key)
    }
    if pressed.checked.button.completes:
        touched |= {
            "status": COMPLETED,
            "result": typed[RESULT],
            "result_details": typed.get("resultDetails"),
        }
    return _activity_saved(batch, request, pressed, touched)


def _activity_saved(batch: Batch, request: CompleteTask, pressed: Pressed, values: Mapping[str, Any]) -> Done:
    with together(batch) as works:
        work = _work(batch, request, pressed)
        works.append(work)
        is_planned = not values.keys() <= {"status", "result", "result_details"}
        revision = pressed.kept["revision"] if request.revision is None else request.revision
        given = Given(values, pressed.task.details.activity, revision if is_planned else None)
        row = _written(work, ACTIVITY, given, {field: key for key, field in PAGE_FIELDS.items()})
        now = feel_values(work.known.tables[ACTIVITY], row)
        command = c.FollowActivity(request.key, now, actor=request.actor, foreground=request.foreground)
        return decide(batch, request, works, command)


def _complete_activity(batch: Batch, request: CompleteTask, pressed: Pressed, works: list[Work]) -> str:
    """Complete the activity with the result on the page, if there is one; gives the result."""
    result = pressed.taken.activity_result or ""
    if result and not pressed.task.details.done:
        work = _work(batch, request, pressed)
        works.append(work)
        values = {"status": COMPLETED, "result": result, "result_details": pressed.taken.activity_details}
        _written(work, ACTIVITY, Given(values, pressed.task.details.activity), {})
    return result


def _work(batch: Batch, request: CompleteTask, pressed: Pressed) -> Work:
    return step_work.work_of(batch.tx, request.actor, request.instance_id, pressed.task.element)
