"""Loops: standard, and many at a time or one behind the other."""

import pytest

from stepwell.engine.definition import Loop
from tests.bpmn.build import line
from tests.bpmn.reading import evaluated, refusals, step

TYPED = 'xsi:type="tFormalExpression"'
THREE = f"<loopCardinality {TYPED}>1 + n</loopCardinality>"
ITEMS = "<loopDataInputRef>guests</loopDataInputRef>"


def task(inside: str, more: str = "") -> str:
    return line(f'<userTask id="a">{inside}</userTask>', more)


def standard(attributes: str = "", condition: str = "n &lt; 3") -> str:
    inside = f"<loopCondition {TYPED}>{condition}</loopCondition>" if condition else ""
    return f"<standardLoopCharacteristics {attributes}>{inside}</standardLoopCharacteristics>"


def many(inside: str, attributes: str = "") -> str:
    return f"<multiInstanceLoopCharacteristics {attributes}>{inside}</multiInstanceLoopCharacteristics>"


def loop(inside: str, more: str = "") -> Loop:
    found = step(f'<userTask id="a">{inside}</userTask>', more).loop
    assert found is not None
    return found


def test_a_plain_activity_has_no_loop() -> None:
    assert step('<userTask id="a"/>').loop is None


def test_a_standard_loop_has_its_condition() -> None:
    assert evaluated(loop(standard()).condition, n=2) is True


def test_a_standard_loop_may_ask_first() -> None:
    assert loop(standard('testBefore="true"')).test_before


def test_a_standard_loop_asks_afterwards_if_it_does_not_say() -> None:
    assert not loop(standard()).test_before


def test_a_standard_loop_may_have_a_limit() -> None:
    assert loop(standard('loopMaximum="3"', "")) == Loop("standard", maximum=3)


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "many"])
def test_a_limit_that_is_no_positive_number_is_a_problem(number: str) -> None:
    assert ("loop.maximum", "a") in refusals(task(standard(f'loopMaximum="{number}"')))


def test_a_multi_instance_is_parallel_if_it_does_not_say() -> None:
    assert loop(many(THREE)).kind == "parallel"


def test_a_multi_instance_may_be_sequential() -> None:
    assert loop(many(THREE, 'isSequential="true"')).kind == "sequential"


def test_the_cardinality_is_feel() -> None:
    assert evaluated(loop(many(THREE)).cardinality, n=2) == 3


def test_a_negative_cardinality_is_a_problem() -> None:
    content = task(many(f"<loopCardinality {TYPED}>-1</loopCardinality>"))
    assert refusals(content) == [("multi-instance.count", "a")]


def test_the_collection_may_be_a_variable() -> None:
    assert evaluated(loop(many(ITEMS)).collection, guests=["ann"]) == ["ann"]


def test_the_collection_may_be_a_data_object_whose_name_is_the_variable() -> None:
    data = '<dataObject id="d" name="all guests" isCollection="true"/>'
    found = loop(many("<loopDataInputRef>d</loopDataInputRef>"), data)
    assert evaluated(found.collection, **{"all guests": ["ann"]}) == ["ann"]


def test_the_collection_may_be_a_data_object_without_name() -> None:
    found = loop(many("<loopDataInputRef>d</loopDataInputRef>"), '<dataObject id="d"/>')
    assert evaluated(found.collection, d=[1]) == [1]


def test_the_collection_may_be_feel() -> None:
    found = loop(many("<loopDataInputRef>= guests[1]</loopDataInputRef>"))
    assert evaluated(found.collection, guests=[["ann"], ["bert"]]) == ["ann"]


@pytest.mark.parametrize("attribute", ["name", "id"])
def test_the_item_is_known_by_name_or_id(attribute: str) -> None:
    assert loop(many(f'{ITEMS}<inputDataItem {attribute}="guest"/>')).item == "guest"


def test_the_outputs_are_collected_from_a_variable_of_each_round() -> None:
    output = '<loopDataOutputRef>answers</loopDataOutputRef><outputDataItem name="answer"/>'
    found = loop(many(ITEMS + output))
    assert found.output_collection == "answers"
    assert evaluated(found.output_item, answer="yes") == "yes"


def test_outputs_without_an_item_are_a_problem() -> None:
    content = task(many(f"{ITEMS}<loopDataOutputRef>answers</loopDataOutputRef>"))
    assert ("loop.output-item", "a") in refusals(content)


def test_the_completion_condition_is_feel() -> None:
    condition = f"<completionCondition {TYPED}>done &gt; 1</completionCondition>"
    assert evaluated(loop(many(THREE + condition)).completion, done=2) is True


@pytest.mark.parametrize("behavior", ["One", "None", "Complex"])
def test_events_of_a_multi_instance_can_not_run_yet(behavior: str) -> None:
    assert ("loop.behavior", "a") in refusals(task(many(THREE, f'behavior="{behavior}"')))


def test_the_usual_behavior_may_be_written() -> None:
    assert loop(many(THREE, 'behavior="All"')).kind == "parallel"


def test_a_multi_instance_without_count_is_told_once() -> None:
    assert refusals(task(many(""))) == [("multi-instance.count-missing", "a")]


def test_a_count_of_another_engine_is_no_count() -> None:
    content = task(many("", 'other:collection="guests"'))
    assert refusals(content) == [("multi-instance.count-missing", "a")]
