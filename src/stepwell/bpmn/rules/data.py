"""Data associations and the collections of multi-instance activities (BPMN 2.0, 10.4)."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from stepwell.bpmn.grammar import TASKS
from stepwell.bpmn.index import Index, child, children, flag, say, tag, text
from stepwell.bpmn.rules.items import item
from stepwell.bpmn.rules.registry import Findings, rule


@rule("data.sources", "Use one source for each association, or add a transformation.")
def associations_have_one_source(index: Index) -> Findings:
    for association in index.each("dataInputAssociation", "dataOutputAssociation"):
        count = len(children(association, "sourceRef"))
        if count > 1 and child(association, "transformation") is None:
            yield association, f"Expected one sourceRef in {say(association)} but there are {count}."


@rule("data.process-input-written", "Write into a data object or into an output of the process.")
def inputs_of_a_process_are_not_written(index: Index) -> Findings:
    for association in index.each("dataOutputAssociation"):
        target = index.referred(association, "targetRef")
        if target is not None and tag(target) == "dataInput" and _belongs_to_process(target):
            yield (
                association,
                f"Expected {say(association)} to write elsewhere but {say(target)} is an input.",
            )


@rule("data.process-output-read", "Read a data object or an input of the process.")
def outputs_of_a_process_are_not_read(index: Index) -> Findings:
    for association in index.each("dataInputAssociation"):
        for line in children(association, "sourceRef"):
            source = index.find(text(line))
            if source is not None and tag(source) == "dataOutput" and _belongs_to_process(source):
                yield (
                    association,
                    f"Expected {say(association)} to read elsewhere but {say(source)} is an output.",
                )


def _belongs_to_process(data: Element) -> bool:
    around = data.getparent()
    owner = around.getparent() if around is not None else None
    return owner is not None and tag(owner) == "process"


@rule("multi-instance.collection", "Name a data input (or output) of this task as the collection.")
def collections_of_tasks_are_their_own(index: Index) -> Findings:
    """Asked only of a task that declares its data; without a declaration the name is that of a variable."""
    for loop, data in _looping_tasks(index):
        for end, name in (("loopDataInputRef", "dataInput"), ("loopDataOutputRef", "dataOutput")):
            line = child(loop, end)
            found = index.find(text(line)) if line is not None else None
            if line is not None and (found is None or found.getparent() is not data or tag(found) != name):
                yield loop, f"Expected {end} to be a {name} of {say(data)} but it is {text(line)!r}."


def _looping_tasks(index: Index) -> Iterator[tuple[Element, Element]]:
    for loop in index.each("multiInstanceLoopCharacteristics"):
        task = loop.getparent()
        data = child(task, "ioSpecification") if task is not None else None
        if task is not None and data is not None and tag(task) in TASKS and index.runs(task):
            yield loop, data


@rule("multi-instance.item", "Let the item be one of what the collection holds.")
def items_are_of_the_collections_kind(index: Index) -> Findings:
    for loop in index.each("multiInstanceLoopCharacteristics"):
        for name, end in (("inputDataItem", "loopDataInputRef"), ("outputDataItem", "loopDataOutputRef")):
            one, many = child(loop, name), index.referred(loop, end)
            if one is not None and many is not None and not _holds(index, many, one):
                yield loop, f"Expected {say(one)} to be one of {say(many)} but their items differ."


def _holds(index: Index, many: Element, one: Element) -> bool:
    whole, part = item(index, many), item(index, one)
    if whole is None or part is None:
        return True
    alike = whole.get("structureRef") == part.get("structureRef")
    return alike and not (part is not whole and flag(part, "isCollection"))
