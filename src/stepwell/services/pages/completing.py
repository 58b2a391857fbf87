"""What somebody did on the page of a step: checked as a whole, then carried out in the transaction."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from stepwell import feel, forms
from stepwell.engine import commands as c
from stepwell.engine.paging import OF_ACTIVITY, made_of
from stepwell.engine.rows import PAGE, UserTask
from stepwell.engine.state import State
from stepwell.engine.work import RecordPage
from stepwell.errors import Problem
from stepwell.forms import kinds
from stepwell.forms.check import refusal
from stepwell.forms.kinds import APPROVED, REJECTED, Taken
from stepwell.forms.kinds.plain import DONE
from stepwell.forms.page import Page
from stepwell.records.values import parse_reference
from stepwell.services.batch import Batch
from stepwell.services.ids import inner_id
from stepwell.services.moments import moment
from stepwell.services.pages.asking import Choices
from stepwell.services.pages.pressed import CompleteTask, Pressed, command_of
from stepwell.services.pages.saving import save_activity, save_page, save_record
from stepwell.services.pages.showing import expect_record_seen
from stepwell.services.records.viewer import Viewer, zone_of
from stepwell.services.requests import Done, OnInstance, Request
from stepwell.store import approvals, drafts
from stepwell.store.drafts import DraftRow
from stepwell.store.records import attachments


def complete_task(batch: Batch, request: CompleteTask) -> Done:
    """Check what was sent for the page of the step, and do what its button says.

    A step that nobody opened is opened first: what its page holds is worked out once, before anything of it counts.
    """
    state = batch.states.get(request.instance_id)
    task: UserTask | None = None if state is None else state.user_tasks.get(request.key)
    if task is None or (task.kind == "plain" and not task.details.activity):
        if request.page_values or request.button:
            _expect_plain(request, task)
        return batch.decide(request.instance_id, request.command)
    opened = batch.decide(request.instance_id, opening(request))
    kept = batch.state(request.instance_id).kept(request.key, PAGE)
    if not isinstance(kept, dict):
        return opened
    expect_record_seen(Viewer(batch.tx.session, batch.tx.known_records, request.by, batch.tx.now), task)
    pressed = _check(batch, request, task, kept)
    is_activity = kept.get("what") == OF_ACTIVITY
    if not pressed.checked.button.completes and not is_activity:
        return _later(batch, request, pressed)
    done = save_activity(batch, request, pressed) if is_activity else _completed(batch, request, pressed)
    _forget(batch, request, kept)
    return done


def _completed(batch: Batch, request: CompleteTask, pressed: Pressed) -> Done:
    """Do what a completing button means for this kind of page."""
    if pressed.task.kind == RecordPage.element:
        return save_record(batch, request, pressed)
    if pressed.taken.activity_result:
        pressed = replace(pressed, taken=_with_files(batch, pressed))
        done = save_page(batch, request, pressed)
    else:
        outcome = _with_files(batch, pressed).outcome
        done = batch.decide(request.instance_id, command_of(request, pressed, outcome))
    _AFTER.get(pressed.task.kind, _nothing_more)(batch, request, pressed)
    return done


def opening(request: OnInstance) -> c.OpenUserTask:
    """The command that stores the page, for who asks."""
    by = request.by
    return c.OpenUserTask(request.key, by.language, by.time_zone, is_shown=False, actor=request.actor)


def _expect_plain(request: CompleteTask, task: UserTask | None) -> None:
    """A plain step has no fields, and one button."""
    problems = [
        Problem("value.unknown", f"Expected {name} to be a field of the page, but it has none.", field=name)
        for name in request.page_values or ()
    ]
    if request.button not in ("", DONE):
        message = f"Expected the button {DONE}, but found {request.button[:100]!r}."
        problems.append(Problem("button.unknown", message, field="button"))
    if problems and task is not None:
        raise refusal(problems)


def _check(batch: Batch, request: CompleteTask, task: UserTask, kept: dict[str, Any]) -> Pressed:
    page = forms.stored(kept["schema"].encode())
    values = request.page_values if request.page_values is not None else request.command.values  # type: ignore[attr-defined]
    sent = forms.Sent(request.button or sole_button(page), dict(values))
    checked = forms.check(page, sent, around(batch, request, kept))
    return Pressed(task, page, kept, checked, kinds.take(made_of(kept), checked), kept.get("record_type", ""))


def sole_button(page: Page) -> str:
    """The button that completes the step, where only one does; raises ``Invalid``."""
    found = [button.code for button in page.buttons if button.completes]
    if len(found) == 1:
        return found[0]
    message = f"Expected one of the buttons {', '.join(found)}, but none was named."
    raise refusal([Problem("button.unknown", message, field="button")])


def around(batch: Batch, request: OnInstance, kept: dict[str, Any]) -> forms.Around:
    """What the page stands in: what it began with, the time of the person, and whom to ask."""
    viewer = Viewer(batch.tx.session, batch.tx.known_records, request.by, batch.tx.now)
    owner = f"user-task/{inner_id(request.instance_id, request.key)}"
    choices = Choices(viewer, batch.directory, owner, files_in(kept["values"]))
    now = moment(batch.tx.now).astimezone(zone_of(request.by.time_zone))
    return forms.Around(kept["values"], now, choices)


def files_in(values: object) -> frozenset[str | int]:
    """Every text in the values of a page: any of them may be the id of a file that it began with."""
    if isinstance(values, dict | list):
        inner = values.values() if isinstance(values, dict) else values
        return frozenset[str | int]().union(*map(files_in, inner))
    return frozenset([values]) if isinstance(values, str) else frozenset()


def _with_files(batch: Batch, pressed: Pressed) -> Taken:
    """What the page gave; a mail knows its files by their names."""
    outcome = pressed.taken.outcome
    if pressed.task.kind != "emailDraft":
        return pressed.taken
    files = {"attachments": _files(batch, outcome.details)}
    return replace(pressed.taken, outcome=kinds.Outcome(outcome.value, outcome.details | files))


def _files(batch: Batch, details: dict[str, object]) -> list[dict[str, str]]:
    """The attachments of a mail by their id and name."""
    given = details.get("attachments")
    found = [
        attachments.fetch(batch.tx.session, str(id)) for id in (given if isinstance(given, list) else ())
    ]
    return [{"file": row.id, "name": row.name} for row in found if row is not None]


def _later(batch: Batch, request: CompleteTask, pressed: Pressed) -> Done:
    """A button that does not complete keeps what was typed, and may throw a signal."""
    row = typed(batch, request, request.page_values or {})
    drafts.put(batch.tx.session, (request.instance_id, request.key), row)
    command = c.PressButton(
        request.key,
        pressed.checked.button.code,
        pressed.checked.values,
        actor=request.actor,
        foreground=request.foreground,
    )
    return batch.decide(request.instance_id, command)


def typed(batch: Batch, request: Request, values: Mapping[str, Any]) -> DraftRow:
    """What the person typed, as the draft that is kept."""
    return DraftRow(request.actor, batch.tx.now, msgspec.json.encode(values))


def _forget(batch: Batch, request: CompleteTask, kept: dict[str, Any]) -> None:
    """What was typed is saved: of everybody if the page is done, of this person alone if it stays for the others."""
    session, place = batch.tx.session, (request.instance_id, request.key)
    if _stays(batch.state(request.instance_id), request.key, kept):
        drafts.drop_one(session, place, request.actor)
    else:
        drafts.drop(session, place)


def _stays(state: State, key: int, kept: dict[str, Any]) -> bool:
    """Whether the step still has this page, and not that of its activity in its place."""
    now = state.kept(key, PAGE) if key in state.user_tasks else None
    return isinstance(now, dict) and now.get("what") == kept.get("what")


def _nothing_more(_batch: Batch, _request: CompleteTask, _pressed: Pressed) -> None:
    """Most kinds leave no trace but the process."""


def _approval(batch: Batch, request: CompleteTask, pressed: Pressed) -> None:
    """The record shows its approvals (K6)."""
    place = parse_reference(pressed.task.details.connections[0]) if pressed.task.details.connections else None
    found = batch.tx.known_records.types.get(place[0]) if place else None
    verdict = pressed.taken.outcome.value
    if place is None or found is None or verdict not in (APPROVED, REJECTED):
        return
    comment = pressed.taken.outcome.details.get("comment")
    approvals.add(
        batch.tx.session,
        approvals.ApprovalRow(
            type_id=found.number,
            record_id=place[1],
            instance_id=request.instance_id,
            key=request.key,
            at=batch.tx.now,
            actor=request.actor,
            verdict=str(verdict),
            comment=feel.format_value(comment) if comment else "",
            title=pressed.task.title,
        ),
    )


_AFTER: dict[str, Callable[[Batch, CompleteTask, Pressed], None]] = {"approval": _approval}
