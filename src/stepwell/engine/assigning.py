"""Who does a step (product rule S1)."""

from collections.abc import Iterable
from typing import Protocol

from stepwell.engine.definition import Text
from stepwell.engine.mapping import as_name, as_text
from stepwell.engine.rows import UserTask
from stepwell.engine.run import At, Run, Stuck
from stepwell.engine.surroundings import Assignment

APPROVER = "approver"
"""The variable of a round of an approval that says whose it is: ``{user: "ann"}`` or ``{role: "legal"}``."""


EVERYBODY = Assignment()


class Said(Protocol):
    """What an author says of who does a step."""

    @property
    def user(self) -> Text | None: ...

    @property
    def roles(self) -> Text | None: ...

    @property
    def candidate_users(self) -> Text | None: ...

    @property
    def manager(self) -> Text | None: ...

    @property
    def lane_role(self) -> Text | None: ...

    @property
    def is_for_starter(self) -> bool:
        """Whether neither the author nor the lane names anybody."""


def assignment_of(run: Run, at: At, said: Said) -> Assignment:
    """Whom the step is for; raises ``Stuck`` when nobody can be found or none of them can do it.

    Nothing said and started by nobody of the installation (a timer, a message, the command line): everybody may do it.
    """
    surroundings = run.settings.surroundings
    if said.is_for_starter and not at.round:
        found = Assignment(run.state.instance.starter)
        hindrance = surroundings.unfit(found)
        if hindrance and not surroundings.knows(found.assignee):
            return EVERYBODY
    else:
        approver = run.state.local(at.key).get(APPROVER) if at.round else None
        found = one_of(approver) if isinstance(approver, dict) else named(run, at, said)
        hindrance = surroundings.unfit(found)
    if hindrance:
        raise Stuck(
            "assignment.unfit", f"Expected somebody who can do step {at.element.id}, but {hindrance}."
        )
    return found


def one_of(approver: dict[str, str]) -> Assignment:
    """The assignment of one round of an approval."""
    return Assignment(approver.get("user", ""), roles=(approver["role"],) if "role" in approver else ())


def named(run: Run, at: At, said: Said) -> Assignment:
    """Whom the author names; else the role of the lane, else whoever started the instance."""
    if said.is_for_starter:
        return Assignment(run.state.instance.starter)
    if says_nothing(said):
        return something(at, Assignment(roles=names(run, at, said.lane_role)))
    assignee = "".join(names(run, at, said.user)[:1]) or manager_of(run, at, said.manager)
    return something(
        at, Assignment(assignee, names(run, at, said.candidate_users), names(run, at, said.roles))
    )


def says_nothing(said: Said) -> bool:
    """Whether the author left it to the lane and the starter."""
    return said.user is None and said.roles is None and said.candidate_users is None and said.manager is None


def something(at: At, found: Assignment) -> Assignment:
    """A assignment that holds a name; raises ``Stuck`` when what the author wrote gives none."""
    if any(found):
        return found
    message = (
        f"Expected the assignment of step {at.element.id} to name a person or a role, but it gives none."
    )
    raise Stuck("assignment.nobody", message)


def manager_of(run: Run, at: At, text: Text | None) -> str:
    """The manager of the person that a text names; raises ``Stuck`` when there is none."""
    if text is None:
        return ""
    person = "".join(names(run, at, text)[:1])
    surroundings = run.settings.surroundings
    found = surroundings.manager(person) if person else ""
    if not found:
        whom = "no person is named"
        if person:
            whom = (
                f"person '{person}' has none"
                if surroundings.knows(person)
                else f"there is no person '{person}'"
            )
        raise Stuck("assignment.no-manager", f"Expected a manager for step {at.element.id}, but {whom}.")
    return found


def names(run: Run, at: At, text: Text | None) -> tuple[str, ...]:
    """The names that an author's text gives: a list, or one text separated by commas."""
    if text is None:
        return ()
    value = text.value(run.lookup(at.key or at.scope), run.time)
    parts = value if isinstance(value, list) else as_text(value).split(",")
    return tuple(dict.fromkeys(name for name in (as_name(part).strip() for part in parts) if name))


def approvers(found: Assignment) -> list[dict[str, str]]:
    """Each who has a vote of their own; a role has one."""
    people: Iterable[str] = dict.fromkeys(name for name in (found.assignee, *found.users) if name)
    return [*({"user": name} for name in people), *({"role": role} for role in found.roles)]


def has(task: UserTask) -> Assignment:
    """Whom an open step is for now."""
    return Assignment(task.assignee, task.candidate_users, task.candidate_roles)
