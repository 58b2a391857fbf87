"""A random walk: random commands on random processes, each decided on two states that must agree.

One state stays in memory, the other is made for each command from what was committed and loads the rest
when asked. After every command the rows of both, and those that the history gives, are the same.
"""

from collections.abc import Callable
from typing import Protocol

from stepwell.engine import commands as c
from stepwell.engine import events as e
from stepwell.engine.decide import decide
from stepwell.engine.definition import ProcessDefinition
from stepwell.engine.event import Event
from stepwell.engine.rows import Job, Subscription
from stepwell.engine.run import Settings
from stepwell.engine.state import State
from stepwell.errors import Rejection
from tests.engine.dice import Dice
from tests.engine.memory import Memory
from tests.engine.truth import Fold, Rows, check_alive, check_counters, rows_of
from tests.engine.world import BEGIN, SECOND

GOOD: dict[str, object] = {"x": 0, "again": False, "bad": 1}
LONG = "long " * 300


class Keeper(Protocol):
    """Where an instance is kept between commands."""

    def begin(self, command: c.Command) -> State: ...

    def commit(self, state: State, command: c.Command, events: list[Event]) -> None: ...

    def abandon(self) -> None: ...

    def rows(self) -> Rows: ...


class Kept:
    """One instance: in memory, in its keeper, and as its history gives it."""

    def __init__(self, definition: ProcessDefinition, keeper: Keeper) -> None:
        self.definition = definition
        self.keeper = keeper
        self.state = State()
        self.fold = Fold()

    @property
    def is_over(self) -> bool:
        return self.state.instance.status in ("completed", "cancelled")


class Walk:
    """Instances of a process and what it calls; ``mail`` is on its way between them."""

    def __init__(
        self, definitions: tuple[ProcessDefinition, ...], dice: Dice, keep: Callable[[int], Keeper]
    ) -> None:
        self.definitions = {definition.id: definition for definition in definitions}
        self.dice = dice
        self.keep = keep
        self.settings = Settings(
            budget=dice.pick((1000, 3, 7, 20)),
            max_repetitions=dice.pick((40, 2, 5)),
            called=lambda process_id: process_id in self.definitions,
        )
        self.now = BEGIN
        self.kept: dict[int, Kept] = {}
        self.mail: list[tuple[int, c.Command]] = []
        self.is_ending = False

    # -- one command --------------------------------------------------------------------------------------

    def do(self, number: int, command: c.Command) -> bool:
        """Decide on both states and compare; gives whether it was accepted."""
        one = self.kept[number]
        before = rows_of(one.state)
        lazy = one.keeper.begin(command)
        mine, other = self.decided(one, one.state, command), self.decided(one, lazy, command)
        assert mine == other, f"eager and lazy differ for {command}:\n{mine}\n{other}"
        if isinstance(mine, str):
            one.keeper.abandon()
            assert rows_of(one.state) == before, f"a rejection changed something: {command}"
            return False
        one.keeper.commit(lazy, command, mine)
        one.state.journal.clear()
        one.fold.add(mine)
        self.check(one, command)
        for event in mine:
            if event.leaves:
                self.follow(number, event)
        return True

    def decided(self, one: Kept, state: State, command: c.Command) -> list[Event] | str:
        try:
            return decide(one.definition, state, command, self.now, self.settings).events
        except Rejection as rejection:
            return f"{rejection.code}: {rejection.message}"

    def check(self, one: Kept, command: c.Command) -> None:
        rows = rows_of(one.state)
        for name, found in (("kept", one.keeper.rows()), ("folded", one.fold.rows())):
            for table, expected in rows.items():
                assert found[table] == expected, (
                    f"{table} {name} differs after {command}:\n{found[table]}\n{expected}"
                )
        check_counters(one.definition, rows)
        check_alive(one.definition, rows)

    def start(
        self, process_id: str, values: dict[str, object], caller: tuple[int, int] | None = None
    ) -> None:
        number = len(self.kept) + 1
        self.kept[number] = Kept(self.definitions[process_id], self.keep(number))
        instance, key = caller or (None, None)
        depth = self.kept[instance].state.instance.depth + 1 if instance else 0
        self.do(
            number,
            c.StartInstance(
                number, 1, values, calling_instance=instance, calling_key=key, actor="ann", depth=depth
            ),
        )

    def follow(self, number: int, event: Event) -> None:
        """What leaves an instance is on its way; only a called child starts at once."""
        row = self.kept[number].state.instance
        match event:
            case e.ProcessCalled(key, process_id, values):
                self.start(process_id, {**GOOD, **values.map}, (number, key))
            case e.CallerInformed(values, code, message):
                assert row.calling_instance is not None and row.calling_key is not None
                back = (
                    c.CompleteCall(row.calling_key, values.map)
                    if code is None
                    else c.FailCall(row.calling_key, code, message, values.map)
                )
                self.mail.append((row.calling_instance, back))
            case e.CallEnded(key):
                for child, one in self.kept.items():
                    if (one.state.instance.calling_instance, one.state.instance.calling_key) == (number, key):
                        self.mail.append((child, c.CancelInstance()))
            case e.MessageThrown() | e.SignalThrown() if self.is_ending:
                pass
            case e.MessageThrown(name, key, values):
                self.mail += self.receivers("message", name, key, values.map)[:1]
            case e.SignalThrown(name, values):
                mail = self.receivers("signal", name, "", values.map)
                self.mail += [entry for entry in mail if entry[0] != number]

    def receivers(
        self, kind: str, name: str, key: str, values: dict[str, object]
    ) -> list[tuple[int, c.Command]]:
        return [
            (number, caught(row, values))
            for number, one in self.kept.items()
            for row in one.state.subscriptions.values()
            if (row.kind, row.name, row.correlation_key) == (kind, name, key)
        ]

    # -- random commands ----------------------------------------------------------------------------------

    def step(self) -> bool:
        """One random command; False if every instance is over."""
        running = [number for number, one in self.kept.items() if not one.is_over]
        if not running:
            return False
        self.now += self.dice.number(3) * SECOND
        if self.mail and self.dice.happens(70):
            number, command = self.mail.pop(0)
        else:
            number = self.dice.pick(running)
            command = self.dice.pick(self.possible(self.kept[number]))
        self.do(number, command)
        return True

    def possible(self, one: Kept) -> list[c.Command]:
        state = one.state
        found: list[c.Command] = []
        for task in state.user_tasks.values():
            found += [
                c.CompleteUserTask(task.key, self.values()),
                c.CompleteUserTask(task.key, {}, actor="bob"),
            ]
            found += [c.ClaimUserTask(task.key, "bob"), c.ReleaseUserTask(task.key)]
            found.append(self.dice.pick(self.otherwise(task.key)))
        for job in state.jobs.values():
            found += self.about(job)
        for row in state.subscriptions.values():
            found.append(caught(row, self.values()))
        found += [c.RetryIncident(incident.key) for incident in state.incidents.values()]
        scopes = [0, *state.elements]
        found += [c.SetVariables(self.dice.pick(scopes), self.values() | self.badness()) for _ in range(2)]
        if self.dice.happens(2):
            found.append(c.CancelInstance(reason="enough"))
        return [*found, self.wrong(state)]

    def otherwise(self, key: int) -> list[c.Command]:
        """What people do with a task beside completing it."""
        later = c.PostponeUserTask(key, self.now + SECOND, 5 * SECOND, self.now, True, "eve", "Later")
        return [
            later,
            c.PostponeUserTask(key, self.now),
            c.ReassignUserTask(key, "eve"),
            c.ReassignUserTask(key, candidate_roles=("clerks",)),
            c.CancelUserTask(key) if self.dice.happens(10) else later,
        ]

    def about(self, job: Job) -> list[c.Command]:
        if job.type == "timer":
            return [c.FireTimer(job.key)]
        if job.type == "reminder":
            return [c.RemindOfUserTask(job.key)]
        if job.type == "continue":
            return [c.Continue(job.key)] * 3
        code = self.dice.pick(("e0", "E9", "e1"))
        return [
            c.CompleteJob(job.key, self.values()),
            c.FailJob(job.key, "no"),
            c.FailJob(job.key, "not ever", may_retry=False),
            c.FailJob(job.key, "an error", code, self.values()),
        ]

    def wrong(self, state: State) -> c.Command:
        """A command that fits nothing, or not what it is aimed at."""
        keys = [
            999,
            -1,
            *state.jobs,
            *state.subscriptions,
            *state.user_tasks,
            *state.incidents,
            *state.elements,
        ]
        key = self.dice.pick(keys)
        kinds: list[c.Command] = [
            c.CompleteUserTask(key, {}), c.CompleteJob(key, {}), c.FailJob(key, ""), c.FireTimer(key), c.Continue(key),
            c.CorrelateMessage(key, "m0", {}), c.CatchSignal(key, "g0", {}), c.RetryIncident(key),
            c.SetVariables(key, {"x": 1}), c.ReleaseUserTask(key), c.CancelUserTask(key), c.RemindOfUserTask(key), c.CompleteCall(999, {}), c.FailCall(999, "e0"),
        ]  # fmt: skip
        return self.dice.pick(kinds)

    def values(self) -> dict[str, object]:
        """Some variables."""
        found: dict[str, object] = {}
        if self.dice.happens(40):
            found["x"] = self.dice.number(4)
        if self.dice.happens(25):
            found["again"] = self.dice.happens(50)
        if self.dice.happens(15):
            found[self.dice.pick(("y", "z", "new"))] = self.dice.pick(
                (LONG, [1, [2, "b"]], {"a": LONG}, None)
            )
        return found

    def badness(self) -> dict[str, object]:
        """What nobody can divide by, or what repairs it."""
        return {"bad": self.dice.pick((1, "none", None))} if self.dice.happens(50) else {}

    # -- the end ------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Repair and complete everything; then nothing may be left."""
        self.is_ending = True
        for _ in range(3000):
            if self.mail:
                self.do(*self.mail.pop(0))
                continue
            running = [(number, one) for number, one in self.kept.items() if not one.is_over]
            if not running:
                break
            number, one = running[-1]
            for command in self.ending(one) or [c.CancelInstance(reason="nothing to do")]:
                assert not isinstance(command, c.CancelInstance), f"{number} hangs: {rows_of(one.state)}"
                if self.do(number, command):
                    break
        assert all(one.is_over for one in self.kept.values()), "it did not end"
        for one in self.kept.values():
            left = {name for name, found in one.keeper.rows().items() if found} - {"process_instance"}
            assert left <= {"variables"}, f"left behind: {left}"
            assert set(one.keeper.rows()["variables"]) <= {0}

    def ending(self, one: Kept) -> list[c.Command]:
        """Commands that bring an instance nearer to its end, first those that are always right."""
        state = one.state
        scopes = (0, *state.elements) if state.instance.status == "running" else ()
        found: list[c.Command] = [
            c.SetVariables(scope, good) for scope in scopes if (good := wanting(state, scope))
        ]
        found += [c.Continue(job.key) for job in state.jobs.values() if job.type == "continue"]
        found += [c.CompleteUserTask(task.key, dict(GOOD)) for task in state.user_tasks.values()]
        elements = one.definition.elements
        for job in state.jobs.values():
            if job.type not in ("continue", "reminder") and elements[job.element].attached_to is None:
                found.append(
                    c.FireTimer(job.key) if job.type == "timer" else c.CompleteJob(job.key, dict(GOOD))
                )
        for row in state.subscriptions.values():
            if elements[row.element].attached_to is None:
                found.append(caught(row, dict(GOOD)))
        return found + [c.RetryIncident(key) for key in state.incidents]


def caught(row: Subscription, values: dict[str, object]) -> c.Command:
    kind = c.CorrelateMessage if row.kind == "message" else c.CatchSignal
    return kind(row.key, row.name, values)


def wanting(state: State, scope: int) -> dict[str, object]:
    """The good values that a scope does not have, of the names that it has or that the outermost should."""
    table = state.local(scope)
    wanted = {name: value for name, value in GOOD.items() if name in table or not scope}
    return {name: value for name, value in wanted.items() if repr(table.get(name)) != repr(value)}


def memory(_: int) -> Keeper:
    return Memory()
