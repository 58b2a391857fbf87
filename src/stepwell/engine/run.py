"""One command in the making: the state, the events so far, and the tokens that are still moving."""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

from stepwell.engine.definition import Element, Flow, ProcessDefinition
from stepwell.engine.event import Event
from stepwell.engine.events import ElementActivated
from stepwell.engine.state import State
from stepwell.engine.surroundings import ALONE, Surroundings
from stepwell.errors import StepwellError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


DEEPEST = 25  # causes between a person or timer and what happens

Mark = tuple[int, int, "deque[tuple[Element, int, Flow | None]]", int, int]


class Stuck(StepwellError):
    """The element can not go on: becomes an incident with this code and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class At:
    """Where a token is: an element in a scope; ``key`` is its element instance, 0 while there is none.

    ``round`` is true for one round of a loop or multi-instance, whose scope is the loop's body.
    """

    __slots__ = ("element", "key", "round", "scope")

    def __init__(self, element: Element, scope: int, key: int = 0, round: bool = False) -> None:
        self.element = element
        self.scope = scope
        self.key = key
        self.round = round

    @property
    def counted(self) -> bool:
        """Whether the scope keeps the position of this element."""
        return self.element.counted and not self.round


class Settings:
    """What an installation decides for every run; ``called`` says whether a process id can be called.

    ``surroundings`` is whom the core asks about people and records.
    """

    __slots__ = ("budget", "called", "max_repetitions", "surroundings")

    def __init__(
        self,
        budget: int = 1000,
        max_repetitions: int = 1000,
        called: Callable[[str], bool] = lambda _process_id: True,
        surroundings: Surroundings = ALONE,
    ) -> None:
        self.budget = budget
        self.max_repetitions = max_repetitions
        self.called = called
        self.surroundings = surroundings

    def within(self, surroundings: Surroundings) -> "Settings":
        """The same for one transaction, which answers for what is around the instances."""
        return Settings(self.budget, self.max_repetitions, self.called, surroundings)


class Run:
    """The state of one instance while one command is decided, and everything it causes.

    ``now`` is in microseconds, ``time`` the same for expressions; ``depth`` counts the causes since a person
    or a timer.
    ``actor`` is who gave the command.
    ``agenda`` holds tokens between two elements, ``touched`` the scopes that may have ended, ``rejoin``
    those whose inclusive joins must be looked at, ``parked`` says that a later transaction goes on, and with
    what: what a person waits for (``budget``), or only what was sent to the background.
    """

    __slots__ = (
        "activations", "actor", "agenda", "definition", "depth", "ended_loops", "events", "foreground", "now", "parked", "rejoin", "settings", "state", "terminations", "time", "touched",
    )  # fmt: skip

    def __init__(self, definition: ProcessDefinition, state: State, now: int, settings: Settings) -> None:
        self.definition = definition
        self.state = state
        self.now = now
        self.time: datetime = EPOCH + timedelta(microseconds=now)
        self.settings = settings
        self.events: list[Event] = []
        self.agenda: deque[tuple[Element, int, Flow | None]] = deque()
        self.touched: set[int] = set()
        self.rejoin: set[int] = set()
        self.ended_loops: set[int] = set()
        self.activations = 0
        self.actor = ""
        self.depth = 0
        self.foreground = False
        self.terminations = 0
        self.parked: Literal["", "background", "budget"] = ""

    def emit(self, event: Event) -> None:
        """Let something have happened: change the state and remember the fact."""
        event.apply(self.state)
        self.events.append(event)

    def lookup(self, scope: int) -> Callable[[str], object]:
        """How an expression in this scope finds its names."""
        return partial(self.state.value, scope)

    def at(self, key: int) -> At:
        """The place of a living element instance."""
        row = self.state.elements[key]
        above = self.state.element(row.scope) if row.scope else None
        is_round = above is not None and above.element == row.element
        return At(self.definition.elements[row.element], row.scope, key, is_round)

    def is_alive(self, scope: int) -> bool:
        """Whether elements of this scope may still go on."""
        if self.state.instance.status != "running":
            return False
        return scope == 0 or (scope in self.state.elements and not self.state.is_ending(scope))

    def activate(self, at: At, data: dict[str, object] | None = None) -> int:
        """Make sure the element has an element instance; gives its key."""
        if at.key == 0:
            at.key = self.state.next_key()
            self.emit(ElementActivated(at.key, at.element.id, at.scope, "active", data, at.counted))
        return at.key

    def check_depth(self, what: str) -> None:
        """Refuse to cause anything elsewhere after too many causes: nobody may be asked any more."""
        if self.depth >= DEEPEST:
            message = (
                f"Expected at most {DEEPEST} instances to cause each other, but {what} would be one more."
            )
            raise Stuck("cause.too-deep", message)

    def mark(self) -> Mark:
        """A point to which ``undo`` can go back."""
        return len(self.state.journal), len(self.events), self.agenda, len(self.agenda), self.state.last_key

    def undo(self, mark: Mark) -> None:
        """Take back everything since ``mark``.

        Meanwhile tokens are only added to an agenda; whoever drops some makes a new one.
        """
        journal, events, self.agenda, tokens, self.state.last_key = mark
        self.state.undo_to(journal)
        del self.events[events:]
        while len(self.agenda) > tokens:
            self.agenda.pop()
