"""What a process says about records is held against the record types when it is deployed."""

from pathlib import Path

import pytest

from stepwell import bpmn
from stepwell.errors import Invalid
from stepwell.identity import STEPWELL, Role
from stepwell.services import roles
from tests.services.inline.drawing import catching, filter_of, line, starting, step, user, values
from tests.services.pages.desk import activity, record_page
from tests.services.pages.desk import step as page
from tests.services.records.conftest import Shop

ROOT = Path(__file__).parents[3]
IN_ROME = filter_of("city = Rome")


def problems(shop: Shop, xml: bytes) -> list[tuple[str, str, str]]:
    """The element, field and rule of everything that is wrong."""
    with pytest.raises(Invalid) as refused:
        shop.engine.deploy(xml)
    return [(one.element, one.field, one.rule) for one in refused.value.problems if not one.warning]


@pytest.mark.parametrize(
    ("wrong", "field", "rule"),
    [
        (step("a", "delete", IN_ROME, type="acount"), "", "record-type.unknown"),
        (step("a", "delete", filter_of("town = Rome")), "town", "field.unknown"),
        (step("a", "delete", filter_of("parent.town = Rome")), "parent.town", "field.unknown"),
        (step("a", "delete", filter_of("city within today")), "city", "filter.operator"),
        (step("a", "delete", filter_of("amount = much"), type="case"), "amount", "value.type"),
        (step("a", "add", values(name="a", town="b")), "town", "field.unknown"),
        (step("a", "add", values(name="a", town="= b")), "town", "field.unknown"),
        (step("a", "add", values(city="b")), "name", "value.missing"),
        (step("a", "add", values(subject="a", is_urgent="perhaps"), type="case"), "is_urgent", "value.type"),
        (step("a", "change", values(tax="1") + filter_of("subject = a"), type="case"), "tax", "field.read-only"),
        (step("a", "read", mode="sum", field="subject", type="case"), "subject", "measure.unfit"),
        (step("a", "read", mode="sum", field="amounts", type="case"), "amounts", "field.unknown"),
        (step("a", "read", sort="-towns"), "towns", "field.unknown"),
        (step("a", "add", values(subject="x"), type="case", from_="acount"), "", "record-type.unknown"),
        (catching("a", "added", type="acount"), "", "record-type.unknown"),
        (catching("a", "changed", fields="town"), "town", "field.unknown"),
        (catching("a", "changed", filter_of("town = Rome")), "town", "field.unknown"),
        (page("a", record_page(mode="new", recordType="acount")), "", "record-type.unknown"),
        (page("a", record_page(mode="new", recordType="case", outcomeField="subject")), "subject", "record-page.outcome"),
        (page("a", record_page(filter_of("town = Rome"), mode="new")), "town", "field.unknown"),
        (page("a", '<stepwell:approval recordType="acount" record="1"/>'), "", "record-type.unknown"),
    ],
)  # fmt: skip
def test_what_can_not_fit_is_refused(shop: Shop, wrong: str, field: str, rule: str) -> None:
    assert problems(shop, line(wrong, user("b"))) == [("a", field, rule)]


def test_a_name_that_looks_alike_is_the_hint(shop: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        shop.engine.deploy(line(step("a", "delete", IN_ROME, type="acount")))
    assert refused.value.problems[0].hint == "Did you mean 'account'?"


def test_expressions_may_give_what_they_like(shop: Shop) -> None:
    given = values(subject="= a", amount="= b", status="= c")
    shop.engine.deploy(
        line(step("a", "add", given, type="case"), step("b", "delete", filter_of("city = = d")))
    )
    shop.engine.deploy(
        line(user("a"), start=starting("added", filter_of("city = = &quot;Ro&quot; + &quot;me&quot;")))
    )


def test_without_any_record_type_it_is_a_warning(empty: Shop) -> None:
    deployment = empty.engine.deploy(line(step("a", "delete", IN_ROME)))
    assert [(one.rule, one.warning) for one in deployment.problems] == [("record-type.unknown", True)]


@pytest.mark.parametrize("kind", ["records", "recordPage", "recordSignal"])
def test_the_examples_fit_what_every_installation_has(empty: Shop, kind: str) -> None:
    assert empty.engine.deploy(bpmn.example(kind).encode()).problems == ()


@pytest.mark.parametrize("kind", ["approval", "activity", "activityStep", "runFrom"])
def test_the_examples_fit_the_record_types_of_the_demo(empty: Shop, kind: str) -> None:
    empty.engine.applications.deploy(ROOT / "demo")
    assert empty.engine.deploy(bpmn.example(kind).encode()).problems == ()


def test_the_example_of_data_steps_runs(empty: Shop) -> None:
    empty.engine.deploy(bpmn.example("records").encode())
    id = empty.engine.start("tidy_calls").id
    assert empty.engine.incidents().items == ()
    assert empty.engine.variables(id)["review_id"].startswith("activity/")


def test_the_example_of_a_record_page_runs(empty: Shop) -> None:
    empty.engine.deploy(bpmn.example("recordPage").encode())
    empty.engine.start("new_meeting", {"topic": "Bread"}, actor="ada")
    [plan] = empty.engine.tasks().items
    page = empty.engine.open_page(plan.id, actor="ada")
    assert (page.values["subject"], page.values["category"]) == ("Bread", "Meeting")
    empty.engine.complete(plan.id, {"due": "2030-01-31T09:00:00Z"}, button="save", actor="ada")
    assert [task.element for task in empty.engine.tasks().items] == ["check_meeting"]


def test_a_category_that_there_is_not_is_refused_with_one_that_looks_alike(shop: Shop) -> None:
    wrong = [page("a", activity(category="Meating")), page("b", '<stepwell:activity category="Fishing"/>')]
    with pytest.raises(Invalid) as refused:
        shop.engine.deploy(line(*wrong))
    assert [(one.element, one.field, one.rule, one.hint) for one in refused.value.problems] == [
        ("a", "category", "activity.category", "Did you mean 'Meeting'?"),
        ("b", "category", "activity.category", "Add it to the lookup activity_category."),
    ]
    assert "but found 'Meating'" in refused.value.problems[0].message


def test_a_category_of_the_installation_or_worked_out_later_is_taken(shop: Shop) -> None:
    shop.add("activity_category", code="Fishing", label="Fishing")
    shop.engine.deploy(
        line(page("a", activity(category="Fishing")), page("b", activity(category="= &quot;x&quot;")))
    )


def test_a_role_that_there_is_not_is_worth_a_warning_with_one_that_looks_alike(shop: Shop) -> None:
    roles.add(shop.engine.store, Role("clerks"), STEPWELL)
    asked = page("a", '<stepwell:assignment roles="clerks, clarks"/>')
    [found] = shop.engine.deploy(line(asked)).problems
    assert (found.element, found.rule, found.hint, found.warning) == (
        "a", "role.unknown", "Did you mean 'clerks'?", True,
    )  # fmt: skip
