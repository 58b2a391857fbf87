"""Instances of a random walk kept in a real database: each command loads, saves and commits."""

from collections.abc import Callable
from contextlib import ExitStack

from stepwell.engine import commands as c
from stepwell.engine.event import Event
from stepwell.engine.state import State
from stepwell.store import Store, verify
from stepwell.store.history import HistoryRow
from stepwell.store.loading import Target
from stepwell.store.saving import Save
from stepwell.store.transaction import Transaction
from tests.engine.memory import ABOUT_JOBS, ABOUT_SUBSCRIPTIONS
from tests.engine.truth import Rows

TABLES = (
    "process_instance",
    "element_instance",
    "waiting_flow",
    "user_task",
    "job",
    "subscription",
    "incident",
)


class InStore:
    """One instance in a store (the port ``Keeper`` of a walk)."""

    def __init__(self, store: Store, number: int) -> None:
        self.store = store
        self.number = number
        self.open = ExitStack()
        self.tx: Transaction | None = None

    def begin(self, command: c.Command) -> State:
        self.tx = self.open.enter_context(self.store.transaction())
        if isinstance(command, c.StartInstance):
            return State()
        return self.tx.load([target(self.number, command)]).states[self.number]

    def commit(self, state: State, command: c.Command, events: list[Event]) -> None:
        assert self.tx is not None
        revision = state.instance.revision
        name = type(command).__name__
        if events:
            self.tx.save([Save(state, [HistoryRow(revision, self.tx.now, command.actor, name, "", events)])])
        self.open.close()

    def abandon(self) -> None:
        self.open.close()

    def rows(self) -> Rows:
        """What the tables hold; it has to be what the history tells."""
        with self.store.reading() as session:
            found = verify._kept(session, self.number)
            assert verify.differences(session, self.number) == []
        rows: Rows = {name: {} for name in (*TABLES, "variables")}
        for (table, *key), row in found.items():
            if table == "variable":
                rows["variables"].setdefault(key[0], {})[key[1]] = row
            elif table not in ("inbox", "participation", "user_task_record"):
                rows[table][0 if not key else tuple(key) if len(key) > 1 else key[0]] = row
        return rows


def target(number: int, command: c.Command) -> Target:
    """The row that a command is about, as the services name it."""
    key: int = getattr(command, "key", getattr(command, "scope", 0))
    if isinstance(command, ABOUT_JOBS):
        return Target(number, key, "job")
    return Target(number, key, "subscription" if isinstance(command, ABOUT_SUBSCRIPTIONS) else "element")


def keeping(store: Store) -> Callable[[int], InStore]:
    return lambda number: InStore(store, number)
