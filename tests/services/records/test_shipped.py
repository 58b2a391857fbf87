"""The record types that Stepwell brings: there from the beginning, added to but never taken away."""

import pytest

import stepwell
from stepwell.errors import Conflict, Invalid
from stepwell.records import shipped
from tests.services.records.conftest import Shop


def test_a_new_installation_has_activities_and_their_lookups(empty_database_url: str) -> None:
    with stepwell.open(empty_database_url) as engine:
        assert {found.name for found in engine.records.types()} == shipped.NAMES
        assert engine.records.count("activity_status").count == 4


def test_opening_again_changes_nothing(empty_database_url: str) -> None:
    with stepwell.open(empty_database_url) as engine:
        engine.records.add("activity_category", {"code": "Lunch", "label": "Lunch"})
    with stepwell.open(empty_database_url) as engine:
        assert engine.records.count("activity_category").count == 5


def test_they_do_not_use_up_the_ids_of_an_installation(empty: Shop) -> None:
    empty.define({"name": "thing", "fields": [{"name": "name", "type": "text"}]})
    assert empty.add("thing", name="x")["id"] == "thing/1"


def test_fields_can_be_added_to_them(empty: Shop) -> None:
    fields = [*shipped.TYPE["fields"], {"name": "place", "type": "text"}]
    assert empty.define({**shipped.TYPE, "fields": fields}).done == "changed"
    assert empty.add("activity", subject="x", place="Oslo")["values"]["place"] == "Oslo"


def test_what_steps_rely_on_stays(empty: Shop) -> None:
    fields = [field for field in shipped.TYPE["fields"] if field["name"] != "result"]
    with pytest.raises(Invalid) as refused:
        empty.define({**shipped.TYPE, "fields": fields}, with_data=True)
    assert [problem.field for problem in refused.value.problems] == ["result"]
    with pytest.raises(Conflict, match="belongs to Stepwell"):
        empty.engine.records.remove_type("activity_status", with_data=True)


EARLY, LATE = "2027-02-01T10:00:00+00:00", "2027-03-01T10:00:00+00:00"


def test_an_activity_is_not_due_before_it_starts(empty: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        empty.add("activity", subject="x", start=LATE, due=EARLY)
    [problem] = refused.value.problems
    assert (problem.rule, problem.field) == ("activity.due", "due")
    assert problem.message == f"Expected due to be at or after the start at {LATE}, but it is {EARLY}."
    found = empty.add("activity", subject="x", start=EARLY, due=EARLY)
    with pytest.raises(Invalid):
        empty.change(found, start=LATE)
    empty.change(found, start=LATE, due=LATE)


def test_an_activity_of_ones_own_needs_little(empty: Shop) -> None:
    found = empty.add("activity", subject="Tidy up")["values"]
    assert (found["category"], found["status"], found["priority"]) == ("To do", "not_started", "Medium")
