"""The rows of one instance as a database would keep them, in dicts: commit what changed, load lazily.

It does what the store does, so that the core's loading can be tried without a database.
"""

from collections.abc import Iterable
from typing import Any

from stepwell.engine import commands as c
from stepwell.engine.event import Event
from stepwell.engine.rows import ElementInstance, ProcessInstance, Subscription, WaitingFlow
from stepwell.engine.state import LARGE, State, Waits
from stepwell.feel import MISSING
from stepwell.store.variables import has_own_row, is_large

ABOUT_JOBS = (c.RemindOfUserTask, c.CompleteJob, c.FailJob, c.FireTimer, c.Continue)
ABOUT_SUBSCRIPTIONS = (c.CorrelateMessage, c.CatchSignal)


class Memory:
    """What was committed of one instance; also the ``Loader`` of the states made from it."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[Any, Any]] = {
            name: {} for name in (
                "process_instance", "element_instance", "waiting_flow", "user_task", "job", "subscription", "incident",
            )
        }  # fmt: skip
        self.values: dict[int, dict[str, object]] = {}

    def commit(self, state: State, command: c.Command, events: list[Event]) -> None:
        """Keep what changed; the variables of an element that is gone go with it."""
        for (table, scope, key), (_, new) in state.changes().items():
            rows = self.values.setdefault(scope, {}) if table == "variables" else self.tables[table]
            if new is MISSING:
                rows.pop(key, None)
            else:
                rows[key] = new
        for scope in [scope for scope in self.values if scope and scope not in self.elements]:
            del self.values[scope]
        state.journal.clear()

    def abandon(self) -> None:
        """The command was rejected."""

    @property
    def elements(self) -> dict[int, ElementInstance]:
        return self.tables["element_instance"]

    def begin(self, command: c.Command) -> State:
        """A state with what the command is about, as a batch loads it."""
        if isinstance(command, c.StartInstance):
            return State()
        instance: ProcessInstance = self.tables["process_instance"][0]
        state = State(instance, self)
        key = self.aim(state, command)
        while key:
            state.load_waits((key,))
            row = state.element(key)
            key = row.scope if row is not None else 0
        return state

    def aim(self, state: State, command: c.Command) -> int:
        """The element instance meant; its job or subscription is loaded too."""
        key: int = getattr(command, "key", getattr(command, "scope", 0))
        for kinds, name, table in (
            (ABOUT_JOBS, "job", state.jobs), (ABOUT_SUBSCRIPTIONS, "subscription", state.subscriptions),
        ):  # fmt: skip
            if isinstance(command, kinds):
                row = self.tables[name].get(key)
                if row is None:
                    return 0
                table.adopt(key, row)
                return int(row.element_key)
        return key

    def rows(self) -> dict[str, Any]:
        """Everything, to compare."""
        return {
            **self.tables,
            "variables": {scope: values for scope, values in self.values.items() if values},
        }

    # -- the port Loader ----------------------------------------------------------------------------

    def element(self, key: int) -> ElementInstance | None:
        return self.elements.get(key)

    def children(self, scope: int, limit: int) -> list[ElementInstance]:
        rows = [row for row in self.elements.values() if row.scope == scope]
        return sorted(rows, key=lambda row: row.key)[:limit]

    def pending(self, limit: int) -> list[ElementInstance]:
        rows = [row for row in self.elements.values() if row.state == "pending"]
        return sorted(rows, key=lambda row: row.key)[:limit]

    def joining(self, scope: int) -> tuple[list[ElementInstance], list[WaitingFlow]]:
        rows = [row for row in self.elements.values() if row.scope == scope and row.state == "joining"]
        keys = {row.key for row in rows}
        return rows, [flow for flow in self.tables["waiting_flow"].values() if flow.gateway_key in keys]

    def waits(self, element_keys: Iterable[int]) -> Waits:
        keys = set(element_keys)
        return (
            [row for row in self.tables["user_task"].values() if row.key in keys],
            [row for row in self.tables["job"].values() if row.element_key in keys],
            [row for row in self.tables["subscription"].values() if row.element_key in keys],
            [row for row in self.tables["incident"].values() if row.key in keys],
        )

    def variables(self, scope: int) -> dict[str, object]:
        found = {name: value for name, value in self.values.get(scope, {}).items() if not has_own_row(name)}
        return {name: LARGE if is_large(value) else value for name, value in found.items()}

    def value(self, scope: int, name: str) -> object:
        return self.values.get(scope, {}).get(name, MISSING)

    def outputs(self, scope: int) -> dict[str, object]:
        return {name: value for name, value in self.values.get(scope, {}).items() if name.startswith("#")}

    def signalled(self, name: str) -> list[Subscription]:
        rows = self.tables["subscription"].values()
        return [row for row in rows if row.kind == "signal" and row.name == name]
