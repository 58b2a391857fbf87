"""Data steps work with the system's rights, unless the process says: with those of its starter (D4)."""

import pytest

import stepwell
from stepwell.identity import STEPWELL, Role
from stepwell.identity.policies.record import RecordRight
from stepwell.services import people, roles
from stepwell.services.people import NewPerson
from tests.services.inline.drawing import filter_of, line, rights, step, user, values
from tests.services.inline.office import cities, run, stuck, waiting
from tests.services.records.conftest import Shop

IN_ROME = filter_of("city = Rome")
STARTER = rights("starter")


@pytest.fixture
def staffed(shop: Shop) -> Shop:
    """Ada of Sales, and an account that somebody else made."""
    shop.add("account", name="a", city="Rome")
    return shop


@pytest.mark.parametrize(
    ("verb", "inner"),
    [
        ("read", IN_ROME),
        ("add", values(name="x")),
        ("change", values(city="Oslo") + IN_ROME),
        ("delete", IN_ROME),
    ],
)
def test_a_missing_right_is_an_incident_that_names_person_type_and_right(
    staffed: Shop, verb: str, inner: str
) -> None:
    if verb != "read":
        staffed.give("account", RecordRight(role="*", see="all"))
    run(staffed, line(step("a", verb, inner), user("b"), more=STARTER))
    found = stuck(staffed)
    assert found.code == "record.not-allowed"
    assert all(word in found.message for word in ("'ada'", "'account'", verb))
    assert cities(staffed) == {"a": "Rome"}


def test_with_the_right_the_starter_does_it(staffed: Shop) -> None:
    staffed.give("account", RecordRight(role="*", see="all", change="all"))
    run(staffed, line(step("a", "change", values(city="Oslo") + IN_ROME), user("b"), more=STARTER))
    assert (cities(staffed), waiting(staffed)) == ({"a": "Oslo"}, ["b"])


def test_who_sees_only_their_own_records_changes_only_these(staffed: Shop) -> None:
    staffed.give("account", RecordRight(role="*", see="own", add=True, change="own"))
    staffed.engine.deploy(line(step("a", "add", values(name="mine", city="Rome")), more=STARTER))
    staffed.engine.start("p", actor="ada")
    id = run(staffed, line(step("a", "change", values(city="Oslo") + IN_ROME), user("b"), more=STARTER))
    assert cities(staffed) == {"a": "Rome", "mine": "Oslo"}
    assert staffed.engine.variables(id) == {"a": 1}


def test_a_record_that_the_starter_sees_but_may_not_change_is_an_incident(staffed: Shop) -> None:
    staffed.give("account", RecordRight(role="*", see="all", change="own"))
    run(staffed, line(step("a", "change", values(city="Oslo") + IN_ROME), user("b"), more=STARTER))
    assert (stuck(staffed).code, "'ada'" in stuck(staffed).message) == ("record.not-allowed", True)


def test_without_a_starter_there_are_no_rights(staffed: Shop) -> None:
    staffed.engine.deploy(line(step("a", "read", IN_ROME), user("b"), more=STARTER))
    staffed.engine.start("p")
    assert stuck(staffed).code == "record.not-allowed"


def test_the_system_needs_no_right_of_the_starter(staffed: Shop) -> None:
    run(staffed, line(step("a", "change", values(city="Oslo") + IN_ROME)))
    assert cities(staffed) == {"a": "Oslo"}


def test_mine_is_what_belongs_to_the_starter(staffed: Shop) -> None:
    staffed.add("case", subject="x", owner="ada")
    staffed.add("case", subject="y", owner="bob")
    mine = '<stepwell:filter><stepwell:condition field="owner" op="is me"/></stepwell:filter>'
    id = run(staffed, line(step("a", "read", mine, type="case", mode="count"), user("b")))
    assert staffed.engine.variables(id) == {"a": 1}


def test_the_rights_are_those_of_this_moment(staffed: Shop, database_url: str) -> None:
    """Also when another process gave them."""
    people.add(staffed.engine.store, NewPerson(name="ada"), STEPWELL)
    roles.add(staffed.engine.store, Role("Sales"), STEPWELL)
    staffed.give("account", RecordRight(role="Sales", see="all", change="all"))
    run(staffed, line(step("a", "change", values(city="Oslo") + IN_ROME), user("b"), more=STARTER))
    with stepwell.open(database_url, upgrade=False) as other:
        roles.add_members(other.store, "Sales", ("ada",), STEPWELL)
    staffed.engine.retry(stuck(staffed).id)
    assert cities(staffed) == {"a": "Oslo"}


def test_a_day_is_one_of_the_zone_of_the_starter(staffed: Shop) -> None:
    """It is the 15th in Greenwich and the 16th on Kiritimati."""
    people.add(staffed.engine.store, NewPerson(name="ada", time_zone="Pacific/Kiritimati"), STEPWELL)
    staffed.add("case", subject="x", day="2025-06-16")
    run(staffed, line(step("a", "read", filter_of("day = today"), type="case", mode="count"), user("b")))
    [instance] = staffed.engine.instances().items
    assert staffed.engine.variables(instance.id) == {"a": 1}
