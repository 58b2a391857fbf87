"""The state of one instance while commands on it are decided.

Tables are dicts of frozen rows. Every change is noted with what stood there before, so that the journal
says what to save and can undo a command. What a batch did not load, the state asks of its loader.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from stepwell.engine.rows import (
    ElementInstance,
    Incident,
    Job,
    ProcessInstance,
    Subscription,
    UserTask,
    WaitingFlow,
)
from stepwell.feel import MISSING

Waits = tuple[Iterable[UserTask], Iterable[Job], Iterable[Subscription], Iterable[Incident]]


class Large:
    """Stands for a value that is kept in a row of its own and was not loaded yet."""

    def __repr__(self) -> str:
        return "LARGE"


LARGE = Large()


class Loader(Protocol):
    """Where a state gets rows that its batch did not load. Each answer is that of the last commit."""

    def element(self, key: int) -> ElementInstance | None: ...

    def children(self, scope: int, limit: int) -> Iterable[ElementInstance]: ...

    def pending(self, limit: int) -> Iterable[ElementInstance]: ...

    def joining(self, scope: int) -> tuple[Iterable[ElementInstance], Iterable[WaitingFlow]]: ...

    def waits(self, element_keys: Iterable[int]) -> Waits: ...

    def variables(self, scope: int) -> dict[str, object]: ...

    def value(self, scope: int, name: str) -> object: ...

    def outputs(self, scope: int) -> dict[str, object]: ...

    def signalled(self, name: str) -> Iterable[Subscription]: ...


class Nothing:
    """The loader of a new instance: there is nothing beyond what is in memory."""

    def element(self, key: int) -> None:
        return None

    def children(self, scope: int, limit: int) -> tuple[()]:
        return ()

    def pending(self, limit: int) -> tuple[()]:
        return ()

    def joining(self, scope: int) -> tuple[tuple[()], tuple[()]]:
        return (), ()

    def waits(self, element_keys: Iterable[int]) -> tuple[tuple[()], tuple[()], tuple[()], tuple[()]]:
        return (), (), (), ()

    def variables(self, scope: int) -> dict[str, object]:
        return {}

    def value(self, scope: int, name: str) -> object:
        return MISSING

    def outputs(self, scope: int) -> dict[str, object]:
        return {}

    def signalled(self, name: str) -> tuple[()]:
        return ()


NONE: frozenset[Any] = frozenset()
TABLES = {
    "joins": "",
    "flows": "waiting_flow",
    "user_tasks": "user_task",
    "jobs": "job",
    "subscriptions": "subscription",
    "incidents": "incident",
}


class Table(dict[Any, Any]):
    """Rows by key; notes every change in the journal it shares with the other tables of its state."""

    __slots__ = ("gone", "journal", "name", "scope")

    def __init__(self, name: str, journal: list[tuple["Table", Any, Any]], scope: int = 0) -> None:
        self.name = name
        self.journal = journal
        self.scope = scope
        self.gone: set[Any] | frozenset[Any] = NONE

    def put(self, key: Any, row: Any) -> None:
        self.journal.append((self, key, self.get(key, MISSING)))
        self[key] = row

    def drop(self, key: Any) -> None:
        self.journal.append((self, key, self.pop(key)))
        if self.gone is NONE:
            self.gone = set()
        self.gone.add(key)  # type: ignore[union-attr]

    def adopt(self, key: Any, row: Any) -> None:
        """Take in a row of the last commit, unless this state has or has removed it meanwhile."""
        if key not in self and key not in self.gone:
            self[key] = row

    def restore(self, key: Any, old: Any) -> None:
        """Take one change back."""
        if old is MISSING:
            self.pop(key, None)
        else:
            self[key] = old
            if key in self.gone:
                self.gone.discard(key)  # type: ignore[union-attr]


class State:
    """One instance: rows by table, variables by scope, and the journal of what changed."""

    __slots__ = (
        "complete", "elements", "flows", "incidents", "instances", "jobs", "joins", "journal", "last_key", "loaded_joins",
        "loaded_waits", "loader", "subscriptions", "user_tasks", "variables",
    )  # fmt: skip

    instances: Table
    elements: Table
    joins: Table
    flows: Table
    user_tasks: Table
    jobs: Table
    subscriptions: Table
    incidents: Table

    def __init__(self, instance: ProcessInstance | None = None, loader: Loader | None = None) -> None:
        self.journal: list[tuple[Table, Any, Any]] = []
        self.variables: dict[int, Table] = {}
        self.loader: Loader = loader or Nothing()
        self.last_key = 0
        self.complete: set[int] = set()
        self.loaded_waits: set[int] = set()
        self.loaded_joins: set[int] = set()
        self.instances = Table("process_instance", self.journal)
        self.elements = Table("element_instance", self.journal)
        if instance is not None:
            self.instances[0] = instance
            self.last_key = instance.last_key

    def __getattr__(self, name: str) -> Table:
        """Further tables are made when they are first used: most commands need few of them."""
        if name not in TABLES:
            raise AttributeError(name)
        table = Table(TABLES[name], self.journal)
        setattr(self, name, table)
        return table

    @property
    def instance(self) -> ProcessInstance:
        row: ProcessInstance = self.instances[0]
        return row

    def next_key(self) -> int:
        """The next free key. It counts only once an event that carries it was applied."""
        return self.last_key + 1

    # -- rows -----------------------------------------------------------------------------------------

    def element(self, key: int) -> ElementInstance | None:
        """The living element instance ``key``, loaded when need be."""
        row: ElementInstance | None = self.elements.get(key)
        if row is None and key <= self.instance.last_key and key not in self.elements.gone:
            row = self.loader.element(key)
            if row is not None:
                self.adopt(row)
        return row

    def adopt(self, row: ElementInstance) -> None:
        """Take in an element instance of the last commit."""
        self.elements.adopt(row.key, row)
        if row.state == "joining" and row.key in self.elements:
            self.joins[row.scope, row.element] = row.key

    def scope_row(self, key: int) -> ProcessInstance | ElementInstance:
        """The row that holds the counters of a scope: the instance for key 0."""
        if key == 0:
            return self.instance
        row = self.element(key)
        if row is None:
            raise LookupError(f"Expected element instance {key} of instance {self.instance.id} to live")
        return row

    def put_scope(self, key: int, row: ProcessInstance | ElementInstance) -> None:
        (self.elements if key else self.instances).put(key, row)

    def children(self, scope: int, limit: int) -> list[ElementInstance]:
        """Up to ``limit`` living children of a scope in order of their keys."""
        if scope not in self.complete:
            asked = limit + len(self.elements.gone)
            found = list(self.loader.children(scope, asked))
            for row in found:
                self.adopt(row)
            if self.scope_row(scope).joining:
                self.load_joins(scope)
            if len(found) < asked:
                self.complete.add(scope)
        rows = [row for row in self.elements.values() if row.scope == scope]
        return sorted(rows, key=lambda row: row.key)[:limit]

    def pending(self, limit: int) -> list[ElementInstance]:
        """Up to ``limit`` elements that wait to be entered, oldest first."""
        for row in self.loader.pending(limit + len(self.elements) + len(self.elements.gone)):
            self.adopt(row)
        rows = [row for row in self.elements.values() if row.state == "pending"]
        return sorted(rows, key=lambda row: row.key)[:limit]

    def load_joins(self, scope: int) -> None:
        """Have the joining gateways of a scope, with their waiting tokens, in memory."""
        if scope not in self.loaded_joins and scope not in self.complete:
            rows, flows = self.loader.joining(scope)
            for row in rows:
                self.adopt(row)
            for flow in flows:
                self.flows.adopt((flow.gateway_key, flow.flow), flow)
        self.loaded_joins.add(scope)

    def joining(self, scope: int, element: str) -> ElementInstance | None:
        """The gateway (or activity with a start quantity) of a scope that collects tokens, if any."""
        if self.scope_row(scope).joining == 0:
            return None
        self.load_joins(scope)
        key = self.joins.get((scope, element))
        return None if key is None else self.elements[key]

    def joining_in(self, scope: int) -> list[ElementInstance]:
        """The gateways (and activities with a start quantity) of a scope that collect tokens, by key."""
        self.load_joins(scope)
        keys = sorted(key for (place, _), key in self.joins.items() if place == scope)
        return [self.elements[key] for key in keys]

    def has_incident(self, key: int) -> bool:
        """Whether an incident is open on this element instance (0: on the instance itself)."""
        if self.scope_row(key).waits == 0:
            return False
        self.load_waits((key,))
        return key in self.incidents

    def is_ending(self, key: int) -> bool:
        """Whether this element instance, or a scope around it, is being ended in several transactions."""
        while key:
            row = self.element(key)
            if row is None or row.state == "terminating":
                return True
            key = row.scope
        return False

    def load_waits(self, keys: Iterable[int]) -> None:
        """Have the user task, jobs, subscriptions and incident of each element instance in memory."""
        missing = [key for key in keys if key not in self.loaded_waits]
        if missing:
            tasks, jobs, subscriptions, incidents = self.loader.waits(missing)
            for task in tasks:
                self.user_tasks.adopt(task.key, task)
            for job in jobs:
                self.jobs.adopt(job.key, job)
            for subscription in subscriptions:
                self.subscriptions.adopt(subscription.key, subscription)
            for incident in incidents:
                self.incidents.adopt(incident.key, incident)
            self.loaded_waits.update(missing)

    def signalled(self, name: str) -> list[Subscription]:
        """Who in this instance waits for a signal, longest first."""
        for row in self.loader.signalled(name):
            self.subscriptions.adopt(row.key, row)
        rows = self.subscriptions.values()
        return sorted(
            (row for row in rows if row.kind == "signal" and row.name == name), key=lambda row: row.key
        )

    # -- variables ------------------------------------------------------------------------------------

    def local(self, scope: int) -> Table:
        """The variables of one scope (a large value may still be ``LARGE``)."""
        table = self.variables.get(scope)
        if table is None:
            table = self.variables[scope] = Table("variables", self.journal, scope)
            if scope <= self.instance.last_key:
                table.update(self.loader.variables(scope))
        return table

    def value(self, scope: int, name: str) -> object:
        """The value that an expression in ``scope`` sees under ``name``, or ``MISSING``."""
        while True:
            table = self.variables.get(scope)
            if table is None:
                table = self.local(scope)
            if name in table:
                found = table[name]
                if found is LARGE:
                    found = table[name] = self.loader.value(scope, name)
                return found
            if scope == 0:
                return MISSING
            row = self.elements.get(scope) or self.element(scope)
            assert row is not None
            scope = row.scope

    def kept(self, scope: int, name: str) -> object:
        """What a scope keeps under a name of the core's own (``@…``), or ``MISSING``."""
        table = self.local(scope)
        if name in table:
            return table[name]
        found = (
            MISSING
            if name in table.gone or scope > self.instance.last_key
            else self.loader.value(scope, name)
        )
        if found is not MISSING:
            table[name] = found
        return found

    def slice(self, body: int, name: str) -> list[object]:
        """A slice of the input of a multi-instance."""
        found: list[object] = self.kept(body, name)  # type: ignore[assignment]
        return found

    def outputs(self, body: int) -> list[object]:
        """What the rounds of a multi-instance body left, in order of their numbers."""
        table = self.local(body)
        for name, value in self.loader.outputs(body).items():
            table.setdefault(name, value)
        found = [(int(name[1:]), value) for name, value in table.items() if name[0] == "#"]
        return [value for _, value in sorted(found, key=lambda pair: pair[0])]

    # -- journal --------------------------------------------------------------------------------------

    def undo_to(self, mark: int) -> None:
        """Take back every change made since the journal had ``mark`` entries."""
        while len(self.journal) > mark:
            table, key, old = self.journal.pop()
            table.restore(key, old)

    def changes(self) -> dict[tuple[str, int, Any], tuple[Any, Any]]:
        """(table, scope, key) to (row before, row now) of what changed since the journal was cleared.

        ``MISSING`` stands for no row. What began and ended in between is left out.
        """
        found: dict[tuple[str, int, Any], tuple[Any, Any]] = {}
        seen: set[tuple[int, Any]] = set()
        for table, key, old in self.journal:
            place = (id(table), key)
            if place in seen or not table.name:
                continue
            seen.add(place)
            new = table.get(key, MISSING)
            if new is not old:
                found[table.name, table.scope, key] = (old, new)
        return found
