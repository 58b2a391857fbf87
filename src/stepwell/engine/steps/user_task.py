from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.definition import Text
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step, extension
from stepwell.engine.user_work import create_user_task
from stepwell.engine.work import PLAIN, Work


@dataclass(frozen=True)
class UserTask(Step):
    """A person has something to do; the branch waits until it is completed (BPMN 2.0, 10.3.3)."""

    tag: ClassVar[str] = "userTask"
    activity: ClassVar[bool] = True

    user: Text | None = extension("assignment", "user", "value", default=None, doc="The person who has it.")
    roles: Text | None = extension("assignment", "roles", "value", default=None, doc="Roles who may take it.")
    candidate_users: Text | None = extension(
        "assignment", "candidateUsers", "value", default=None, doc="People who may take it."
    )
    manager: Text | None = extension(
        "assignment", "manager", "value", default=None, doc="The manager of this person has it."
    )
    work: Work = PLAIN

    def enter(self, run: Run, at: At) -> None:
        create_user_task(run, at, self.user, self.roles, self.candidate_users)
