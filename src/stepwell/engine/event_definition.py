"""Event definitions: what an event waits for or throws (BPMN 2.0, 10.5.5).

The reader finds a class here by the tag of the element inside the event. A catching event calls
``wait``, a throwing one ``throw``; what a definition can not do is refused by ``check``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from stepwell import feel
from stepwell.engine import timing
from stepwell.engine.definition import Element, Text
from stepwell.engine.events import JobCreated, MessageThrown, SignalThrown, Subscribed
from stepwell.engine.mapping import as_name, evaluate
from stepwell.engine.repetitions import count_pass
from stepwell.engine.rows import Job, Subscription
from stepwell.engine.run import At, Run, Stuck
from stepwell.engine.values import Values
from stepwell.engine.waits import caught
from stepwell.errors import Problem


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """A kind of event. ``catches``/``throws``: whether it may stand on such an event."""

    tag: ClassVar[str] = ""
    catches: ClassVar[bool] = False
    throws: ClassVar[bool] = False

    def check(self, element: Element) -> Iterable[Problem]:
        """What an author has to repair."""
        return ()

    def wait(self, run: Run, element: Element, key: int) -> None:
        """Begin to wait on behalf of ``element``; the wait belongs to element instance ``key``."""

    def throw(self, run: Run, at: At) -> None:
        """Let it happen."""


@dataclass(frozen=True, slots=True)
class TimerDefinition(EventDefinition):
    """A date, a duration, or a cycle (ISO 8601 or cron with a time zone)."""

    tag: ClassVar[str] = "timerEventDefinition"
    catches: ClassVar[bool] = True
    date: Text | None = None
    duration: Text | None = None
    cycle: Text | None = None
    zone: str = ""

    def check(self, element: Element) -> Iterable[Problem]:
        given = [text for text in (self.date, self.duration, self.cycle) if text is not None]
        if len(given) != 1:
            message = f"Expected timer {element.id} to have one of timeDate, timeDuration and timeCycle, "
            yield Problem(
                "timer.one-kind", message + f"but it has {len(given)}.", element.id, line=element.line
            )
        elif given[0].expression is None:
            yield from self.check_constant(element)

    def check_constant(self, element: Element) -> Iterable[Problem]:
        try:
            self.due(given_by_nobody, 0)
        except Stuck as problem:
            yield Problem("timer.invalid", problem.message, element.id, line=element.line)

    def due(self, lookup: object, now: int) -> tuple[int, str]:
        """The first time, and what to remember of a cycle; raises ``Stuck``."""
        time = timing.moment(now)
        if self.date is not None:
            return timing.date_due(self.date.value(lookup, time)), ""  # type: ignore[arg-type]
        if self.duration is not None:
            return timing.duration_due(self.duration.value(lookup, time), now), ""  # type: ignore[arg-type]
        assert self.cycle is not None
        return timing.cycle_due(self.cycle.value(lookup, time), now, self.zone)  # type: ignore[arg-type]

    def wait(self, run: Run, element: Element, key: int) -> None:
        due_at, repeat = self.due(run.lookup(key), run.now)
        run.emit(JobCreated(Job(run.state.next_key(), key, element.id, "timer", due_at, repeat=repeat)))


def given_by_nobody(_name: str) -> object:
    return feel.MISSING


@dataclass(frozen=True, slots=True)
class MessageDefinition(EventDefinition):
    """A message by name, for the receiver whose correlation key is the same."""

    tag: ClassVar[str] = "messageEventDefinition"
    catches: ClassVar[bool] = True
    throws: ClassVar[bool] = True
    name: Text | None = None
    correlation: Text | None = None

    def check(self, element: Element) -> Iterable[Problem]:
        if self.name is None:
            message = f"Expected {element.id} to refer to a message with a name, but it does not."
            hint = 'Add <bpmn:message id="…" name="…"/> and messageRef.'
            yield Problem("message.no-name", message, element.id, line=element.line, hint=hint)

    def address(self, run: Run, scope: int) -> tuple[str, str]:
        """The name and the correlation key as seen from a scope."""
        assert self.name is not None
        lookup = run.lookup(scope)
        name = as_name(self.name.value(lookup, run.time))
        if not name:
            raise Stuck(
                "message.no-name", "Expected the name of the message to be some text, but it is empty."
            )
        key = None if self.correlation is None else self.correlation.value(lookup, run.time)
        if self.correlation is not None and key is None:
            source = self.correlation.source
            raise Stuck(
                "message.no-key", f"Expected the correlation key {source} to have a value, but it is null."
            )
        return name, as_name(key)

    def wait(self, run: Run, element: Element, key: int) -> None:
        name, correlation = self.address(run, key)
        row = Subscription(run.state.next_key(), key, element.id, "message", name, correlation, run.now)
        run.emit(Subscribed(row))

    def throw(self, run: Run, at: At) -> None:
        name, correlation = self.address(run, at.key or at.scope)
        run.check_depth(f"message '{name}'")
        run.emit(MessageThrown(name, correlation, Values(sent(run, at))))


@dataclass(frozen=True, slots=True)
class SignalDefinition(EventDefinition):
    """A signal by name, for everybody who waits for it now.

    Who waits in the same instance has it at once: otherwise the scope that waits could end first. A parallel
    branch that begins to wait within the same command has it too.
    """

    tag: ClassVar[str] = "signalEventDefinition"
    catches: ClassVar[bool] = True
    throws: ClassVar[bool] = True
    name: Text | None = None

    def check(self, element: Element) -> Iterable[Problem]:
        if self.name is None:
            message = f"Expected {element.id} to refer to a signal with a name, but it does not."
            hint = 'Add <bpmn:signal id="…" name="…"/> and signalRef.'
            yield Problem("signal.no-name", message, element.id, line=element.line, hint=hint)

    def called(self, run: Run, scope: int) -> str:
        assert self.name is not None
        name = as_name(self.name.value(run.lookup(scope), run.time))
        if not name:
            raise Stuck("signal.no-name", "Expected the name of the signal to be some text, but it is empty.")
        return name

    def wait(self, run: Run, element: Element, key: int) -> None:
        row = Subscription(
            run.state.next_key(), key, element.id, "signal", self.called(run, key), "", run.now
        )
        run.emit(Subscribed(row))

    def throw(self, run: Run, at: At) -> None:
        throw_signal(run, at, self.called(run, at.key or at.scope), sent(run, at))


def throw_signal(run: Run, at: At, name: str, values: dict[str, object]) -> None:
    """Throw a signal: to the others behind the transaction, to who waits in this instance at once."""
    run.check_depth(f"signal '{name}'")
    run.emit(SignalThrown(name, Values(values), run.state.last_key))
    receivers = run.state.signalled(name)
    if receivers and not at.element.cycle_entry:
        count_pass(run, at)
    for row in receivers:
        if row.key in run.state.subscriptions and not run.state.is_ending(row.element_key):
            caught(run, row.element, row.element_key, values or None, row.key)


@dataclass(frozen=True, slots=True)
class ErrorDefinition(EventDefinition):
    """A BPMN error by code; a boundary event without a code catches every error."""

    tag: ClassVar[str] = "errorEventDefinition"
    catches: ClassVar[bool] = True
    throws: ClassVar[bool] = True
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class TerminateDefinition(EventDefinition):
    """Ends everything that is still active in the scope of the end event."""

    tag: ClassVar[str] = "terminateEventDefinition"
    throws: ClassVar[bool] = True


def throw_all(run: Run, at: At, definitions: Iterable[EventDefinition]) -> bool:
    """Let each happen, in order; False if one of them ended the scope of the thrower."""
    for definition in definitions:
        if not run.is_alive(at.scope):
            return False
        definition.throw(run, at)
    return run.is_alive(at.scope)


def sent(run: Run, at: At) -> dict[str, object]:
    """What goes along with a thrown message or signal: the inputs of the event."""
    return evaluate(run, at.element.inputs, run.lookup(at.key or at.scope))


DEFINITIONS: dict[str, type[EventDefinition]] = {
    kind.tag: kind
    for kind in (TimerDefinition, MessageDefinition, SignalDefinition, ErrorDefinition, TerminateDefinition)
}
