"""The page of a step as a person gets it: what was stored at the first opening, and what that person typed since."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from stepwell import forms
from stepwell.engine.rows import PAGE, UserTask
from stepwell.engine.shown_record import shown_record
from stepwell.errors import Conflict, Forbidden, NotFound
from stepwell.identity import STEPWELL, Actor
from stepwell.identity.policies import user_task as policy
from stepwell.identity.verdict import who
from stepwell.records.values import parse_reference
from stepwell.services import done_tasks
from stepwell.services.allowing import allow
from stepwell.services.halves import Missing, activity_of, missing_of
from stepwell.services.ids import inner_id, inner_key, not_open
from stepwell.services.moments import moment, perhaps
from stepwell.services.pages.conditions import open_conditions
from stepwell.services.records.reading import find
from stepwell.services.records.viewer import Viewer
from stepwell.store import Store, drafts, policies
from stepwell.store.queries import incidents as incident_queries
from stepwell.store.queries import user_tasks as queries
from stepwell.store.queries import variables
from stepwell.store.queries.user_tasks import UserTaskView
from stepwell.store.session import Session


class Draft(Struct, frozen=True):
    """What the person who asks typed and did not send yet: ``values`` as they were typed, and when."""

    values: dict[str, Any]
    at: datetime


class ButtonShown(Struct, frozen=True):
    """A button of a page. ``completes``: pressed, it ends the step; otherwise it keeps what was typed.
    ``validates``: what is required has to be there. ``shown_if`` is FEEL over the values of the page.
    """

    code: str
    label: str
    style: str
    completes: bool
    validates: bool
    shown_if: str = ""


class StepPage(Struct, frozen=True, kw_only=True):
    """The page of an open step.

    ``schema`` is a form-js schema with ``layout`` and ``buttons``, ``values`` are those that it begins with,
    ``hint`` is HTML that can do no harm. ``connections`` are records as ``contact/17``; ``record`` is the one whose
    page it is (empty: a new one), at the ``revision`` that is shown, ``open_conditions`` what it does not meet yet, in
    words. ``needed`` says whose approval decides: ``one`` (the first who votes), ``all``, ``any``, or so many; empty
    for other pages. ``activity`` is that of the step, ``missing`` which half of the two is. ``may`` says what the person may do
    with the step.
    """

    id: str
    instance_id: str
    instance_caption: str
    process_id: str
    process_name: str
    element: str
    kind: str
    title: str
    hint: str
    schema: dict[str, Any]
    values: dict[str, Any]
    buttons: tuple[ButtonShown, ...]
    draft: Draft | None
    assignee: str
    candidate_users: tuple[str, ...]
    candidate_roles: tuple[str, ...]
    priority: int
    created_at: datetime
    start_at: datetime | None
    due_at: datetime | None
    connections: tuple[str, ...]
    record: str = ""
    revision: int | None = None
    open_conditions: tuple[str, ...] = ()
    needed: str = ""
    activity: str = ""
    missing: Missing = ""
    may: dict[str, bool] = {}


def page(store: Store, task_id: str, actor: Actor = STEPWELL) -> StepPage:
    """The stored page of an open step; raises ``NotFound``, ``Forbidden``, and ``Conflict`` before the first opening
    (``user-task.not-opened``), with what is in the way if something is, or when it is over.
    """
    place = inner_key(task_id, "user task")
    with store.reading() as session:
        found = _seen_or_told(session, place, actor)
        kept = variables.kept(session, *place, PAGE)
        if not isinstance(kept, dict):
            raise not_opened(session, place)
        known = store.records.known(session)
        expect_record_seen(Viewer(session, known, actor, session.now()), found.task)
        shown = _view(found, kept, _draft(drafts.fetch(session, place, actor.name)), actor)
        return replace(shown, open_conditions=_left(store, session, kept, actor))


def expect_record_seen(viewer: Viewer, task: UserTask) -> None:
    """Refuse the page to who may not see the record on it, though the step is theirs; operators see what is in steps."""
    place = shown_record(task)
    if place is None or viewer.actor.looks_at("operate"):
        return
    try:
        find(viewer, place.type, place.number)
    except NotFound:
        message = f"Expected the right to see {place.reference}, which the page shows, but {who(viewer.actor)} has not got it."
        raise Forbidden("user-task.record-hidden", message) from None


def _left(store: Store, session: Session, kept: dict[str, Any], actor: Actor) -> tuple[str, ...]:
    """What the record of the page does not meet yet."""
    wanted, type_name = kept.get("conditions"), kept.get("record_type")
    known = store.records.known(session)
    if wanted is None or type_name not in known.types:
        return ()
    viewer = Viewer(
        session, known, replace(STEPWELL, time_zone=actor.time_zone, language=actor.language), session.now()
    )
    place = parse_reference(kept["record"])
    return open_conditions(viewer, str(type_name), place[1] if place else 0, wanted)


def seen(session: Session, place: tuple[int, int], actor: Actor) -> UserTaskView:
    """An open step whose contents the person may see; raises ``NotFound`` and ``Forbidden``."""
    found = queries.fetch(session, *place, actor)
    id = inner_id(*place)
    if found is None:
        raise not_open(id)
    allow(
        policy.may_see_contents(actor, found.task),
        "user-task.contents",
        f"Expected to be allowed to see what is in user task {id}",
    )
    return found


def _seen_or_told(session: Session, place: tuple[int, int], actor: Actor) -> UserTaskView:
    """The same; who sees the instance of one that is over is told who ended it (``Conflict``)."""
    try:
        return seen(session, place, actor)
    except NotFound:
        if not policies.sees_instance(session, actor, place[0]):
            raise
        over = done_tasks.ended(session, *place)
        if over is None:
            raise
        raise over from None


def not_opened(session: Session, place: tuple[int, int]) -> Conflict:
    """That the step has no page yet; what its last opening met, if it met anything."""
    id = inner_id(*place)
    stuck = incident_queries.fetch(session, *place)
    if stuck is not None:
        message = f"Expected a page for user task {id}, but it waits for repair: {stuck.incident.message}"
        return Conflict("user-task.stuck", message)
    return Conflict("user-task.not-opened", f"Expected user task {id} to have been opened, but it was not.")


def _draft(row: drafts.DraftRow | None) -> Draft | None:
    return None if row is None else Draft(msgspec.json.decode(row.data), moment(row.at))


def _view(found: UserTaskView, kept: dict[str, Any], draft: Draft | None, actor: Actor) -> StepPage:
    task, schema = found.task, kept["schema"].encode()
    form, shown = forms.stored(schema), msgspec.json.decode(schema)
    return StepPage(
        id=inner_id(found.instance_id, task.key),
        instance_id=str(found.instance_id),
        instance_caption=found.caption,
        process_id=found.process_id,
        process_name=found.process_name,
        element=task.element,
        kind=task.kind,
        title=task.title,
        hint=kept["hint"],
        schema=shown,
        values=forms.to_show(form, kept["values"]),
        buttons=tuple(map(_button, shown.get("buttons", ()))),
        draft=draft,
        assignee=task.assignee,
        candidate_users=tuple(task.candidate_users),
        candidate_roles=tuple(task.candidate_roles),
        priority=task.priority,
        created_at=moment(task.created_at),
        start_at=perhaps(task.start_at),
        due_at=perhaps(task.due_at),
        connections=task.details.connections,
        record=kept.get("record", ""),
        revision=kept.get("revision"),
        needed=kept.get("needed", ""),
        activity=activity_of(task),
        missing=missing_of(task),
        may={name: bool(may(actor, task)) for name, may in _MAY.items()}
        | {"release": _may_release(actor, task)},
    )


_MAY = {
    "claim": policy.may_claim,
    "complete": policy.may_complete,
    "postpone": policy.may_postpone,
    "reassign": policy.may_hand_on,
}


def _may_release(actor: Actor, task: UserTask) -> bool:
    """Whether there is somebody to give it back to, too."""
    return bool(task.candidate_users or task.candidate_roles) and bool(policy.may_release(actor, task))


def _button(written: dict[str, Any]) -> ButtonShown:
    completes = written.get("completes", True)
    return ButtonShown(
        code=written["code"],
        label=written.get("label") or written["code"],
        style=written.get("style", "primary"),
        completes=completes,
        validates=written.get("validates", completes),
        shown_if=written.get("shownIf", "").lstrip().removeprefix("="),
    )
