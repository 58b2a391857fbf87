"""The index knows who is where and what the flows connect."""

from stepwell.bpmn import index, xml
from stepwell.bpmn.index import Index
from tests.bpmn.build import file, flow, line, process


def built(content: str) -> Index:
    return index.build(xml.parse(file(content)))


def test_an_element_is_found_by_its_id() -> None:
    known = built(line('<userTask id="a"/>'))
    assert index.tag(known.by_id["a"]) == "userTask"


def test_elements_are_found_by_name_in_their_order() -> None:
    known = built(process('<task id="b"/><subProcess id="x"><task id="c"/></subProcess><task id="d"/>'))
    assert [task.get("id") for task in known.each("task")] == ["b", "c", "d"]


def test_what_stands_in_extensions_is_not_bpmn() -> None:
    known = built(line('<userTask id="a"><extensionElements><task id="x"/></extensionElements></userTask>'))
    assert list(known.each("task")) == []


def test_flows_are_known_at_both_ends() -> None:
    known = built(line('<userTask id="a"/>'))
    step = known.by_id["a"]
    assert [
        (f.get("id"), g.get("id")) for f, g in zip(known.incoming[step], known.outgoing[step], strict=True)
    ] == [("f1", "f2")]


def test_a_prefix_of_this_file_leads_here() -> None:
    known = built(process('<task id="a"/><task id="b"/>' + flow("f", "t:a", "t:b")))
    assert known.source[known.by_id["f"]] is known.by_id["a"]


def test_a_prefix_of_an_imported_file_leads_there() -> None:
    known = built('<import importType="x" location="y" namespace="urn:other"/>' + line('<task id="a"/>'))
    assert known.is_imported("other:thing")


def test_a_boundary_event_is_known_at_its_host() -> None:
    known = built(line('<task id="a"/>', '<boundaryEvent id="b" attachedToRef="a"/>'))
    assert known.attached[known.by_id["a"]] == [known.by_id["b"]]


def test_only_marked_processes_run() -> None:
    known = built('<process id="q"><task id="a"/></process>')
    assert not known.runs(known.by_id["a"])


def test_event_definitions_may_be_referred_to() -> None:
    event = (
        '<intermediateCatchEvent id="a"><eventDefinitionRef>d</eventDefinitionRef></intermediateCatchEvent>'
    )
    known = built('<signalEventDefinition id="d"/>' + line(event))
    assert known.definitions(known.by_id["a"]) == [known.by_id["d"]]
