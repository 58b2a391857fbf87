"""Activities on which a step waits: who can do the step may change them, and nothing takes them from it (K1, S7)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from stepwell.engine.rows import UserTask
from stepwell.errors import Conflict, Forbidden, Problem
from stepwell.identity import RoleTree
from stepwell.identity.policies import user_task as policy
from stepwell.records.shipped import CANCELLED, COMPLETED
from stepwell.services.ids import inner_key
from stepwell.services.moments import moment
from stepwell.services.records.checking import Draft
from stepwell.services.records.work import Work
from stepwell.store import people, roles
from stepwell.store.queries import user_tasks
from stepwell.store.records.table import Row
from stepwell.store.session import Session


def awaiting(session: Session, row: Row) -> UserTask | None:
    """The open step that waits for the activity."""
    if not row["step"]:
        return None
    found = user_tasks.fetch(session, *inner_key(row["step"], "user task"))
    is_waiting = found is not None and found.task.details.activity == row["id"]
    return found.task if found is not None and is_waiting and found.task.details.done != "activity" else None


def expect_not_awaited(session: Session, found: Mapping[int, Row]) -> None:
    """Raise ``Conflict`` if a step waits for one of the activities."""
    for row in found.values():
        task = awaiting(session, row)
        if task is not None:
            message = f"Expected that no step waits for activity/{row['id']}, but {row['step']} ({task.title}) does."
            raise Conflict("activity.awaited", message, {"step": row["step"]})


def problems(work: Work, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """What is wrong with activities as they will be; raises ``Forbidden`` and ``Conflict``."""
    for draft in drafts:
        yield from _unfit_plan(draft)
        if "step" in draft.changed:
            message = "Expected no value for step, but it is worked out by Stepwell."
            yield Problem("field.read-only", message, field=f"{draft.place}step", line=draft.line)
        elif draft.before is not None and draft.changed and draft.before["step"]:
            task = awaiting(work.session, draft.before)
            if task is not None:
                _expect_allowed(work, draft, task)
                yield from _unfit(work, draft, task)


def _unfit_plan(draft: Draft) -> Iterator[Problem]:
    """Due before it starts; where only something else is changed, it stays as it is."""
    start, due = draft.row["start"], draft.row["due"]
    is_planned = not draft.changed.keys().isdisjoint(("start", "due"))
    if is_planned and start is not None and due is not None and due < start:
        first, last = moment(start).isoformat(), moment(due).isoformat()
        message = f"Expected due to be at or after the start at {first}, but it is {last}."
        yield Problem("activity.due", message, field=f"{draft.place}due", line=draft.line)


def _expect_allowed(work: Work, draft: Draft, task: UserTask) -> None:
    """Only who can do the step; only who may cancel steps, and says so, cancels its activity."""
    hands_on = not draft.changed.keys().isdisjoint(("owner", "owner_role"))
    verdict = policy.may_hand_on(work.actor, task) if hands_on else policy.may_complete(work.actor, task)
    step = draft.row["step"]
    if not verdict:
        message = f"Expected to be allowed to change the activity of step {step}, but {verdict.reason}."
        raise Forbidden("activity.forbidden", message)
    cancels = "status" in draft.changed and draft.row["status"] == CANCELLED
    if cancels and not (work.cancels_step and policy.may_cancel(work.actor)):
        message = (
            f"Expected that no step waits for activity/{draft.row['id']}, but {step} ({task.title}) does;"
            " who may cancel steps sends cancel_step to cancel both."
        )
        raise Conflict("activity.awaited", message, {"step": step})


def _unfit(work: Work, draft: Draft, task: UserTask) -> Iterable[Problem]:
    """A result that is not offered, and people or roles that can not have the step."""
    row = draft.row
    if row["status"] == COMPLETED and row["result"] not in task.details.results:
        offered = ", ".join(task.details.results)
        found = f"found '{row['result']}'" if row["result"] else "found nothing"
        message = f"Expected one of the results {offered} that step {row['step']} offers, but {found}."
        yield draft_problem(draft, "activity.result", message, "result")
    if not draft.changed.keys().isdisjoint(("owner", "owner_role")):
        yield from _unfit_owner(work, draft)


def _unfit_owner(work: Work, draft: Draft) -> Iterator[Problem]:
    owner, role = draft.row["owner"], draft.row["owner_role"]
    if not owner and not role:
        message = f"Expected somebody or a role to have step {draft.row['step']}, but found nobody."
        yield draft_problem(draft, "value.missing", message, "owner")
    if not people.exist(work.session):
        return
    person = people.fetch(work.session, owner) if owner and "owner" in draft.changed else None
    if owner and "owner" in draft.changed and (person is None or not person.is_active):
        message = f"Expected owner to be an active person, but '{owner}' is none."
        yield draft_problem(draft, "person.unknown", message, "owner")
    if role and "owner_role" in draft.changed and roles.fetch(work.session, role) is None:
        message = f"Expected owner_role to be a role, but there is no '{role}'."
        yield draft_problem(draft, "role.unknown", message, "owner_role")
    elif role and not owner and not roles.has_members(work.session, sorted(tree_of(work).below(role))):
        message = (
            f"Expected owner_role to have members who can do step {draft.row['step']}, but '{role}' has none."
        )
        yield draft_problem(draft, "role.empty", message, "owner_role")


def tree_of(work: Work) -> RoleTree:
    """All roles."""
    return RoleTree(roles.everything(work.session))


def draft_problem(draft: Draft, rule: str, message: str, field: str) -> Problem:
    """A problem of a field of a record, where it stands in what was submitted."""
    return Problem(rule, message, field=f"{draft.place}{field}", line=draft.line)
