from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from stepwell.engine.activities import cancelled, has_activity
from stepwell.engine.assigning import says_nothing
from stepwell.engine.definition import Text
from stepwell.engine.opening import Seen, given_back
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step, extension
from stepwell.engine.user_work import create_user_task
from stepwell.engine.work import PLAIN, DrawnPage, EmailDraft, Work


@dataclass(frozen=True)
class UserTask(Step):
    """A person has something to do; the branch waits until it is completed (BPMN 2.0, 10.3.3)."""

    tag: ClassVar[str] = "userTask"
    activity: ClassVar[bool] = True
    arguments: ClassVar[bool] = True

    user: Text | None = extension("assignment", "user", "value", default=None, doc="The person who has it.")
    roles: Text | None = extension("assignment", "roles", "value", default=None, doc="Roles who may take it.")
    candidate_users: Text | None = extension(
        "assignment", "candidateUsers", "value", default=None, doc="People who may take it."
    )
    manager: Text | None = extension(
        "assignment", "manager", "value", default=None, doc="The manager of this person has it."
    )
    work: Work = PLAIN

    @property
    def lane_role(self) -> Text | None:
        """The role of the lane that the task stands in."""
        return self.work.lane_role

    @cached_property
    def is_for_starter(self) -> bool:
        """Whether neither the author nor the lane names anybody."""
        return says_nothing(self) and self.lane_role is None

    def enter(self, run: Run, at: At) -> None:
        create_user_task(run, at, self, self.work)

    def cancel(self, run: Run, at: At) -> None:
        if has_activity(self.work):
            cancelled(run, at.key)

    def brought(self, run: Run, at: At, result: object) -> object:
        """Of a page of the author's what its parameters name; of a sent mail only what outputs ask for."""
        if isinstance(self.work.kind, DrawnPage) and isinstance(result, dict):
            return given_back(self.work.kind, result, Seen(run.lookup(at.key), run.time))
        if isinstance(self.work.kind, EmailDraft) and not at.element.outputs:
            return None
        return result
