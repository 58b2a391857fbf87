"""The product's core without a store: decisions on states that live in memory, one caller."""

from collections.abc import Iterable

from bench import script
from bench.systems.stepwell import Start
from stepwell import bpmn
from stepwell.engine.commands import Command, CompleteUserTask, StartInstance
from stepwell.engine.decide import decide
from stepwell.engine.definition import ProcessDefinition
from stepwell.engine.run import Settings
from stepwell.engine.state import State

NOW = 1_750_000_000_000_000


class Core:
    """What SpiffWorkflow in memory is: instances that nobody keeps. A user task is named by (instance, key)."""

    def __init__(self) -> None:
        self._definitions: dict[str, ProcessDefinition] = {}
        self._instances: list[tuple[ProcessDefinition, State]] = []
        self._settings = Settings()

    def deploy(self, xml: str) -> None:
        """Compiles the model."""
        self._definitions |= {found.id: found for found in bpmn.read(xml.encode()).definitions}

    def start_many(self, starts: Iterable[Start]) -> script.Timing:
        """Starts instances, and keeps their states."""
        return script.one_caller(self._start, starts)

    def complete_many(self, tasks: Iterable[tuple[int, int]]) -> script.Timing:
        """Completes user tasks, in this order."""
        return script.one_caller(self._complete, tasks)

    def open_tasks(self) -> list[tuple[int, int]]:
        """Every open task: the first of each instance, then the second of each, and so on."""
        found = [
            (key, number) for number, (_, state) in enumerate(self._instances) for key in state.user_tasks
        ]
        return [(number, key) for key, number in sorted(found)]

    def count_active(self) -> int:
        """How many instances have not ended."""
        return sum(1 for _, state in self._instances if state.instance.status == "running")

    def _start(self, start: Start) -> None:
        definition, state = self._definitions[start.process_id], State()
        self._instances.append((definition, state))
        command = StartInstance(len(self._instances), 1, dict(start.values))
        self._decide(definition, state, command)

    def _complete(self, task: tuple[int, int]) -> None:
        number, key = task
        self._decide(*self._instances[number], CompleteUserTask(key, {}))

    def _decide(self, definition: ProcessDefinition, state: State, command: Command) -> None:
        decide(definition, state, command, NOW, self._settings)
        state.journal.clear()
