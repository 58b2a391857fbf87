from dataclasses import dataclass
from typing import ClassVar

from stepwell.engine.definition import Text
from stepwell.engine.flow import complete
from stepwell.engine.run import At, Run
from stepwell.engine.step import Step, extension
from stepwell.engine.user_work import create_user_task


@dataclass(frozen=True)
class ManualTask(Step):
    """Work done outside the system. With an assignment it is a step like a user task, otherwise it passes."""

    tag: ClassVar[str] = "manualTask"
    activity: ClassVar[bool] = True
    arguments: ClassVar[bool] = True

    user: Text | None = extension("assignment", "user", "value", default=None, doc="The person who has it.")
    roles: Text | None = extension("assignment", "roles", "value", default=None, doc="Roles who may take it.")
    candidate_users: Text | None = extension(
        "assignment", "candidateUsers", "value", default=None, doc="People who may take it."
    )

    manager: ClassVar[Text | None] = None
    lane_role: ClassVar[Text | None] = None
    is_for_starter: ClassVar[bool] = False

    def enter(self, run: Run, at: At) -> None:
        if self.user or self.roles or self.candidate_users:
            create_user_task(run, at, self)
        else:
            complete(run, at)
