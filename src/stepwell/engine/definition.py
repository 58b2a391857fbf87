"""A process definition as the core runs it: elements that know each other, compiled once, then shared.

The reader builds elements and flows; ``stepwell.engine.compile`` links them and works out what the core
must know beforehand (cycles, reachability of inclusive joins). Nothing here changes afterwards.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol

from stepwell import feel
from stepwell.errors import Problem

Lookup = Callable[[str], object]


class Step(Protocol):
    """What an element does. ``run`` and ``at`` are those of ``stepwell.engine.run``.

    ``joins`` is how several incoming flows are treated: None (each token enters by itself), ``parallel``
    or ``inclusive``. ``arguments``: the inputs go to the work itself and are no variables.
    """

    joins: ClassVar[Literal["parallel", "inclusive"] | None]
    arguments: ClassVar[bool]

    def check(self, element: "Element") -> Iterable[Problem]:
        """What an author has to repair before the process can be deployed."""

    def enter(self, run: Any, at: Any) -> None:
        """A token came in: leave at once, or activate and wait."""

    def cancel(self, run: Any, at: Any) -> None:
        """The element is ended from outside."""

    def brought(self, run: Any, at: Any, result: object) -> object:
        """What of a result goes into the process."""


class Rounds(Protocol):
    """The rounds of a step that asks several at once. ``run`` and ``at`` are those of ``stepwell.engine.run``."""

    def items(self, run: Any, at: Any) -> list[object]:
        """One for each round."""

    def is_settled(self, run: Any, at: Any) -> bool:
        """Whether the other rounds are not needed any more, now that round ``at`` is over."""

    def gather(self, run: Any, body: Any) -> None:
        """Let what came of the rounds be known behind the step."""


@dataclass(frozen=True, slots=True)
class Text:
    """An author's text: a constant, or FEEL when it began with ``=``."""

    source: str
    expression: feel.Expression | None = None

    def value(self, lookup: Lookup, now: datetime) -> object:
        """The constant, or what the expression gives; raises ``FeelError``."""
        if self.expression is None:
            return self.source
        return self.expression.evaluate(lookup, now=now)


@dataclass(frozen=True, slots=True)
class Mapping:
    """One input or output: the variable ``name`` gets ``text``."""

    name: str
    text: Text


@dataclass(frozen=True, slots=True)
class Loop:
    """Loop characteristics (BPMN 2.0, 13.3.6 and 13.3.7).

    ``kind`` is ``standard``, ``parallel`` or ``sequential``. A multi-instance has a ``cardinality`` or an
    input ``collection`` whose items are seen as ``item``; ``output_item`` is evaluated when a round ends
    and the list of them becomes ``output_collection``; ``completion`` ends the rest early. A standard
    loop goes on while ``condition`` holds, at most ``maximum`` rounds, and asks first if ``test_before``.
    ``rounds`` of a step that asks several say by themselves what the items are, when it is enough, and what comes
    of it.
    """

    kind: Literal["standard", "parallel", "sequential"]
    cardinality: feel.Expression | None = None
    collection: feel.Expression | None = None
    item: str = ""
    output_collection: str = ""
    output_item: feel.Expression | None = None
    completion: feel.Expression | None = None
    condition: feel.Expression | None = None
    maximum: int | None = None
    test_before: bool = False
    rounds: Rounds | None = None


@dataclass(eq=False, repr=False, slots=True)
class Flow:
    """A sequence flow. ``condition`` is FEEL; ``is_default`` if its source names it as default.

    ``codes``: it is taken when the outcome of the step ``results_of`` is among them.
    """

    id: str
    source: "Element"
    target: "Element"
    name: str = ""
    condition: feel.Expression | None = None
    is_default: bool = False
    codes: tuple[str, ...] = ()
    results_of: str = ""
    line: int = 0

    @property
    def is_free(self) -> bool:
        """Whether it is taken whatever is the case."""
        return self.condition is None and not self.codes and not self.is_default


@dataclass(eq=False, repr=False, slots=True)
class Element:
    """A node of the diagram with its step and everything attached to it.

    ``parent`` is the sub-process around it, ``inner`` its elements if it is one. Derived by compile:
    ``plain`` (nothing to set up when it is entered), ``exits`` (the flows that are always taken, or None
    when a condition decides), ``gathers`` (tokens wait here for each other), ``cycle_entry``, ``counted``
    (an inclusive join can be reached from it), ``reach`` (on inclusive joins: flow id to the elements
    from which the flow can be reached without passing the join), ``starts`` (where its inside begins).
    """

    id: str
    tag: str
    step: "Step"
    name: str = ""
    documentation: str = ""
    line: int = 0
    parent: "Element | None" = None
    incoming: list[Flow] = field(default_factory=list)
    outgoing: list[Flow] = field(default_factory=list)
    inner: list["Element"] = field(default_factory=list)
    attached_to: "Element | None" = None
    boundary: list["Element"] = field(default_factory=list)
    inputs: tuple[Mapping, ...] = ()
    outputs: tuple[Mapping, ...] = ()
    loop: Loop | None = None
    background: bool | None = None
    max_repetitions: int | None = None
    start_quantity: int = 1
    plain: bool = False
    gathers: bool = False
    exits: tuple[Flow, ...] | None = None
    exit_ids: tuple[str, ...] = ()
    starts: tuple["Element", ...] = ()
    cycle_entry: bool = False
    counted: bool = False
    reach: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared input or output of the process."""

    name: str
    type: str = "any"
    direction: Literal["in", "out", "both"] = "in"
    required: bool = False
    default: Text | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class RunFrom:
    """The process is offered on records of a type; ``parameter`` gets the record, as ``contact/17``."""

    record_type: str
    parameter: str


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    """One executable process of a deployed file, compiled.

    ``id`` is the process id of the diagram; the version that a running instance stays on is known by the
    number that the store gives it. ``start`` are the none start events (or, without any start event, the
    elements without incoming flow, BPMN 2.0, 13.2); ``caption`` is how an instance is called.
    """

    id: str
    name: str
    elements: dict[str, Element]
    start: tuple[Element, ...]
    parameters: tuple[Parameter, ...] = ()
    run_from: tuple[RunFrom, ...] = ()
    caption: feel.Template | None = None
    run_by: tuple[str, ...] = ()
    seen_by: tuple[str, ...] = ()
    rights: str = "system"
    max_repetitions: int | None = None
    executable: bool = True
    documentation: str = ""
    inclusive_joins: tuple[Element, ...] = ()
