"""What people are told of a batch, in its own transaction: nobody of what they did themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from stepwell.engine.event import Event
from stepwell.engine.events import IncidentRaised
from stepwell.engine.rows import Incident, UserTask
from stepwell.engine.state import State
from stepwell.engine.user_task_events import UserTaskOverdue, UserTaskReminded, UserTaskStartReached
from stepwell.identity import RoleTree
from stepwell.services.catalogue import Catalogue
from stepwell.store import notifications, roles
from stepwell.store.history import HistoryRow
from stepwell.store.notifications import About, Notification
from stepwell.store.saving import TaskChange
from stepwell.store.transaction import Transaction

Noteworthy = tuple[int, Event]
Told = tuple[str, About]  # a person, and what
NOTEWORTHY = frozenset({UserTaskReminded, UserTaskStartReached, UserTaskOverdue, IncidentRaised})
MOST = 1000  # people who are told of one thing


class Telling:
    """Works out who is told what; asks who is in which role only when there is something to tell a role."""

    def __init__(
        self,
        tx: Transaction,
        catalogue: Catalogue,
        histories: Mapping[int, Sequence[HistoryRow]],
        states: Mapping[int, State],
    ) -> None:
        self.tx = tx
        self.catalogue = catalogue
        self.histories = histories
        self.states = states
        self._tree: RoleTree | None = None

    def of_tasks(self, changes: Iterable[TaskChange], awaited: Mapping[tuple[int, int], str]) -> list[Told]:
        """Steps that somebody has to do because of somebody else; ``awaited`` are those that somebody waits for."""
        found = []
        for instance_id, old, new in changes:
            if new is None or not new.assignee or (old is not None and old.assignee == new.assignee):
                continue
            actor = self.actor_of(instance_id, new.key)
            if new.assignee not in (actor, awaited.get((instance_id, new.key))):
                giver = (
                    "" if old is None else actor
                )  # whose command the process went on with gave nobody a step
                about = About("step", instance_id, new.key, new.title, giver)
                found.append((new.assignee, about))
        return found

    def actor_of(self, instance_id: int, key: int) -> str:
        """Whose command it was that is about a key, the last one if there are several."""
        rows = self.histories[instance_id]
        if len(rows) > 1:
            for row in reversed(rows):
                if any(_key(event) == key for event in row.events):
                    return row.actor
        return rows[-1].actor

    def of_events(self, events: Iterable[Noteworthy]) -> list[Told]:
        """Reminders, steps that are overdue, and incidents."""
        found: list[Told] = []
        stuck: list[tuple[int, Incident]] = []
        for instance_id, event in events:
            if isinstance(event, IncidentRaised):
                stuck.append((instance_id, event.incident))
            elif isinstance(event, UserTaskReminded | UserTaskOverdue):
                task = self.states[instance_id].user_tasks.get(event.key)
                kind = "reminder" if isinstance(event, UserTaskReminded) else "overdue"
                if task is not None:
                    about = About(kind, instance_id, task.key, task.title)
                    found += [(name, about) for name in self.concerned(task)]
        return [*found, *(self.of_incidents(stuck) if stuck else ())]

    def of_incidents(self, stuck: Iterable[tuple[int, Incident]]) -> Iterator[Told]:
        """Operators are told, unless they have yet to read of the same element of this process."""
        abouts = [self.about_incident(instance_id, row) for instance_id, row in stuck]
        people = sorted(self.operators())[:MOST]
        subjects = sorted({about.subject for about in abouts})
        known = notifications.told(self.tx.session, "incident", subjects, people)
        for about in abouts:
            for name in people:
                if name != about.actor and (about.subject, name) not in known:
                    known.add((about.subject, name))
                    yield name, about

    def about_incident(self, instance_id: int, row: Incident) -> About:
        """What there is to tell of an incident."""
        instance = self.states[instance_id].instance
        process = self.catalogue.definition(instance.definition_id)
        title = instance.caption or process.name or process.id
        actor = self.histories[instance_id][-1].actor
        subject = f"{instance.definition_id}/{row.element}"
        return About("incident", instance_id, row.key, title, actor, subject)

    def settle(self) -> list[Notification]:
        """Whoever was told of an incident that is gone has read of it; gives what they had not."""
        gone = {
            (id, key)
            for id in self.histories
            for state in (self.states[id],)
            for key in state.incidents.gone
            if key not in state.incidents
        }
        if not gone:
            return []
        return notifications.settle(self.tx.session, gone, sorted(self.operators()), self.tx.now)

    def concerned(self, task: UserTask) -> list[str]:
        """Who can do the task: who has it, else all to whom it is offered."""
        if task.assignee:
            return [task.assignee]
        people = set(task.candidate_users)
        if task.candidate_roles:
            people |= self.members(task.candidate_roles)
        return sorted(people)[:MOST]

    def operators(self) -> set[str]:
        """Those who repair."""
        tree = self.tree()
        return self.members(name for name, role in tree.roles.items() if "operate" in role.rights)

    def members(self, names: Iterable[str]) -> set[str]:
        """The active members of roles, and of those below them."""
        below = {role for name in names for role in self.tree().below(name)}
        return roles.members(self.tx.session, sorted(below))

    def tree(self) -> RoleTree:
        """All roles."""
        if self._tree is None:
            self._tree = RoleTree(roles.everything(self.tx.session))
        return self._tree


def _key(event: Event) -> int:
    task = getattr(event, "task", None)
    found: int = task.key if task is not None else getattr(event, "key", 0)
    return found
