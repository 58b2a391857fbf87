"""Loading what the commands of a batch need, with one statement per table for all of them."""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from stepwell.engine.rows import PAGE, ElementInstance, Incident, Job, Subscription, WaitingFlow
from stepwell.engine.state import State, Table, Waits
from stepwell.feel import MISSING
from stepwell.store import statements, variables
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple, element_row, instance_row, user_task_row

Pair = tuple[int, int]


class Target(Struct, frozen=True):
    """What a command is aimed at: an element instance, job or subscription; key 0: only the instance.

    ``needs_page``: it is a user task, and the command looks at its page.
    """

    instance_id: int
    key: int = 0
    kind: Literal["element", "job", "subscription"] = "element"
    needs_page: bool = False


class Loaded(Struct):
    """The states by instance id; instances that another session holds; ids that do not exist."""

    states: dict[int, State]
    busy: set[int]
    missing: set[int]


class Rows:
    """Where a state asks for rows beyond its batch (the port ``stepwell.engine.state.Loader``)."""

    __slots__ = ("instance_id", "session")

    def __init__(self, session: Session, instance_id: int) -> None:
        self.session = session
        self.instance_id = instance_id

    def _of(self, statement: str, keys: Iterable[int]) -> list[Tuple]:
        return self.session.read_pairs((statement, [(self.instance_id, key) for key in keys]))[0]

    def element(self, key: int) -> ElementInstance | None:
        found = self._of(statements.ELEMENTS, (key,))
        return element_row(found[0][1:]) if found else None

    def children(self, scope: int, limit: int) -> list[ElementInstance]:
        if scope:
            found = self.session.read(statements.CHILDREN, self.instance_id, scope, limit)
        else:
            found = self.session.read(statements.CHILDREN_OF_INSTANCE, self.instance_id, limit)
        return [element_row(row[1:]) for row in found]

    def pending(self, limit: int) -> list[ElementInstance]:
        found = self.session.read(statements.PENDING, self.instance_id, limit)
        return [element_row(row[1:]) for row in found]

    def joining(self, scope: int) -> tuple[list[ElementInstance], list[WaitingFlow]]:
        wanted = [(self.instance_id, scope)]
        rows, flows = self.session.read_pairs((statements.JOINING, wanted), (statements.FLOWS, wanted))
        return [element_row(row[1:]) for row in rows], [WaitingFlow(*row[1:]) for row in flows]

    def waits(self, element_keys: Iterable[int]) -> Waits:
        wanted = [(self.instance_id, key) for key in element_keys]
        tasks, jobs, subscriptions, incidents = self.session.read_pairs(
            *((statement, wanted) for statement in _WAITS)
        )
        return (
            [user_task_row(row[1:]) for row in tasks],
            [Job(*row[1:]) for row in jobs],
            [Subscription(*row[1:]) for row in subscriptions],
            [Incident(*row[1:]) for row in incidents],
        )

    def variables(self, scope: int) -> dict[str, object]:
        found = self._of(statements.VARIABLES, (scope,))
        return variables.unpack_small(found[0][2]) if found else {}

    def value(self, scope: int, name: str) -> object:
        found = self.session.read(statements.VALUE, self.instance_id, scope, name)
        return variables.decode(found[0][0]) if found else MISSING

    def signalled(self, name: str) -> list[Subscription]:
        found = self.session.read(statements.SIGNALLED, self.instance_id, name)
        return [Subscription(*row[1:]) for row in found]

    def outputs(self, scope: int) -> dict[str, object]:
        found = self.session.read(statements.OUTPUTS, self.instance_id, scope)
        return {name: variables.decode(packed) for name, packed in found}


_WAITS = (statements.USER_TASKS, statements.JOBS_OF, statements.SUBSCRIPTIONS_OF, statements.INCIDENTS)


def load(session: Session, targets: Sequence[Target]) -> Loaded:
    """Lock the instances and load targets, their scopes, small variables, waits and joining gateways."""
    ids = {target.instance_id for target in targets}
    found, busy = session.lock_instances(sorted(ids))
    states = {row[0]: State(instance_row(row), Rows(session, row[0])) for row in found}
    loaded = Loaded(states, busy, ids - busy - states.keys())
    if states:
        _Load(session, states).fill([target for target in targets if target.instance_id in states])
    return loaded


class _Load:
    """One run of loading: what is known so far, and what is still to be asked for."""

    def __init__(self, session: Session, states: dict[int, State]) -> None:
        self.session = session
        self.states = states
        self.waiting: dict[Pair, int] = {}

    def fill(self, targets: Sequence[Target]) -> None:
        keys = {(target.instance_id, target.key) for target in targets if target.kind == "element"}
        aims = {pair for pair in keys if pair[1]} | self._behind(targets)
        if not aims:
            self._scopes({(key, 0) for key in self.states}, ())
            return
        tasks = self._scopes(aims | {(key, 0) for key in self.states}, aims)
        self._waits(aims, tasks)
        self._joins(aims)
        self._pages({(one.instance_id, one.key) for one in targets if one.needs_page})

    def _behind(self, targets: Sequence[Target]) -> set[Pair]:
        """The element instances that wait for the jobs and subscriptions among the targets."""
        jobs = {(target.instance_id, target.key) for target in targets if target.kind == "job"}
        others = {(target.instance_id, target.key) for target in targets if target.kind == "subscription"}
        if not jobs and not others:
            return set()
        found = self.session.read_pairs(
            (statements.JOBS, list(jobs)), (statements.SUBSCRIPTIONS, list(others))
        )
        self._take_jobs(found[0])
        self._take_subscriptions(found[1])
        return {(row[0], row[2]) for rows in found for row in rows if row[2]}

    def _scopes(self, wanted: set[Pair], aims: Iterable[Pair]) -> list[Tuple]:
        """Load element instances and small variables, scope by scope outwards; gives the user tasks."""
        tasks: list[Tuple] = []
        asked = list(aims)
        while wanted:
            rows, packed, some = self.session.read_pairs(
                (statements.ELEMENTS, [pair for pair in wanted if pair[1]]),
                (statements.VARIABLES, list(wanted)),
                (statements.USER_TASKS, asked),
            )
            tasks += some
            asked = []
            small = {(row[0], row[1]): row[2] for row in packed}
            for place in wanted:
                state = self.states[place[0]]
                table = Table("variables", state.journal, place[1])
                state.variables[place[1]] = variables.fill(table, small.get(place))
            outer: set[Pair] = set()
            for row in rows:
                state = self.states[row[0]]
                state.adopt(element_row(row[1:]))
                if row[3] and row[3] not in state.variables:
                    outer.add((row[0], row[3]))
            wanted = outer
        return tasks

    def _waits(self, aims: set[Pair], tasks: list[Tuple]) -> None:
        """Load the rows that the targets wait for, unless those known are all."""
        self._take_tasks(tasks)
        left: list[Pair] = []
        for place in aims:
            state = self.states[place[0]]
            row = state.elements.get(place[1])
            if row is not None and row.waits > self.waiting.get(place, 0):
                left.append(place)
            state.loaded_waits.add(place[1])
        if left:
            _, jobs, subscriptions, incidents = self.session.read_pairs(
                (statements.USER_TASKS, ()), *((statement, left) for statement in _WAITS[1:])
            )
            self._take_jobs(jobs)
            self._take_subscriptions(subscriptions)
            for row in incidents:
                self.states[row[0]].incidents.adopt(row[1], Incident(*row[1:]))

    def _joins(self, aims: set[Pair]) -> None:
        """Load the gateways that wait for tokens beside a target."""
        wanted: set[Pair] = set()
        for instance_id, key in aims:
            state = self.states[instance_id]
            row = state.elements.get(key)
            if row is not None and (state.elements[row.scope] if row.scope else state.instance).joining:
                wanted.add((instance_id, row.scope))
        if wanted:
            pairs = list(wanted)
            rows, flows = self.session.read_pairs((statements.JOINING, pairs), (statements.FLOWS, pairs))
            for found in rows:
                self.states[found[0]].adopt(element_row(found[1:]))
            for found in flows:
                self.states[found[0]].flows.adopt(found[1:3], WaitingFlow(*found[1:]))
            for instance_id, scope in wanted:
                self.states[instance_id].loaded_joins.add(scope)

    def _pages(self, wanted: set[Pair]) -> None:
        """Load the stored pages of user tasks that were opened."""
        opened = [pair for pair in wanted if self._is_opened(pair)]
        if opened:
            for instance_id, key, packed in self.session.read_pairs((statements.PAGES, opened))[0]:
                self.states[instance_id].local(key)[PAGE] = variables.decode(packed)

    def _is_opened(self, place: Pair) -> bool:
        task = self.states[place[0]].user_tasks.get(place[1])
        return task is not None and task.details.is_opened

    def _take_tasks(self, found: list[Tuple]) -> None:
        for row in found:
            self.states[row[0]].user_tasks.adopt(row[1], user_task_row(row[1:]))
            self.waiting[row[0], row[1]] = 1

    def _take_jobs(self, found: list[Tuple]) -> None:
        for row in found:
            self.states[row[0]].jobs.adopt(row[1], Job(*row[1:]))
            self.waiting[row[0], row[2]] = self.waiting.get((row[0], row[2]), 0) + 1

    def _take_subscriptions(self, found: list[Tuple]) -> None:
        for row in found:
            self.states[row[0]].subscriptions.adopt(row[1], Subscription(*row[1:]))
            self.waiting[row[0], row[2]] = self.waiting.get((row[0], row[2]), 0) + 1
