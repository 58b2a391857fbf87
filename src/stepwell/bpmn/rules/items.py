"""Data that meets must be of the same kind: item definitions of messages, inputs and outputs."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.grammar import CATCHING, THROWING
from stepwell.bpmn.index import Index, child, children, flag, say, tag
from stepwell.bpmn.rules.registry import Findings, rule


def item(index: Index, element: Element) -> Element | None:
    """The item definition of something that carries data."""
    names = ("itemSubjectRef", "itemRef", "structureRef")
    return next((found for name in names if (found := index.referred(element, name)) is not None), None)


def carried(index: Index, element: Element) -> str | Element | None:
    """What tells one kind of data from another: the structure, or else the item definition itself."""
    found = item(index, element)
    return found if found is None else found.get("structureRef") or found


def carries(index: Index, data: Element, source: Element) -> bool:
    """Whether ``data`` carries what the message (or signal …) ``source`` carries, if that says anything."""
    wanted = carried(index, source)
    return wanted is None or carried(index, data) == wanted


@rule("task.input-set", "Give the task one input set, and at most one output set, for its operation.")
def service_tasks_have_one_set(index: Index) -> Findings:
    for task in index.each("serviceTask"):
        if not task.get("operationRef"):
            continue
        data = child(task, "ioSpecification")
        inputs, outputs = (len(children(data, name)) if data is not None else 0 for name in _SETS)
        if (inputs != 1 or outputs > 1) and index.runs(task):
            yield task, f"Expected one input set for the operation but {say(task)} has {inputs}."


_SETS = ("inputSet", "outputSet")


@rule("task.message-data", "Keep one set with one entry: a message carries one item.")
def message_tasks_have_one_entry(index: Index) -> Findings:
    for task, data in _message_tasks(index):
        for name in ("inputSet", "dataInput") if tag(task) == "sendTask" else ("outputSet", "dataOutput"):
            count = len(children(data, name))
            if count > 1:
                yield (
                    task,
                    f"Expected at most one {name} because {say(task)} has a message, but there are {count}.",
                )


def _message_tasks(index: Index) -> Iterator[tuple[Element, Element]]:
    for task in index.each("sendTask", "receiveTask"):
        data = child(task, "ioSpecification")
        if task.get("messageRef") and data is not None:
            yield task, data


@rule("task.message-item", "Use the item definition of the message for the data.")
def tasks_carry_what_their_messages_carry(index: Index) -> Findings:
    for task in index.each("serviceTask", "sendTask", "receiveTask"):
        data = child(task, "ioSpecification")
        for name, message in _messages(index, task):
            for entry in children(data, name) if data is not None else ():
                if not carries(index, entry, message):
                    yield (
                        entry,
                        f"Expected {say(entry)} to carry what {say(message)} carries but it does not.",
                    )


def _messages(index: Index, task: Element) -> Iterator[tuple[str, Element]]:
    """What a task sends (as dataInput) and gets (as dataOutput)."""
    own, operation = index.referred(task, "messageRef"), index.referred(task, "operationRef")
    if own is not None:
        yield ("dataInput" if tag(task) == "sendTask" else "dataOutput"), own
    elif operation is not None and tag(task) == "serviceTask":
        for name, end in (("dataInput", "inMessageRef"), ("dataOutput", "outMessageRef")):
            message = index.referred(operation, end)
            if message is not None:
                yield name, message


_CARRIES = {
    "message": "messageRef",
    "signal": "signalRef",
    "error": "errorRef",
    "escalation": "escalationRef",
}


@rule(
    "event.data",
    "Give the event one data entry for each event definition, of the same item, in the same order.",
)
def events_carry_what_their_definitions_carry(index: Index) -> Findings:
    for event in index.each(*sorted(CATCHING), *sorted(THROWING)):
        entries = children(event, "dataOutput" if tag(event) in CATCHING else "dataInput")
        definitions = index.definitions(event)
        if entries and len(entries) < len(definitions):
            yield (
                event,
                f"Expected {len(definitions)} data entries on {say(event)} but there are {len(entries)}.",
            )
        elif entries:
            yield from _unlike(index, entries, definitions)


def _unlike(index: Index, entries: list[Element], definitions: list[Element]) -> Findings:
    for entry, definition in zip(entries, definitions, strict=False):
        name = _CARRIES.get(tag(definition).removesuffix("EventDefinition"), "")
        source = index.referred(definition, name) if name else None
        if source is not None and not carries(index, entry, source):
            yield entry, f"Expected {say(entry)} to carry what {say(source)} carries but it does not."


@rule("item.collection", "Let isCollection be the same on both, or leave it out here.")
def collections_are_marked_alike(index: Index) -> Findings:
    for holder in index.each("dataObject", "dataInput", "dataOutput"):
        kind = index.referred(holder, "itemSubjectRef")
        if kind is not None and flag(holder, "isCollection") != flag(kind, "isCollection"):
            yield (
                holder,
                f"Expected isCollection of {say(holder)} and {say(kind)} to be the same but they differ.",
            )
