"""Call activities and what they call, as far as it is in the same file (BPMN 2.0, 10.3.6)."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.grammar import GLOBAL_TASKS
from stepwell.bpmn.index import Index, child, children, say, tag
from stepwell.bpmn.rules.items import carried, carries
from stepwell.bpmn.rules.registry import Findings, rule

_CALLABLE = GLOBAL_TASKS | {"process"}


@rule("call.kind", "Call a process or a global task.")
def calls_lead_to_something_callable(index: Index) -> Findings:
    for call in index.each("callActivity"):
        called = index.referred(call, "calledElement")
        if called is not None and tag(called) not in _CALLABLE:
            yield call, f"Expected {say(call)} to call a process but it calls {say(called)}."


@rule("call.no-plain-start", "Give the called process a start event without event definition.")
def called_processes_have_a_plain_start(index: Index) -> Findings:
    for call, called in _calls(index):
        starts = children(called, "startEvent")
        if starts and not any(not index.definitions(start) for start in starts):
            yield (
                call,
                f"Expected a start event of no special kind in {say(called)} but {say(call)} finds none.",
            )


@rule("call.data", "Give the call the same data inputs and outputs as what it calls.")
def calls_pass_what_is_asked_for(index: Index) -> Findings:
    for call, called in _calls(index):
        given, asked = (child(element, "ioSpecification") for element in (call, called))
        for name in ("dataInput", "dataOutput") if given is not None else ():
            have = children(given, name) if given is not None else []
            need = children(asked, name) if asked is not None else []
            kinds = {carried(index, entry) for entry in need}
            if len(have) != len(need) or any(carried(index, entry) not in kinds for entry in have):
                yield (
                    call,
                    f"Expected the {name}s of {say(call)} to match those of {say(called)} but they do not.",
                )


@rule("service.binding-missing", "Add an ioBinding for the operation that the process offers.")
def offered_operations_are_bound(index: Index) -> Findings:
    for offering in index.each(*sorted(_CALLABLE)):
        if children(offering, "supportedInterfaceRef") and not children(offering, "ioBinding"):
            yield (
                offering,
                f"Expected an ioBinding because {say(offering)} offers an interface, but there is none.",
            )


@rule("service.binding", "Bind an input and an output that carry what the operation's messages carry.")
def bindings_carry_what_the_operation_carries(index: Index) -> Findings:
    for binding in index.each("ioBinding"):
        operation = index.referred(binding, "operationRef")
        for end, name in (("inputDataRef", "inMessageRef"), ("outputDataRef", "outMessageRef")):
            data = index.referred(binding, end)
            message = index.referred(operation, name) if operation is not None else None
            if data is not None and message is not None and not carries(index, data, message):
                yield (
                    binding,
                    f"Expected {end} to carry what {say(message)} carries but {say(data)} does not.",
                )


def _calls(index: Index) -> Iterator[tuple[Element, Element]]:
    for call in index.each("callActivity"):
        called = index.referred(call, "calledElement")
        if called is not None and tag(called) in _CALLABLE:
            yield call, called
