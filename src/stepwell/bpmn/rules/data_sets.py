"""Input and output sets: each entry is listed where it must be (BPMN 2.0, 10.4.2)."""

from lxml.etree import _Element as Element

from stepwell.bpmn.index import Index, children, say, text
from stepwell.bpmn.rules.registry import Findings, rule


def _named(index: Index, owner: Element, name: str) -> set[Element]:
    found = (index.find(text(line)) for line in children(owner, name))
    return {element for element in found if element is not None}


@rule("data-set.unlisted", "List it in an input set or output set.")
def every_entry_is_in_a_set(index: Index) -> Findings:
    for data in index.each("ioSpecification"):
        for name, sets in (("dataInput", "inputSet"), ("dataOutput", "outputSet")):
            listed = {entry for each in children(data, sets) for entry in _named(index, each, f"{name}Refs")}
            for entry in children(data, name):
                if entry not in listed:
                    yield entry, f"Expected {say(entry)} in an {sets} but it is in none."


@rule("data-set.optional", "List it among the references of the same set too.")
def optional_entries_are_listed(index: Index) -> Findings:
    for sets, way in (("inputSet", "Input"), ("outputSet", "Output")):
        for each in index.each(sets):
            listed = _named(index, each, f"data{way}Refs")
            for name in (f"optional{way}Refs", f"whileExecuting{way}Refs"):
                for entry in _named(index, each, name) - listed:
                    yield (
                        each,
                        f"Expected {say(entry)} among data{way}Refs because {name} names it, but it is not.",
                    )


@rule("data-set.one-sided", "Let both sets name each other.")
def sets_name_each_other(index: Index) -> Findings:
    ways = (("inputSet", "outputSetRefs", "inputSetRefs"), ("outputSet", "inputSetRefs", "outputSetRefs"))
    for sets, forth, back in ways:
        answers = {other: _named(index, other, back) for other in index.each("inputSet", "outputSet")}
        for each in index.each(sets):
            for other in _named(index, each, forth):
                if each not in answers.get(other, ()):
                    yield each, f"Expected {say(other)} to name {say(each)} too but it does not."
