"""D1: adding and changing records, and what is refused."""

from typing import Any

import pytest

from stepwell.errors import NotFound
from stepwell.identity import STEPWELL
from stepwell.services.records import requests
from tests.services.records.conftest import ADA, Shop, place


def test_d1_a_record_keeps_values_of_every_kind(shop: Shop) -> None:
    acme = shop.add("account", name="Acme")
    given: dict[str, Any] = {
        "subject": "Ünïcode ☂ '; drop table rec_case; --", "number": 7, "amount": "12.50", "day": "2026-01-02",
        "due": "2026-07-01T12:00:00+02:00", "is_urgent": True, "note": "long\ntext", "status": "shut",
        "account": acme["id"], "others": [acme["id"]], "owner": "ada",
    }  # fmt: skip
    found = shop.load(shop.add("case", **given))
    assert found.values == given | {
        "due": "2026-07-01T10:00:00Z", "account": place(acme)[1], "paper": None, "tax": "2.38",
    }  # fmt: skip
    assert found.titles == {"account": "Acme", "others": "Acme", "status": "Shut"}


def test_d1_a_record_says_who_made_and_changed_it_and_when(shop: Shop) -> None:
    made = shop.add("account", by=admin("ada"), name="Acme")
    shop.clock.now += 5_000_000
    found = shop.load(shop.change(made, by=admin("bob"), city="Oslo"))
    assert (found.created_by, found.changed_by, found.revision) == ("ada", "bob", 2)
    assert (found.changed_at - found.created_at).total_seconds() == 5


def admin(name: str) -> Any:
    from msgspec.structs import replace

    return replace(STEPWELL, name=name)


def test_d1_everything_that_does_not_fit_is_told_at_once_and_nothing_is_added(shop: Shop) -> None:
    wish = requests.add(STEPWELL, "case", {
        "amount": -1, "sbject": "x", "status": "opn", "account": 99, "others": ["case/98", "nope/1"], "paper": "0" * 32,
    })  # fmt: skip
    assert sorted(shop.refused(wish)) == [
        ("account", "record.unknown"), ("amount", "number.out-of-range"), ("others", "record.unknown"),
        ("others", "record.unknown"), ("paper", "attachment.unknown"), ("sbject", "field.unknown"),
        ("status", "lookup.unknown-code"), ("subject", "value.missing"),
    ]  # fmt: skip
    assert shop.titles("case") == []


def test_d1_a_unique_value_is_one_records_alone_whatever_its_case(shop: Shop) -> None:
    acme = shop.add("account", name="Acme")
    assert shop.refused(requests.add(STEPWELL, "account", {"name": "ACME"})) == [("name", "field.not-unique")]
    assert shop.change(acme, name="ACME")["values"]["name"] == "ACME"


def test_d1_several_records_may_leave_a_unique_field_empty(shop: Shop) -> None:
    shop.add("case", subject="a")
    shop.add("case", subject="b")
    assert len(shop.titles("case")) == 2


def test_d1_an_inactive_code_can_not_be_chosen_but_stays_where_it_is(shop: Shop) -> None:
    case = shop.add("case", subject="x", status="shut")
    shop.change("status/2", active=False)
    assert shop.refused(requests.add(STEPWELL, "case", {"subject": "y", "status": "shut"})) == [
        ("status", "lookup.unknown-code")
    ]
    assert shop.change(case, subject="z")["values"]["status"] == "shut"


def test_d1_a_change_names_only_what_it_changes(shop: Shop) -> None:
    case = shop.add("case", subject="x", amount=5)
    assert shop.change(case, amount=6)["values"]["subject"] == "x"


def test_d1_a_change_that_changes_nothing_makes_no_revision(shop: Shop) -> None:
    case = shop.add("case", subject="x", others=[])
    assert shop.change(case, subject="x", amount=None)["revision"] == 1
    assert len(shop.history(case)) == 1


def test_d1_a_calculated_field_follows_the_values_it_is_made_of(shop: Shop) -> None:
    case = shop.add("case", subject="x", amount=100)
    assert case["values"]["tax"] == "19.00"
    assert shop.change(case, amount=200)["values"]["tax"] == "38.00"
    assert shop.change(case, amount=None)["values"]["tax"] is None


def test_d1_an_outdated_edit_is_refused_and_shows_both(shop: Shop) -> None:
    case = shop.add("case", subject="x")
    shop.change(case, by=admin("bob"), subject="theirs")
    refused = shop.conflict(requests.change(STEPWELL, place(case), {"subject": "yours"}, 1))
    assert refused.code == "record.outdated"
    assert refused.facts["theirs"]["subject"] == "theirs"
    assert (refused.facts["yours"], refused.facts["changed_by"]) == ({"subject": "yours"}, "bob")
    assert shop.load(case).values["subject"] == "theirs"


def test_an_outdated_edit_says_that_it_was_stepwell_that_saved(shop: Shop) -> None:
    case = shop.add("case", subject="x")
    shop.change(case, by=STEPWELL, subject="theirs")
    refused = shop.conflict(requests.change(STEPWELL, place(case), {"subject": "yours"}, 1))
    assert refused.message.endswith("but Stepwell saved revision 2 meanwhile.")


def test_a_revision_that_is_still_to_come_is_told_as_such(shop: Shop) -> None:
    case = shop.add("case", subject="x")
    refused = shop.conflict(requests.change(STEPWELL, place(case), {"subject": "yours"}, 99))
    assert refused.code == "record.outdated"
    assert refused.message.endswith("but there is none yet: the latest is 1.")


def test_d1_the_same_request_again_is_answered_as_the_first_time(shop: Shop) -> None:
    wish = requests.add(STEPWELL, "account", {"name": "Acme"}, idempotency_key="k1")
    assert shop.do(wish) == shop.do(wish)
    assert shop.titles("account") == ["Acme"]


def test_d1_a_key_is_not_for_two_different_requests(shop: Shop) -> None:
    shop.do(requests.add(STEPWELL, "account", {"name": "Acme"}, idempotency_key="k1"))
    other = requests.add(STEPWELL, "account", {"name": "Beta"}, idempotency_key="k1")
    assert shop.refused(other) == []
    assert shop.titles("account") == ["Acme"]


@pytest.mark.parametrize("id", ["0", "99999", "x", "1; drop table rec_case", "٣", "9" * 30, ""])
def test_a_record_that_is_not_there_is_not_found(shop: Shop, id: str) -> None:
    with pytest.raises(NotFound):
        shop.engine.submit(requests.change(STEPWELL, ("case", id), {"subject": "x"}))


@pytest.mark.parametrize(
    "name", ["nothing", "rec_case", 'case"; drop table rec_case; --', "", "sqlite_master"]
)
def test_a_type_that_is_not_there_is_not_found(shop: Shop, name: str) -> None:
    with pytest.raises(NotFound):
        shop.engine.submit(requests.add(STEPWELL, name, {}))


def test_a_record_may_link_to_itself_later(shop: Shop) -> None:
    acme = shop.add("account", name="Acme")
    assert shop.change(acme, parent=acme["id"])["titles"] == {"parent": "Acme"}


def test_the_history_tells_who_changed_what_from_what_to_what(shop: Shop) -> None:
    case = shop.add("case", by=admin("ada"), subject="x", amount=5)
    shop.change(case, by=admin("bob"), subject="y", status=None)
    changed, added = shop.history(case)
    assert (changed.actor, changed.kind, added.actor, added.kind) == ("bob", "changed", "ada", "added")
    assert {(one.field, one.old, one.new) for one in changed.changes} == {
        ("subject", "x", "y"),
        ("status", "open", None),
    }


def test_somebody_in_another_zone_means_their_own_time(shop: Shop) -> None:
    from stepwell.identity.policies.record import RecordRight

    shop.give("case", RecordRight(role="Sales", see="all", add=True))
    case = shop.add("case", by=ADA, subject="x", due="2026-07-01T12:00:00")
    assert case["values"]["due"] == "2026-07-01T10:00:00Z"
