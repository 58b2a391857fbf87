"""What happens to user tasks."""

from typing import ClassVar, Literal

from msgspec.structs import replace

from stepwell.engine.counting import count_waits, forget_kept
from stepwell.engine.event import Event
from stepwell.engine.rows import TaskDetails, UserTask
from stepwell.engine.state import State
from stepwell.engine.values import Values


class UserTaskCreated(Event, frozen=True, gc=False, tag=20):
    """A person has something to do."""

    task: UserTask

    def apply(self, state: State) -> None:
        state.user_tasks.put(self.task.key, self.task)
        count_waits(state, self.task.key, 1)


class UserTaskAssigned(Event, frozen=True, gc=False, tag=21):
    """Somebody has the task now; an empty assignee gives it back to the candidates."""

    key: int
    assignee: str

    def apply(self, state: State) -> None:
        state.user_tasks.put(self.key, replace(state.user_tasks[self.key], assignee=self.assignee))


class UserTaskReassigned(Event, frozen=True, gc=False, tag=23):
    """The task is for others now: somebody by name, or candidates."""

    key: int
    assignee: str
    candidate_users: tuple[str, ...] = ()
    candidate_roles: tuple[str, ...] = ()

    def apply(self, state: State) -> None:
        task = state.user_tasks[self.key]
        left = task.details.delegations_left
        details = replace(task.details, delegations_left=left - 1) if left > 0 else task.details
        row = replace(
            task,
            assignee=self.assignee,
            candidate_users=self.candidate_users,
            candidate_roles=self.candidate_roles,
            details=details,
        )
        state.user_tasks.put(self.key, row)


class UserTaskPostponed(Event, frozen=True, gc=False, tag=24):
    """The task is to be done at another time; what else was planned anew with it."""

    key: int
    start_at: int | None
    due_at: int | None
    title: str
    details: TaskDetails

    def apply(self, state: State) -> None:
        row = replace(
            state.user_tasks[self.key],
            start_at=self.start_at,
            due_at=self.due_at,
            title=self.title,
            details=self.details,
        )
        state.user_tasks.put(self.key, row)


class UserTaskReminded(Event, frozen=True, gc=False, tag=25):
    """Those who can do the task were reminded of it."""

    key: int


class UserTaskStartReached(Event, frozen=True, gc=False, tag=28):
    """The task was to start later, and now is the time: it is back in the panels."""

    key: int


class UserTaskOverdue(Event, frozen=True, gc=False, tag=29):
    """The task should have been done by now."""

    key: int


class UserTaskCompleted(Event, frozen=True, gc=False, tag=22):
    """A person did it."""

    key: int
    by: str

    def apply(self, state: State) -> None:
        forget_kept(state, state.user_tasks[self.key])
        state.user_tasks.drop(self.key)
        count_waits(state, self.key, -1)


class UserTaskOpened(Event, frozen=True, gc=False, tag=26):
    """Somebody opened it for the first time: its page, worked out and stored once (R4), under one name of its own."""

    key: int
    page: Values

    def apply(self, state: State) -> None:
        task = state.user_tasks[self.key]
        if not task.details.is_opened:
            details = replace(task.details, is_opened=True)
            state.user_tasks.put(self.key, replace(task, details=details))
        table = state.local(self.key)
        for name, value in self.page.map.items():
            table.put(name, value)


class UserTaskHalfDone(Event, frozen=True, gc=False, tag=27):
    """One half of a step that needs its page and its activity is done (S7); ``kept`` is what it gave, under names of
    the core's own, until the other half is.
    """

    key: int
    by: str
    done: Literal["page", "activity"]
    kept: Values

    def apply(self, state: State) -> None:
        task = state.user_tasks[self.key]
        state.user_tasks.put(self.key, replace(task, details=replace(task.details, done=self.done)))
        table = state.local(self.key)
        for name, value in self.kept.map.items():
            table.put(name, value)


class UserTaskSaved(Event, frozen=True, gc=False, tag=42):
    """The record of the page was saved and does not meet its conditions yet: those that are open, in words (K2).

    ``page`` is the page as it is now, under one name of its own.
    """

    key: int
    record: str
    by: str
    open_conditions: tuple[str, ...]
    page: Values

    def apply(self, state: State) -> None:
        task = state.user_tasks[self.key]
        connections = tuple(dict.fromkeys((self.record, *task.details.connections)))
        details = replace(task.details, connections=connections)
        state.user_tasks.put(self.key, replace(task, details=details))
        table = state.local(self.key)
        for name, value in self.page.map.items():
            table.put(name, value)


class ActivityWritten(Event, frozen=True, gc=False, tag=43):
    """The activity of a step is made, or becomes as the step is: values by field of its record."""

    leaves: ClassVar[bool] = True
    key: int
    element: str
    number: int
    values: Values
    is_new: bool = False
