"""Processes on a table top: the core alone, with a clock that moves when told and no database.

A ``World`` holds the instances of one deployment. What leaves an instance is carried to the others at once,
jobs of connectors wait until the story says how they went. The models of the stories about step kinds are
files below ``steps``: ``started("user_task/approval")`` runs the first process of one.
"""

import itertools
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from stepwell import bpmn, feel
from stepwell.engine import commands as c
from stepwell.engine import events as e
from stepwell.engine.decide import decide
from stepwell.engine.definition import ProcessDefinition
from stepwell.engine.event import Event
from stepwell.engine.rows import Incident, Job, UserTask
from stepwell.engine.run import Settings
from stepwell.engine.state import State
from stepwell.errors import Invalid, Rejection

BEGIN = 1_750_000_000_000_000  # 2025-06-15 15:06:40 UTC, a Sunday
SECOND = 1_000_000
MODELS = Path(__file__).parent / "steps"


def process(inner: str, roots: str = "") -> bytes:
    """A file with one process ``p`` around ``inner``."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="file"
    xmlns:stepwell="urn:stepwell:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    targetNamespace="urn:test">{roots}
  <bpmn:process id="p" isExecutable="true">{inner}</bpmn:process>
</bpmn:definitions>""".encode()


def flows(*paths: str) -> str:
    """Sequence flows from ``"a b c"``: a to b to c, each named ``a_b``."""
    found = []
    for path in paths:
        names = path.split()
        for source, target in itertools.pairwise(names):
            found.append(
                f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'
            )
    return "".join(found)


def conditional(source: str, target: str, condition: str) -> str:
    """A flow that is taken if the FEEL condition holds."""
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>"
    )


def read(xml: bytes) -> tuple[ProcessDefinition, ...]:
    """The definitions of a file that has no faults."""
    reading = bpmn.read(xml)
    faults = [problem for problem in reading.problems if not problem.warning]
    assert not faults, faults
    return reading.definitions


def model(name: str) -> bytes:
    """A file beside the stories of a step kind, such as ``user_task/approval``."""
    return (MODELS / f"{name}.bpmn").read_bytes()


@dataclass
class World:
    """Instances by number; ``history`` is what happened to each, in order."""

    definitions: dict[str, ProcessDefinition]
    settings: Settings = field(default_factory=Settings)
    now: int = BEGIN
    states: dict[int, State] = field(default_factory=dict)
    owners: dict[int, ProcessDefinition] = field(default_factory=dict)
    history: dict[int, list[Event]] = field(default_factory=dict)

    @classmethod
    def of(cls, *files: bytes, **settings: int) -> "World":
        found = {definition.id: definition for xml in files for definition in read(xml)}
        return cls(found, Settings(called=found.__contains__, **settings))

    @classmethod
    def file(cls, name: str, **settings: int) -> "World":
        return cls.of(model(name), **settings)

    def start(self, process_id: str = "", _calling: tuple[int, int] | None = None, **values: object) -> int:
        """Start a process by hand, the first one if not said which; gives the number of the instance."""
        instance, key = _calling or (None, None)
        depth = self.states[instance].instance.depth + 1 if instance else 0
        command = c.StartInstance(
            len(self.states) + 1,
            1,
            values,
            calling_instance=instance,
            calling_key=key,
            actor="ann",
            depth=depth,
        )
        return self.run(self.definitions[process_id or next(iter(self.definitions))], command)

    def begin(self, start_event: str, **values: object) -> int:
        """Start the process of this start event as its timer, message or signal does."""
        owner = next(found for found in self.definitions.values() if start_event in found.elements)
        return self.run(owner, c.StartInstance(len(self.states) + 1, 1, values, start_event=start_event))

    def run(self, owner: ProcessDefinition, command: c.StartInstance) -> int:
        number = command.instance_id
        self.owners[number] = owner
        self.states[number] = State()
        self.history[number] = []
        try:
            self.do(command, number)
        except BaseException:
            del self.states[number]
            raise
        return number

    def do(self, command: c.Command, number: int = 1) -> list[Event]:
        """Decide a command and carry what leaves the instance to where it belongs."""
        events = decide(self.owners[number], self.states[number], command, self.now, self.settings).events
        self.history[number] += events
        for event in events:
            self.follow(number, event)
        return events

    def follow(self, number: int, event: Event) -> None:
        row = self.states[number].instance
        if isinstance(event, e.ProcessCalled):
            try:
                self.start(event.process_id, (number, event.key), **event.values.map)
            except Invalid as refusal:
                self.do(c.FailCall(event.key, "", refusal.message), number)
        elif isinstance(event, e.CallerInformed):
            values = event.values.map
            back = (
                c.CompleteCall(row.calling_key, values)
                if event.error_code is None
                else c.FailCall(row.calling_key, event.error_code, event.message, values)
            )
            with suppress(Rejection):
                self.do(back, row.calling_instance)
        elif isinstance(event, e.CallEnded):
            for child, state in self.states.items():
                caller = (state.instance.calling_instance, state.instance.calling_key)
                if caller == (number, event.key) and state.instance.status == "running":
                    self.do(c.CancelInstance(), child)
        elif isinstance(event, e.MessageThrown):
            self.publish(event.name, event.correlation_key, **event.values.map)
        elif isinstance(event, e.SignalThrown):
            self.signal(event.name, _reached=(number, event.reached), **event.values.map)

    # -- what people, machines and time do --------------------------------------------------------------

    def tasks(self, number: int = 1) -> list[UserTask]:
        return list(self.states[number].user_tasks.values())

    def task(self, element: str, number: int = 1) -> UserTask:
        return next(task for task in self.tasks(number) if task.element == element)

    def complete(self, element: str, number: int = 1, **values: object) -> list[Event]:
        return self.do(c.CompleteUserTask(self.task(element, number).key, values, actor="ann"), number)

    def job(self, element: str, number: int = 1) -> Job:
        return next(job for job in self.states[number].jobs.values() if job.element == element)

    def succeed(self, element: str, result: object = None, number: int = 1) -> list[Event]:
        return self.do(c.CompleteJob(self.job(element, number).key, result or {}), number)

    def fail(
        self, element: str, message: str = "no", code: str | None = None, number: int = 1
    ) -> list[Event]:
        return self.do(c.FailJob(self.job(element, number).key, message, code), number)

    def publish(self, name: str, key: str = "", **values: object) -> bool:
        """Give a message to the oldest subscription; False if nobody waits."""
        for number, state in list(self.states.items()):
            for row in list(state.subscriptions.values()):
                if (row.kind, row.name, row.correlation_key) == ("message", name, key):
                    self.do(c.CorrelateMessage(row.key, name, values), number)
                    return True
        return False

    def signal(self, name: str, _reached: tuple[int, int] = (0, 0), **values: object) -> int:
        """Give a signal to everybody who waits, but who has it already; how many did."""
        waiting = [
            (number, row.key)
            for number, state in self.states.items()
            for row in state.subscriptions.values()
            if (row.kind, row.name) == ("signal", name)
            and not (number == _reached[0] and row.key <= _reached[1])
        ]
        for number, key in waiting:
            if key in self.states[number].subscriptions:
                self.do(c.CatchSignal(key, name, values), number)
        return len(waiting)

    def due(self, kinds: tuple[str, ...] = ("timer", "continue")) -> tuple[int, int, Job] | None:
        """The job of these kinds that is due first: (time, instance, job)."""
        found = [
            (job.due_at, number, job)
            for number, state in self.states.items()
            for job in state.jobs.values()
            if job.type in kinds
        ]
        return min(found, key=lambda entry: (entry[0], entry[1], entry[2].key)) if found else None

    def go_on(self, *, foreground: bool = False) -> None:
        """Carry out continuations until there are none."""
        while (found := self.due(("continue",))) is not None:
            self.do(c.Continue(found[2].key, foreground=foreground), found[1])

    def pass_time(self, seconds: float) -> None:
        """Let the clock run; timers fire in order of their times."""
        end = self.now + int(seconds * SECOND)
        while (found := self.due()) is not None and found[0] <= end:
            self.now = max(self.now, found[0])
            job = found[2]
            self.do(c.FireTimer(job.key) if job.type == "timer" else c.Continue(job.key), found[1])
        self.now = end

    def repair(self, number: int = 1, /, **values: object) -> None:
        """Set variables of the instance, then let everything that is stuck try again."""
        if values:
            self.do(c.SetVariables(0, values), number)
        for incident in self.incidents(number):
            self.do(c.RetryIncident(incident.key), number)

    # -- what can be seen ------------------------------------------------------------------------------

    def path(self, number: int = 1) -> list[str]:
        """The elements that were left, in order."""
        done = (e.ElementPassed, e.ElementCompleted)
        return [event.element for event in self.history[number] if isinstance(event, done)]

    def waiting(self, number: int = 1) -> list[str]:
        """The elements that are active, in order of their keys."""
        rows = sorted(self.states[number].elements.values(), key=lambda row: row.key)
        return [row.element for row in rows]

    def waits(self, number: int = 1) -> list[str]:
        """The elements for which a job, timer, message or signal is awaited, longest first; no times of user tasks."""
        state = self.states[number]
        jobs = {key: job for key, job in state.jobs.items() if job.type != "reminder"}
        rows = {**jobs, **state.subscriptions}
        return [rows[key].element for key in sorted(rows)]

    def status(self, number: int = 1) -> str:
        return self.states[number].instance.status

    def variable(self, name: str, number: int = 1) -> object:
        value = self.states[number].value(0, name)
        return None if value is feel.MISSING else value

    def incidents(self, number: int = 1) -> list[Incident]:
        return list(self.states[number].incidents.values())

    def stuck(self, number: int = 1) -> list[tuple[str, str]]:
        """Where an incident is open, and its code."""
        return [(incident.element, incident.code) for incident in self.incidents(number)]


def started(name: str, **values: object) -> World:
    """An instance of the first process of a file."""
    world = World.file(name)
    world.start(**values)
    return world
