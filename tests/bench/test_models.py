"""The models of the workloads."""

from lxml import etree

from bench import models

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def elements(xml: str, name: str) -> list[etree._Element]:
    return list(etree.fromstring(xml.encode()).iter(f"{BPMN}{name}"))


def all_models() -> list[str]:
    of_dialects = [make(dialect) for make in (models.w1, models.w4) for dialect in models.DIALECTS.values()]
    inboxes = [models.inbox("offered"), models.inbox("assigned")]
    data_steps = [models.hot(), models.counting(), models.raising(), models.step()]
    many = [models.multi_instance(sequential=True), models.multi_instance(sequential=False)]
    return [
        *of_dialects,
        *inboxes,
        *data_steps,
        *many,
        models.w2(),
        models.w3(),
        models.fork(20),
        models.loop(10),
    ]


def test_every_flow_joins_elements_that_are_there() -> None:
    for xml in all_models():
        ids = {element.get("id") for element in etree.fromstring(xml.encode()).iter()}
        for flow in elements(xml, "sequenceFlow"):
            assert {flow.get("sourceRef"), flow.get("targetRef")} <= ids


def test_no_id_is_used_twice() -> None:
    for xml in all_models():
        ids = [element.get("id") for element in etree.fromstring(xml.encode()).iter() if element.get("id")]
        assert len(ids) == len(set(ids))


def test_w4_has_ten_scripts_and_goes_back_until_the_count_is_reached() -> None:
    xml = models.w4(models.FEEL)
    assert len(elements(xml, "scriptTask")) == 10
    assert [condition.text for condition in elements(xml, "conditionExpression")] == ["i < 20"]


def test_the_last_script_of_w4_counts_the_passes_too() -> None:
    scripts = [script.text for script in elements(models.w4(models.FEEL), "script")]
    assert scripts == ["{x: x + 1}"] * 9 + ["{x: x + 1, i: i + 1}"]


def test_python_assigns_line_by_line() -> None:
    assert models.PYTHON.increments(["x", "i"]) == "x = x + 1\ni = i + 1"


def test_a_fork_has_as_many_tasks_as_wanted() -> None:
    assert len(elements(models.fork(12), "userTask")) == 12


def test_a_loop_may_repeat_as_often_as_it_does() -> None:
    process = "{urn:stepwell:bpmn:1}process"
    found = etree.fromstring(models.loop(10_000).encode()).iter(process)
    assert [extension.get("maxRepetitions") for extension in found] == ["10001"]
